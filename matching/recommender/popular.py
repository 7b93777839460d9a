"""Knows nobody: the nearest first, and of equally near ones whoever was here last. Stands when all else fails."""

from collections.abc import Sequence

import numpy as np

from matching.recommender.base import (
    COMPONENTS,
    Candidates,
    Explanation,
    Interactions,
    Ints,
    Reason,
    Recommender,
    Scores,
    Viewer,
    Weights,
)
from matching.recommender.closeness import bands, fits_of
from matching.recommender.explaining import DISTANCE
from matching.recommender.points import WHOLE, points_of

_LOCATION = COMPONENTS.index("location")


class PopularRecommender(Recommender):
    """Half the points for everything it does not look at, and those for the distance."""

    name = "popular"

    @property
    def version(self) -> str:
        return "1"

    def fit(self, interactions: Interactions) -> None:
        """There is nothing to learn of nobody."""

    def recommend(self, viewer: Viewer, candidates: Candidates, weights: Weights, limit: int) -> Scores:
        fits = np.full((len(COMPONENTS), len(candidates)), WHOLE // 2, dtype=np.int64)
        fits[_LOCATION] = fits_of(viewer.skills, viewer.week, candidates)[_LOCATION]
        total, components = points_of(fits, weights.as_array())
        order = np.lexsort((candidates.ids, candidates.idle_days, -total))[: max(limit, 0)]
        return Scores(total, components, order.astype(np.int64))

    def explain(
        self, viewer: Viewer, candidates: Candidates, weights: Weights, rows: Ints | Sequence[int]
    ) -> list[Explanation]:
        return [
            Explanation((Reason(DISTANCE, {"band": int(band)}),))
            for band in bands(candidates.distance_km[np.asarray(rows, dtype=np.int64)])
        ]
