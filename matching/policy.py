"""Who may be shown to whom as a training partner: the one statement that every deck, count and card asks (MAT-3).

Everything is decided inside the statement that reads, in both directions: a block, a pause or a changed wish holds on
the next request, whatever was ranked or cached before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan

from accounts.models import User
from fitfoodie.common.geo import Columns, Place, Point, near
from matching import rules, sport_bits
from matching.enums import LIKES, Skill, Verb
from matching.models import FitnessProfile, Impression, Match, MatchAction
from social.policy import not_blocked, reachable

CELL = Columns("cell_latitude", "cell_longitude")


def cell(profile: FitnessProfile) -> Point:
    """Raises ValueError for somebody without a place."""
    if profile.cell_latitude is None or profile.cell_longitude is None:
        raise ValueError("Nobody without a place has a deck.")
    return Point(profile.cell_latitude, profile.cell_longitude)


def has_deck(viewer: FitnessProfile, now: datetime) -> bool:
    """Whoever is not in decks has none: ready, not resting, an adult."""
    return viewer.is_ready and not viewer.is_paused and rules.is_adult(viewer.born_on, now.date())


@dataclass(frozen=True)
class Asker:
    """What the statement is told of the viewer and the moment. A value may be a `statements.Given`; the flags and the
    places of the masks decide how the statement reads."""

    user_id: Any
    here: Point | Place
    km: Any
    gender: Any
    has_gender: bool
    same_gender_only: bool
    # Which bits of which column are sports of the viewer at a level so far from the viewer's own.
    masks: tuple[tuple[int, str, Any], ...]
    now: Any
    today: Any
    born_by: Any


def asker_of(viewer: FitnessProfile, now: datetime) -> Asker:
    """Raises ValueError for somebody without a place."""
    return Asker(
        user_id=viewer.user_id,
        here=cell(viewer),
        km=float(viewer.radius_km),
        gender=viewer.gender,
        has_gender=bool(viewer.gender),
        same_gender_only=viewer.same_gender_only,
        masks=tuple(
            (apart, column, mask)
            for apart in range(min(viewer.level_gap, 2) + 1)
            for column, mask in _masks(viewer, apart)
        ),
        now=now,
        today=now.date(),
        born_by=rules.born_by(now.date(), settings.MATCH_MIN_AGE),
    )


def may_be_shown_to(rows: QuerySet[FitnessProfile], viewer: FitnessProfile, now: datetime) -> QuerySet[FitnessProfile]:
    """Of the profiles those whom the viewer may see now, each with its `distance_km` from cell to cell. In no order."""
    return shown_to(rows, asker_of(viewer, now)) if has_deck(viewer, now) else rows.none()


def fitting(rows: QuerySet[FitnessProfile], viewer: FitnessProfile, now: datetime) -> QuerySet[FitnessProfile]:
    """As above, before what the two have already said of each other and what others saw today."""
    return _fitting(rows, asker_of(viewer, now), also=Q()) if has_deck(viewer, now) else rows.none()


def shown_to(rows: QuerySet[FitnessProfile], asker: Asker) -> QuerySet[FitnessProfile]:
    """As `may_be_shown_to`, of somebody who has a deck."""
    return _fitting(rows, asker, also=_not_acted(asker) & _not_matched(asker) & _not_worn_out(asker))


def _fitting(rows: QuerySet[FitnessProfile], asker: Asker, *, also: Q) -> QuerySet[FitnessProfile]:
    there = reachable("user") & not_blocked(User(pk=asker.user_id), "user") & ~Q(user_id=asker.user_id)
    # One call, for each would copy the whole statement again.
    rows = rows.filter(_in_deck(asker) & there & _open_to(asker) & _levels(asker) & _genders(asker) & also)
    return near(rows, asker.here, asker.km, columns=CELL).filter(Q(distance_km__lte=F("radius_km")))


def _in_deck(asker: Asker) -> Q:
    """The first two are the condition of the index `matching_profile_deck`, in its words."""
    return Q(is_ready=True, is_paused=False, born_on__lte=asker.born_by)


def _open_to(asker: Asker) -> Q:
    """Incognito is shown to those alone whom the person liked."""
    likers = MatchAction.objects.filter(target_id=asker.user_id, undone_at=None, verb__in=LIKES).values("actor_id")
    return Q(is_incognito=False) | Q(user_id__in=likers)


def _levels(asker: Asker) -> Q:
    """A sport in common whose levels differ by no more than either of the two accepts."""
    found = Q(pk__in=[])
    for apart, column, mask in asker.masks:
        found |= Q(GreaterThan(F(column).bitand(mask), 0), level_gap__gte=apart)
    return found


def _masks(viewer: FitnessProfile, apart: int) -> list[tuple[str, int]]:
    """Which bits of which column are sports of the viewer at a level exactly so far from the viewer's own."""
    found = []
    for skill in Skill.values:
        sports = [sport for sport, own in viewer.skills.items() if abs(own - skill) == apart]
        low, high = sport_bits.pack(sports)
        found += [(f"skill_{skill}_low", low), (f"skill_{skill}_high", high)]
    return [(column, mask) for column, mask in found if mask]


def _genders(asker: Asker) -> Q:
    """“Only my gender” of either side. Who said none has no gender to share: their own wish finds nobody."""
    accepts = Q(same_gender_only=False)
    if asker.has_gender:
        accepts |= Q(gender=asker.gender)
    if not asker.same_gender_only:
        return accepts
    return accepts & Q(gender=asker.gender) if asker.has_gender else Q(pk__in=[])


def _not_acted(asker: Asker) -> Q:
    """Liked or passed; a pass ends when the person comes back (MAT-7)."""
    counts = MatchAction.objects.filter(actor_id=asker.user_id, undone_at=None)
    acted = counts.exclude(verb=Verb.PASS, returns_at__lte=asker.now)
    return ~Q(user_id__in=acted.values("target_id"))


def _not_matched(asker: Asker) -> Q:
    """Also once: an ended match is not made again."""
    highs = Match.objects.filter(low_id=asker.user_id).values("high_id")
    lows = Match.objects.filter(high_id=asker.user_id).values("low_id")
    return ~Q(user_id__in=highs) & ~Q(user_id__in=lows)


def _not_worn_out(asker: Asker) -> Q:
    """Shown to fewer than the day's cap of others; whom the viewer has seen today stays (MAT-12)."""
    cap = settings.MATCH_EXPOSURE_CAP_A_DAY
    today = Impression.objects.filter(day=asker.today)
    seen = today.filter(viewer_id=asker.user_id).values("candidate_id")
    at_cap = Exists(today.filter(candidate_id=OuterRef("user_id")).order_by("pk")[cap - 1 : cap])
    return ~Q(at_cap) | Q(user_id__in=seen)
