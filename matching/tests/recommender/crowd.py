"""People made of arrays, for tests and for the benchmark of scoring."""

import numpy as np

from matching.recommender.base import SPORTS, Candidates, Viewer, Weights, skills_row
from matching.week import BYTES, Slot, pack

WEIGHTS = Weights(level=20, interests=25, location=20, schedule=25, history=10)


def week_row(*slots: tuple[int, int]) -> np.ndarray:
    return np.frombuffer(pack(Slot(*slot) for slot in slots), dtype=np.uint8)


def viewer_of(skills: dict[str, int] | None = None, *slots: tuple[int, int]) -> Viewer:
    return Viewer(skills_row({"running": 2} if skills is None else skills), week_row(*slots))


def candidate_of(
    skills: dict[str, int] | None = None,
    *slots: tuple[int, int],
    pk: int = 1,
    km: float = 1.0,
    history: float = 0.5,
    idle: float = 0.0,
) -> Candidates:
    row = skills_row({"running": 2} if skills is None else skills)
    return Candidates(
        np.array([pk]),
        row[None, :],
        week_row(*slots)[None, :],
        np.array([km]),
        np.array([history]),
        np.array([idle]),
    )


def nobody() -> Candidates:
    return crowd(1).take([])


def crowd(count: int, seed: int = 7) -> Candidates:
    """As people are: one to eight sports, some hours of the week, most of them near."""
    chance = np.random.default_rng(seed)
    does = chance.random((count, SPORTS)) < (chance.integers(1, 9, count) / SPORTS)[:, None]
    skills = (does * chance.integers(1, 4, (count, SPORTS))).astype(np.uint8)
    # Ten times a week on average, an hour and a half each.
    begins = chance.random((count, BYTES * 8)) < 0.03
    week = np.packbits(begins | np.roll(begins, 1, axis=1) | np.roll(begins, 2, axis=1), axis=1)
    return Candidates(
        np.arange(1, count + 1, dtype=np.int64),
        skills,
        week,
        chance.exponential(8.0, count),
        np.round(chance.random(count), 3),
        np.round(chance.exponential(5.0, count), 1),
    )


def viewer_in(people: Candidates, row: int = 0) -> Viewer:
    return Viewer(people.skills[row], people.week[row])
