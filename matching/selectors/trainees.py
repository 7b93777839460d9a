"""What ranking classes asks of a person: sports, times, place, and when they are in a class already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts import cities
from accounts.models import User
from classes.enums import TAKES_SEAT, SessionStatus
from classes.models import Rsvp
from fitfoodie.common.geo import Point
from matching.enums import Skill
from matching.models import FitnessProfile
from matching.week import EMPTY


@dataclass(frozen=True)
class Busy:
    """A class in which the person has a seat."""

    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Trainee:
    """`place` is the middle of a cell or of a city, never the person's own point."""

    user_id: int
    skills: dict[str, int]
    week: bytes
    zone: ZoneInfo
    place: Point | None
    radius_km: float
    busy: tuple[Busy, ...]

    def clash(self, session_id: int, starts_at: datetime, ends_at: datetime) -> Busy | None:
        """Another class of theirs at that time."""
        for one in self.busy:
            if one.session_id != session_id and one.starts_at < ends_at and one.ends_at > starts_at:
                return one
        return None

    def is_in(self, session_id: int) -> bool:
        return any(one.session_id == session_id for one in self.busy)


# Classes are looked for at least so far around, whatever distance suits for a partner.
MIN_RADIUS_KM = 25.0
_SKILL_OF_LEVEL = {
    "beginner": Skill.BEGINNER.value,
    "intermediate": Skill.INTERMEDIATE.value,
    "advanced": Skill.ADVANCED.value,
}


def trainee_of(user: User, *, now: datetime) -> Trainee:
    """From the fitness profile; who has none yet is taken by what their profile says. Three queries at most."""
    fitness = FitnessProfile.objects.filter(user=user).first()
    return _trainee(user, fitness, _busy([user], now).get(user.pk, ()))


def trainees_of(people: Collection[User], *, now: datetime) -> list[Trainee]:
    """In their order, read with `fitness`, `profile` and `preferences`: one query for all."""
    busy = _busy(people, now) if people else {}
    return [_trainee(person, getattr(person, "fitness", None), busy.get(person.pk, ())) for person in people]


def _trainee(user: User, fitness: FitnessProfile | None, busy: tuple[Busy, ...]) -> Trainee:
    zone = ZoneInfo(user.preferences.time_zone)
    if fitness is None:
        return _beginning(user, zone, busy)
    return Trainee(
        user_id=user.pk,
        skills=fitness.skills,
        week=bytes(fitness.week),
        zone=zone,
        place=_cell(fitness),
        radius_km=max(float(fitness.radius_km), MIN_RADIUS_KM),
        busy=busy,
    )


def _cell(fitness: FitnessProfile) -> Point | None:
    if fitness.cell_latitude is None or fitness.cell_longitude is None:
        return None
    return Point(fitness.cell_latitude, fitness.cell_longitude)


def _beginning(user: User, zone: ZoneInfo, busy: tuple[Busy, ...]) -> Trainee:
    profile = user.profile
    city = cities.find(", ".join(part for part in (profile.city, profile.country) if part)) if profile.city else None
    skill = _SKILL_OF_LEVEL.get(profile.level, Skill.BEGINNER.value)
    place = Point(city.latitude, city.longitude) if city else None
    return Trainee(user.pk, dict.fromkeys(profile.sports, skill), EMPTY, zone, place, MIN_RADIUS_KM, busy)


def _busy(people: Collection[User], now: datetime) -> dict[int | None, tuple[Busy, ...]]:
    seats = Rsvp.objects.across_chains().filter(
        user__in=[person.pk for person in people],
        status__in=sorted(TAKES_SEAT),
        session__ends_at__gt=now,
        session__status=SessionStatus.SCHEDULED,
    )
    rows = seats.values_list("user_id", "session_id", "session__title", "session__starts_at", "session__ends_at")
    found: dict[int | None, tuple[Busy, ...]] = {}
    for user_id, session_id, title, starts_at, ends_at in rows.order_by("session__starts_at", "session_id"):
        found[user_id] = (*found.get(user_id, ()), Busy(session_id, title, starts_at, ends_at))
    return found
