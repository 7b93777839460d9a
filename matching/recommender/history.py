"""What somebody liked, as counts of "morning runners", and how much others are like that. Arrays only."""

import numpy as np

from matching.recommender.base import SPORTS, Bytes, Floats, Ints
from matching.week import BYTES, SLOTS_PER_DAY, Slot, pack

PARTS = ("morning", "midday", "evening", "unsaid")
UNSAID = len(PARTS) - 1
# The half hours at which midday and evening begin: 11:00 and 17:00.
STARTS = (0, 22, 34, SLOTS_PER_DAY)
# As many opinions as it takes for what was learned to count half: one like says little.
SHRINKAGE = 3


def _mask(days: range, part: int) -> bytes:
    return pack(Slot(day, half) for day in days for half in range(STARTS[part], STARTS[part + 1]))


def _bits(mask: bytes) -> Bytes:
    return np.frombuffer(mask, dtype=np.uint8)


PART_MASKS = np.stack([_bits(_mask(range(7), part)) for part in range(UNSAID)])
# 21 rows: Monday morning, Monday midday, …
DAY_PART_MASKS = np.stack([_bits(_mask(range(day, day + 1), part)) for day in range(7) for part in range(UNSAID)])


def parts_of(weeks: Bytes) -> np.ndarray:
    """N×4, true where somebody trains in that part of any day; the last for those who gave no times."""
    halves = weeks.view(np.uint16)
    said = [(halves & mask.view(np.uint16)).any(axis=1) for mask in PART_MASKS]
    return np.stack([*said, ~np.logical_or.reduce(said)], axis=1)


def counts_of(skills: Bytes, weeks: Bytes) -> Ints:
    """69×4: of these people, how many do the sport and train in that part of the day."""
    return (skills > 0).T.astype(np.int64) @ parts_of(weeks).astype(np.int64)


def affinity(liked: Ints, passed: Ints, skills: Bytes, weeks: Bytes) -> Floats:
    """N numbers from 0 to 1; 0.5 where nothing is known.

    Taste for a kind (sport and part of the day) is (liked − passed) / (liked + passed + 3): three opinions that agree
    count half, many count nearly whole. Somebody's affinity is the mean of the tastes for the kinds they are of.
    """
    taste = (liked - passed) / (liked + passed + SHRINKAGE)
    sports = np.flatnonzero(taste.any(axis=1))
    does = (skills[:, sports] > 0).astype(np.float64)
    when = parts_of(weeks).astype(np.float64)
    kinds = np.count_nonzero(skills, axis=1) * when.sum(axis=1)
    mean = ((does @ taste[sports]) * when).sum(axis=1) / np.maximum(kinds, 1)
    return np.asarray(np.clip(0.5 + mean / 2, 0.0, 1.0), dtype=np.float64)


def no_counts() -> Ints:
    return np.zeros((SPORTS, len(PARTS)), dtype=np.int64)


def weeks_array(weeks: list[bytes]) -> Bytes:
    """N×42, of what the rows of the database hold."""
    return np.frombuffer(b"".join(weeks), dtype=np.uint8).reshape(len(weeks), BYTES)
