"""People who may be shown to somebody, nearest first. Ranking is another matter: this decides, it does not prefer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from fitfoodie.common.geo import nearest_first
from matching.models import FitnessProfile
from matching.policy import CELL, cell, has_deck, may_be_shown_to

LIMIT = 500


class Candidate(NamedTuple):
    """What scoring may know of somebody; the exact point is not among it. Distances are from cell to cell."""

    user_id: int
    distance_km: float
    skills: dict[str, int]
    goals: frozenset[str]
    week: bytes
    # The clocks of `week`, an IANA name.
    time_zone: str
    gym_id: int | None
    level_gap: int
    radius_km: int


_COLUMNS = (
    "user_id",
    "distance_km",
    "skills",
    "goals",
    "week",
    "user__preferences__time_zone",
    "gym_id",
    "level_gap",
    "radius_km",
)


def candidates_for(profile: FitnessProfile, *, limit: int = LIMIT, now: datetime) -> list[Candidate]:
    """At most `limit`, nearest first; one statement holds every filter (MAT-3)."""
    if not has_deck(profile, now):
        return []
    return [_candidate(row) for row in candidate_columns(profile, now)[:limit]]


def _candidate(row: Any) -> Candidate:
    user_id, distance_km, skills, goals, week, *others = row
    time_zone, gym_id, level_gap, radius_km = others
    return Candidate(user_id, distance_km, skills, goals, bytes(week), time_zone, gym_id, level_gap, radius_km)


def candidate_columns(profile: FitnessProfile, now: datetime) -> Any:
    """The statement of a deck, columns as in Candidate; without a limit."""
    return candidate_rows(profile, now).values_list(*_COLUMNS)


def candidate_rows(profile: FitnessProfile, now: datetime) -> QuerySet[FitnessProfile]:
    """Only for those who have a deck."""
    rows = may_be_shown_to(FitnessProfile.objects.all(), profile, now)
    return nearest_first(rows, cell(profile), columns=CELL)


def shown_now(profile: FitnessProfile, user_ids: Iterable[int], *, now: datetime) -> list[int]:
    """Of people ranked earlier those who may be shown at this moment, in their order.

    To be asked right before anybody is shown: a stale ranking then leaks nobody.
    """
    ranked = list(user_ids)
    rows = FitnessProfile.objects.filter(user_id__in=ranked)
    allowed = set(may_be_shown_to(rows, profile, now).values_list("user_id", flat=True))
    return [user_id for user_id in ranked if user_id in allowed]
