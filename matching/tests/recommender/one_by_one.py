"""The formulas of docs/scoring.md again, one person at a time and with nothing but Python: what the arrays are held
against, in tests as an oracle and in `bench/scoring.py` as the pace to beat."""

import math
from dataclasses import astuple, dataclass

from matching.recommender.base import COMPONENTS, Candidates, Viewer, Weights

LIMITS = ((2.0, 10_000), (3.5, 9_000), (7.0, 7_500), (12.0, 5_000), (20.0, 3_500), (35.0, 2_000), (75.0, 1_000))


@dataclass(frozen=True)
class Person:
    skills: dict[int, int]
    week: int
    distance_km: float = 0.0
    history: float = 0.5


def person_of(viewer: Viewer) -> Person:
    return Person(_skills(viewer.skills), _week(viewer.week))


def people_of(candidates: Candidates) -> list[Person]:
    return [
        Person(_skills(skills), _week(week), distance, history)
        for skills, week, distance, history in zip(
            candidates.skills,
            candidates.week,
            candidates.distance_km.tolist(),
            candidates.history.tolist(),
            strict=True,
        )
    ]


def _skills(row) -> dict[int, int]:
    return {index: skill for index, skill in enumerate(row.tolist()) if skill}


def _week(row) -> int:
    return int.from_bytes(row.tobytes(), "big")


def level(one: Person, other: Person) -> int:
    gaps = [abs(skill - other.skills[sport]) for sport, skill in one.skills.items() if sport in other.skills]
    return 5_000 * sum(2 - gap for gap in gaps) // len(gaps) if gaps else 0


def interests(one: Person, other: Person) -> int:
    common = sum(sport in other.skills for sport in one.skills)
    product = len(one.skills) * len(other.skills)
    return math.floor(10_000 * common / math.sqrt(product)) if product else 0


def location(other: Person) -> int:
    return next((fit for limit, fit in LIMITS if other.distance_km < limit), 0)


def schedule(one: Person, other: Person) -> int:
    return math.floor(10_000 * math.sqrt(min((one.week & other.week).bit_count(), 16) / 16))


def score(one: Person, other: Person, weights: Weights) -> tuple[int, tuple[int, ...]]:
    """Total and components."""
    fits = (
        level(one, other),
        interests(one, other),
        location(other),
        schedule(one, other),
        math.floor(10_000 * other.history),
    )
    raw = [fit * weight for fit, weight in zip(fits, astuple(weights), strict=True)]
    total = (sum(raw) + 5_000) // 10_000
    parts = [points // 10_000 for points in raw]
    by_remainder = sorted(range(len(COMPONENTS)), key=lambda index: (-(raw[index] % 10_000), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return total, tuple(parts)


def best(totals: list[int], ids: list[int], limit: int) -> list[int]:
    return sorted(range(len(totals)), key=lambda row: (-totals[row], ids[row]))[:limit]
