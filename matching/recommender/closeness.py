"""How well two people fit, in five whole numbers of ten-thousandths. One pass over all candidates, no loop.

The formulas are told in docs/scoring.md; `tests/recommender/one_by_one.py` says them again, one person at a time.
"""

import math
from bisect import bisect_right

import numpy as np

from matching.recommender.base import MAX_SKILL, Bytes, Candidates, Floats, Ints
from matching.recommender.points import WHOLE

# Kilometres from cell to cell. Each band is as good as the next place in it: points tell no more of where somebody
# lives than the words beside them do.
BAND_LIMITS = (2.0, 3.5, 7.0, 12.0, 20.0, 35.0, 75.0)
BAND_FITS = (10_000, 9_000, 7_500, 5_000, 3_500, 2_000, 1_000, 0)
# Half hours a week in common that are as good as any more: eight hours.
ENOUGH_HALVES = 16
SCHEDULE_FITS = tuple(math.floor(WHOLE * math.sqrt(halves / ENOUGH_HALVES)) for halves in range(ENOUGH_HALVES + 1))
_LIMITS = np.array(BAND_LIMITS)
_BAND_FITS = np.array(BAND_FITS, dtype=np.int64)
# By the two skills, `own * 4 + theirs`: 256 for a sport in common, plus the levels between. Sums of 69 stay apart.
_COMMON_AND_GAP = np.array(
    [
        256 + abs(own - theirs) if own and theirs else 0
        for own in range(MAX_SKILL + 1)
        for theirs in range(MAX_SKILL + 1)
    ],
    dtype=np.uint16,
)
_SCHEDULE_FITS = np.array(SCHEDULE_FITS, dtype=np.int64)


def fits_of(skills: Bytes, week: Bytes, candidates: Candidates) -> Ints:
    """5×N, 0 to 10,000, in the order of `COMPONENTS`. `skills` and `week` are one viewer's, or N viewers' rows."""
    level, interests = _sports(skills, candidates.skills)
    schedule = _SCHEDULE_FITS[np.minimum(common_halves(week, candidates.week), ENOUGH_HALVES)]
    history = np.floor(WHOLE * candidates.history).astype(np.int64)
    return np.stack([level, interests, _BAND_FITS[bands(candidates.distance_km)], schedule, history])


def _sports(own: Bytes, theirs: Bytes) -> tuple[Ints, Ints]:
    """Level: over the sports in common, the mean of 1 for the same level, a half for the next, 0 for two apart.

    Interests: the cosine of the two sets, common sports by the root of the product of how many each does. Jaccard would
    hold against somebody what else they do: who runs, rows and climbs is no worse a runner.
    """
    columns = np.flatnonzero(own if own.ndim == 1 else own.any(axis=0))
    found = np.zeros(len(theirs), dtype=np.uint16)
    for column in columns:
        found += _COMMON_AND_GAP[own[..., column] * (MAX_SKILL + 1) + theirs[:, column]]
    common, gaps = (found >> 8).astype(np.int64), (found & 0xFF).astype(np.int64)
    level = WHOLE // 2 * (2 * common - gaps) // np.maximum(common, 1)
    product = np.count_nonzero(own, axis=-1) * np.count_nonzero(theirs, axis=1)
    interests = np.floor(WHOLE * common / np.sqrt(np.maximum(product, 1))).astype(np.int64)
    return level, interests


def common_halves(one: Bytes, weeks: Bytes) -> Ints:
    """Half hours of the week at which both train."""
    halves = np.zeros(len(weeks), dtype=np.uint16)
    # Byte by byte of those in which the one trains at all: most of a week nobody does.
    for column in np.flatnonzero(one if one.ndim == 1 else one.any(axis=0)):
        halves += np.bitwise_count(one[..., column] & weeks[:, column])
    return halves.astype(np.int64)


def bands(distance_km: Floats) -> Ints:
    """Which of the bands each distance is in; the last has no end."""
    return np.searchsorted(_LIMITS, distance_km, side="right").astype(np.int64)


def band_of(distance_km: float) -> int:
    """The same of one distance."""
    return bisect_right(BAND_LIMITS, distance_km)
