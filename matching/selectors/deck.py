"""The deck of somebody: ranked people as cards, a page of them at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.selectors import public_avatar
from accounts.sports import Sport
from matching.enums import Skill, Verb
from matching.models import FitnessProfile, MatchAction
from matching.selectors.ranking import RankedPerson, rank_partners
from social.policy import there_for

# So deep one looks into a deck at most, however many pages that is.
DEPTH = 200
_COLUMNS = (
    "pk",
    "handle",
    "name",
    "profile__is_verified",
    "profile__visibility",
    "profile__photo__name",
    "profile__photo__width",
    "fitness__skills",
)


@dataclass(frozen=True)
class Wishes:
    """Narrower than one's own preferences, for one look; never wider (MAT-3)."""

    radius_km: int | None = None
    level_gap: int | None = None


@dataclass(frozen=True)
class SharedSport:
    sport: str
    mine: int
    theirs: int

    @property
    def label(self) -> str:
        return str(Sport(self.sport).label)

    @property
    def level(self) -> str:
        """Theirs."""
        return str(Skill(self.theirs).label)


@dataclass(frozen=True)
class PersonCard:
    """`likes_me` only when they said so openly, by a super like (MAT-8)."""

    ranked: RankedPerson
    handle: str
    name: str
    avatar: str | None
    is_verified: bool
    shared: tuple[SharedSport, ...]
    likes_me: bool


@dataclass(frozen=True)
class DeckPage:
    cards: Sequence[PersonCard]
    has_more: bool

    @property
    def model(self) -> str | None:
        """What ranked; None when there was nobody to rank."""
        return self.cards[0].ranked.model if self.cards else None

    @property
    def is_fallback(self) -> bool:
        return bool(self.cards) and self.cards[0].ranked.is_fallback


def profile_of(viewer: User, wishes: Wishes | None = None) -> FitnessProfile | None:
    """The profile with its person and clocks, narrowed to the wishes; not to be saved."""
    profile = FitnessProfile.objects.select_related("user__preferences").filter(user=viewer).first()
    if profile is not None and wishes is not None:
        profile.radius_km = min(profile.radius_km, wishes.radius_km or profile.radius_km)
        gap = profile.level_gap if wishes.level_gap is None else wishes.level_gap
        profile.level_gap = min(profile.level_gap, gap)
    return profile


def deck_page(profile: FitnessProfile, *, size: int, now: datetime, seen: Collection[int] = ()) -> DeckPage:
    """The best `size` of whom the person may be shown, without those whose mark is among `seen`.

    What was seen is remembered by mark, not by rank: acting on somebody moves everybody below, and learning moves all.
    """
    depth = min(len(seen) + size + 1, DEPTH)
    fresh = [one for one in rank_partners(profile, limit=depth, now=now) if mark_of(one.user_id) not in seen]
    cards = cards_of(profile, fresh[:size])
    return DeckPage(cards, len(fresh) > size)


def mark_of(user_id: int) -> int:
    """Four bytes that stand for somebody in a cursor, and tell nothing."""
    return int.from_bytes(salted_hmac("matching.deck", str(user_id)).digest()[:4])


def cards_of(profile: FitnessProfile, ranked: Sequence[RankedPerson]) -> list[PersonCard]:
    """Two queries. Whoever went away since they were ranked is left out (MAT-3)."""
    ids = [one.user_id for one in ranked]
    if not ids:
        return []
    rows = User.objects.filter(there_for(profile.user), pk__in=ids).values(*_COLUMNS)
    people = {row["pk"]: row for row in rows}
    liking = _openly_liking(profile.user_id, ids)
    return [_card(profile, one, people[one.user_id], liking) for one in ranked if one.user_id in people]


def shared_sports(mine: dict[str, int], theirs: dict[str, int]) -> tuple[SharedSport, ...]:
    """The closest in level first."""
    both = sorted(mine.keys() & theirs.keys(), key=lambda sport: (abs(mine[sport] - theirs[sport]), sport))
    return tuple(SharedSport(sport, mine[sport], theirs[sport]) for sport in both)


def _openly_liking(viewer_id: int, ids: Sequence[int]) -> frozenset[int]:
    said = MatchAction.objects.filter(target_id=viewer_id, actor_id__in=ids, undone_at=None, verb=Verb.SUPER_LIKE)
    return frozenset(said.values_list("actor_id", flat=True))


def _card(profile: FitnessProfile, ranked: RankedPerson, row: dict[str, Any], liking: frozenset[int]) -> PersonCard:
    photo = row["profile__photo__name"], row["profile__photo__width"]
    return PersonCard(
        ranked=ranked,
        handle=row["handle"],
        name=row["name"],
        avatar=public_avatar(*photo, row["profile__visibility"]),
        is_verified=bool(row["profile__is_verified"]),
        shared=shared_sports(profile.skills, row["fitness__skills"] or {}),
        likes_me=ranked.user_id in liking,
    )
