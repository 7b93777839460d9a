"""How evenly the deck shows people (MAT-12): the share of each in all impressions of some days, and its inequality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef

from matching.models import FitnessProfile, Impression

TENTHS = 10
MOST_SHOWN = 20


@dataclass(frozen=True)
class Fairness:
    """`gini` 0 is "everybody as often", 1 "one person alone"; None while nobody was shown. `tenths`: what share of all
    impressions, in percent, each tenth of the people got, those shown least first."""

    people: int
    impressions: int
    gini: float | None
    tenths: list[float]
    at_cap: list[tuple[date, int]]
    newcomers_waiting: int
    most_shown: list[tuple[str, int]]


def gini(counts: Sequence[int]) -> float | None:
    """G = 2·Σ(i·xᵢ) / (n·Σxᵢ) − (n+1)/n over the counts in rising order, i from 1.

    Source: C. Gini, Variabilità e mutabilità (1912), in the form of Sen, On Economic Inequality (1973), section 2.2.
    None without any count above zero.
    """
    total, size = sum(counts), len(counts)
    if not total:
        return None
    ranked = sum(place * count for place, count in enumerate(sorted(counts), start=1))
    return 2 * ranked / (size * total) - (size + 1) / size


def tenths_of(counts: Sequence[int]) -> list[float]:
    """Percent of the whole that each tenth got, the least first; tenths of a few people may be empty."""
    total, ordered = sum(counts), sorted(counts)
    if not total:
        return []
    edges = [round(len(ordered) * part / TENTHS) for part in range(TENTHS + 1)]
    return [100 * sum(ordered[edges[part] : edges[part + 1]]) / total for part in range(TENTHS)]


def fairness_of(first: date, last: date) -> Fairness:
    """Of both days and those between (UTC). Everybody in the deck counts, also those whom nobody was shown. Five
    queries; grouped by the database, one row a person."""
    shown = Impression.objects.filter(day__range=(first, last))
    by_person = dict(shown.order_by().values_list("candidate_id").annotate(times=Count("pk")))
    ready = FitnessProfile.objects.filter(is_ready=True, is_paused=False, user__is_active=True)
    in_deck = set(ready.values_list("user_id", flat=True))
    counts = [by_person.get(user_id, 0) for user_id in in_deck | by_person.keys()]
    return Fairness(
        people=len(counts),
        impressions=sum(counts),
        gini=gini(counts),
        tenths=tenths_of(counts),
        at_cap=_at_cap(first, last),
        newcomers_waiting=_newcomers_waiting(),
        most_shown=_most_shown(first, last),
    )


def _at_cap(first: date, last: date) -> list[tuple[date, int]]:
    """How many people were shown as often as a day allows, by day."""
    full = Impression.objects.filter(day__range=(first, last)).order_by().values("day", "candidate_id")
    full = full.annotate(times=Count("pk")).filter(times__gte=settings.MATCH_EXPOSURE_CAP_A_DAY)
    by_day: dict[date, int] = {}
    for row in full:
        by_day[row["day"]] = by_day.get(row["day"], 0) + 1
    days = (last - first).days + 1
    return [(day, by_day.get(day, 0)) for day in (first + timedelta(days=ahead) for ahead in range(days))]


def _newcomers_waiting() -> int:
    """In the deck, and not yet shown MATCH_NEWCOMER_IMPRESSIONS times, ever."""
    enough = settings.MATCH_NEWCOMER_IMPRESSIONS
    shown = Impression.objects.filter(candidate_id=OuterRef("user_id")).order_by("-shown_at")
    ready = FitnessProfile.objects.filter(is_ready=True, is_paused=False, user__is_active=True)
    return ready.exclude(Exists(shown[enough - 1 : enough])).count()


def _most_shown(first: date, last: date) -> list[tuple[str, int]]:
    rows = Impression.objects.filter(day__range=(first, last)).order_by().values_list("candidate__handle")
    return list(rows.annotate(times=Count("pk")).order_by("-times", "candidate__handle")[:MOST_SHOWN])
