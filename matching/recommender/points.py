"""From how well each component fits to whole points that add up.

How well is a whole number of ten-thousandths, so from there on nothing is rounded twice and every machine agrees.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

from matching.recommender.base import Ints, Scores, Weights

WHOLE = 10_000


def points_of(fits: Ints, weights: Ints) -> tuple[Ints, Ints]:
    """Totals (N) and components (N×K) of `fits`, K×N ten-thousandths; `weights` are K points, 100 in all.

    The total is the weighted sum, rounded half up. The components are rounded down, and the points that are missing to
    the total go to the largest remainders, the first component first among equals. So no component passes its weight,
    and what fits better never gives fewer points, neither to its component nor to the total.
    """
    # A hundred weights of ten thousand fit into 32 bits, which is half the memory to walk through.
    raw = fits.astype(np.int32) * weights.astype(np.int32)[:, None]
    parts = raw // WHOLE
    total = (raw.sum(axis=0, dtype=np.int32) + WHOLE // 2) // WHOLE
    missing = total - parts.sum(axis=0, dtype=np.int32)
    parts += _rank(raw - parts * WHOLE) < missing
    return total.astype(np.int64), parts.T.astype(np.int64)


def _rank(remainders: NDArray[np.int32]) -> NDArray[np.int8]:
    """Of each remainder, how many of its column go before it: the larger, and of equals the earlier."""
    rank = np.zeros(remainders.shape, dtype=np.int8)
    for earlier, later in itertools.combinations(range(len(remainders)), 2):
        is_later_first = remainders[later] > remainders[earlier]
        rank[earlier] += is_later_first
        rank[later] += ~is_later_first
    return rank


def scores_of(fits: Ints, weights: Weights, ids: Ints, limit: int) -> Scores:
    total, components = points_of(fits, weights.as_array())
    return Scores(total, components, best_first(total, ids, limit))


def best_first(total: Ints, ids: Ints, limit: int) -> Ints:
    """Rows by points, then by id. Sorts only those that can be among the best `limit`."""
    rows = np.arange(len(total))
    if 0 < limit < len(total):
        worst = np.partition(total, len(total) - limit)[len(total) - limit]
        rows = np.flatnonzero(total >= worst)
    return rows[np.lexsort((ids[rows], -total[rows]))][: max(limit, 0)]
