"""The deck of somebody: ranked people as cards, a page of them at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts.models import User
from accounts.selectors import public_avatar
from accounts.sports import Sport
from fitfoodie.common.statements import Given, Statement, compiled
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
        return _label(get_language(), self.sport)

    @property
    def level(self) -> str:
        """Theirs."""
        return str(Skill(self.theirs).label)


@lru_cache(maxsize=1024)
def _label(_language: str | None, sport: str) -> str:
    return str(Sport(sport).label)


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
    """The profile of this very person, narrowed to the wishes; not to be saved."""
    profile: FitnessProfile | None = next(iter(_profile().instances(user=viewer.pk)), None)
    if profile is None:
        return None
    profile.user = viewer
    if wishes is not None:
        profile.radius_km = min(profile.radius_km, wishes.radius_km or profile.radius_km)
        gap = profile.level_gap if wishes.level_gap is None else wishes.level_gap
        profile.level_gap = min(profile.level_gap, gap)
    return profile


@cache
def _profile() -> Statement:
    return compiled(FitnessProfile.objects.filter(user=Given("user", BigIntegerField())))


def deck_page(profile: FitnessProfile, *, size: int, now: datetime, seen: Collection[int] = ()) -> DeckPage:
    """The best `size` of whom the person may be shown, without those whose mark is among `seen`.

    What was seen is remembered by mark, not by rank: acting on somebody moves everybody below, and learning moves all.
    """
    depth = min(len(seen) + size + 1, DEPTH)
    ranked = rank_partners(profile, limit=depth, now=now)
    fresh = [one for one in ranked if mark_of(one.user_id) not in seen] if seen else ranked
    cards = cards_of(profile, fresh[:size])
    return DeckPage(cards, len(fresh) > size)


def mark_of(user_id: int) -> int:
    """Four bytes that stand for somebody in a cursor, and tell nothing."""
    return int.from_bytes(salted_hmac("matching.deck", str(user_id)).digest()[:4])


def cards_of(profile: FitnessProfile, ranked: Sequence[RankedPerson]) -> list[PersonCard]:
    """One query. Whoever went away since they were ranked is left out (MAT-3)."""
    ids = {f"id_{place}": one.user_id for place, one in enumerate(ranked)}
    if not ids:
        return []
    people = {row[0]: row for row in _people(len(ids)).rows(viewer=profile.user_id, **ids)}
    return [_card(profile, one, people[one.user_id]) for one in ranked if one.user_id in people]


@cache
def _people(count: int) -> Statement:
    """So many people by id, as `_COLUMNS`, and whether they said openly that they like the viewer."""
    viewer = Given("viewer", BigIntegerField())
    openly = MatchAction.objects.filter(target_id=viewer, actor_id=OuterRef("pk"), undone_at=None, verb=Verb.SUPER_LIKE)
    ids: list[Any] = [Given(f"id_{place}", BigIntegerField()) for place in range(count)]
    rows = User.objects.filter(there_for(User(pk=viewer)), pk__in=ids).annotate(likes_me=Exists(openly))
    return compiled(rows.values_list(*_COLUMNS, "likes_me"))


def shared_sports(mine: dict[str, int], theirs: dict[str, int]) -> tuple[SharedSport, ...]:
    """The closest in level first."""
    both = sorted(mine.keys() & theirs.keys(), key=lambda sport: (abs(mine[sport] - theirs[sport]), sport))
    return tuple(SharedSport(sport, mine[sport], theirs[sport]) for sport in both)


def _card(profile: FitnessProfile, ranked: RankedPerson, row: Sequence[Any]) -> PersonCard:
    _pk, handle, name, is_verified, visibility, photo_name, photo_width, skills, likes_me = row
    return PersonCard(
        ranked=ranked,
        handle=handle,
        name=name,
        avatar=public_avatar(photo_name, photo_width, visibility),
        is_verified=bool(is_verified),
        shared=shared_sports(profile.skills, skills or {}),
        likes_me=bool(likes_me),
    )
