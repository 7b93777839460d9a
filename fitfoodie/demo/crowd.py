"""Three hundred invented people around Zürich, so that the deck has somebody to show and classes somebody in them.

Written in bulk: nobody signs in as one of them, so nobody waits for three hundred passwords to be hashed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify

from accounts.models import Preferences, Profile, User
from fitfoodie.common.geo import Point
from fitfoodie.demo import world
from matching import sport_bits
from matching.enums import Gender, Verb
from matching.grid import cell_of
from matching.models import FitnessProfile, MatchAction
from matching.selectors.candidates import candidates_for
from matching.services.actions import act
from matching.week import Slot, pack

DOMAIN = "crowd.demo.test"
ZONE = "Europe/Zurich"
_LEVELS = {1: "beginner", 2: "intermediate", 3: "advanced"}
# Degrees around the middle of a district: about a kilometre.
_JITTER = 0.009


@transaction.atomic
def make_crowd(*, now: datetime) -> list[User]:
    """In the order of their numbers, new or not."""
    found = list(User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("pk"))
    if found:
        return found
    source, dice = world.crowd(), Random(8)  # noqa: S311  the same people each time, nothing secret
    users = User.objects.bulk_create(_user(number, source, dice, now) for number in range(source["count"]))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    Preferences.objects.bulk_create(Preferences(user=user, time_zone=ZONE) for user in users)
    traits = [_Traits(source, dice) for _user_ in users]
    Profile.objects.bulk_create(one.profile(user) for user, one in zip(users, traits, strict=True))
    FitnessProfile.objects.bulk_create(one.fitness(user, now) for user, one in zip(users, traits, strict=True))
    return users


def _user(number: int, source: Mapping[str, Any], dice: Random, now: datetime) -> User:
    first, last = dice.choice(source["first"]), dice.choice(source["last"])
    stem = slugify(f"{first}{last}").replace("-", "_")[:22]
    return User(
        email=f"{stem}.{number}@{DOMAIN}",
        handle=f"{stem}_{number}",
        name=f"{first} {last}",
        password=make_password(None),
        joined_at=now - timedelta(days=dice.randrange(60, 500)),
    )


class _Traits:
    """How one of them trains, drawn from the lists."""

    def __init__(self, source: Mapping[str, Any], dice: Random) -> None:
        kind = dice.choice(source["kind"])
        sports = dice.sample(kind["sports"], dice.randint(2, len(kind["sports"])))
        self.skills = {sport: dice.choice((1, 2, 2, 3)) for sport in sports}
        self.goals = frozenset(kind["goals"])
        self.week = _week(dice.sample(range(7), dice.randint(2, 4)), kind["times"])
        self.bio = dice.choice(source["bios"])
        self.born_on = date(dice.randint(1968, 2004), dice.randint(1, 12), dice.randint(1, 28))
        self.gender = dice.choice(
            (Gender.WOMAN, Gender.MAN, Gender.UNSAID, Gender.NON_BINARY, Gender.WOMAN, Gender.MAN)
        )
        district = dice.choice(source["district"])
        self.point = Point(
            district["latitude"] + dice.uniform(-_JITTER, _JITTER),
            district["longitude"] + dice.uniform(-_JITTER, _JITTER),
        )
        self.radius_km = dice.choice((5, 10, 10, 20))

    def profile(self, user: User) -> Profile:
        level = _LEVELS[max(self.skills.values())]
        about: dict[str, Any] = {"city": "Zürich", "country": "CH", "level": level, "sports": sorted(self.skills)}
        return Profile(user=user, bio=self.bio, **about)

    def fitness(self, user: User, now: datetime) -> FitnessProfile:
        return FitnessProfile(
            user=user,
            goals=self.goals,  # type: ignore[misc]  # a set of choices, in one column
            week=self.week,
            born_on=self.born_on,
            gender=self.gender,
            radius_km=self.radius_km,
            is_ready=True,
            **_skill_columns(self.skills),
            **_place_columns(self.point, now),
        )


def _week(days: Iterable[int], times: Sequence[tuple[str, int]]) -> bytes:
    """Each of `times` is when, and for how many half hours."""
    days = list(days)
    slots = []
    for start, length in times:
        hour, _colon, minute = start.partition(":")
        first = int(hour) * 2 + int(minute) // 30
        slots += [Slot(day, half) for day in days for half in range(first, first + length)]
    return pack(slots)


def _skill_columns(skills: Mapping[str, int]) -> dict[str, Any]:
    columns: dict[str, Any] = {"skills": dict(skills)}
    for skill in _LEVELS:
        columns[f"skill_{skill}_low"], columns[f"skill_{skill}_high"] = sport_bits.at_skill(skills, skill)
    return columns


def _place_columns(point: Point, now: datetime) -> dict[str, Any]:
    cell = cell_of(point)
    return {
        "latitude": point.latitude,
        "longitude": point.longitude,
        "cell_latitude": cell.latitude,
        "cell_longitude": cell.longitude,
        "located_at": now,
    }


def make_partners(people: Mapping[str, User], crowd: Sequence[User], *, now: datetime) -> None:
    """Who of the named people looks for a partner, and what happened to them so far."""
    for row in world.fitness():
        _make_fitness(row, people[row["who"]], now=now)
    said = world.crowd()["partners"]
    person = people[said["of"]]
    if MatchAction.objects.filter(actor=person).exists():
        return
    yesterday = now - timedelta(days=1)
    met = _who_fits(person, crowd, now=yesterday)
    matched, waiting = [next(met) for _ in range(said["matched"])], [next(met) for _ in range(said["liked_her"])]
    for other in (*matched, *waiting):
        act(actor=other, target_id=person.pk, verb=Verb.LIKE, now=yesterday)
    for other in matched:
        act(actor=person, target_id=other.pk, verb=Verb.LIKE, now=yesterday)
    for _ in range(said["passed"]):
        act(actor=person, target_id=next(met).pk, verb=Verb.PASS, now=yesterday)


def _who_fits(person: User, crowd: Sequence[User], *, now: datetime) -> Iterator[User]:
    """Of the crowd those whom the person's deck could show, every third of them: the nearest are left to be met."""
    by_id = {each.pk: each for each in crowd}
    found = candidates_for(FitnessProfile.objects.get(user=person), now=now)
    return iter([by_id[each.user_id] for each in found if each.user_id in by_id][2::3])


def _make_fitness(row: Mapping[str, Any], user: User, *, now: datetime) -> None:
    columns = {
        "goals": frozenset(row["goals"]),
        "week": _week(row["days"], row["times"]),
        "born_on": row["born_on"],
        "radius_km": 15,
        "is_ready": True,
        **_skill_columns(row["skills"]),
        **_place_columns(Point(row["latitude"], row["longitude"]), now),
    }
    FitnessProfile.objects.get_or_create(user=user, defaults=columns)
