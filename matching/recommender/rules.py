"""Points by rules that can be told in five sentences; what every other recommender falls back to (N51, MAT-13)."""

from collections.abc import Sequence

from matching.recommender.base import (
    Bytes,
    Candidates,
    Explanation,
    Interactions,
    Ints,
    Recommender,
    Scores,
    Viewer,
    Weights,
)
from matching.recommender.closeness import fits_of
from matching.recommender.explaining import explanations
from matching.recommender.points import points_of, scores_of


class RuleRecommender(Recommender):
    """Each component's weight times how well it fits (`closeness`). What it knows of the past is in `history`."""

    name = "rules"

    @property
    def version(self) -> str:
        return "1"

    def fit(self, interactions: Interactions) -> None:
        """Rules are rules."""

    def recommend(self, viewer: Viewer, candidates: Candidates, weights: Weights, limit: int) -> Scores:
        fits = fits_of(viewer.skills, viewer.week, candidates)
        return scores_of(fits, self.weights_for(weights), candidates.ids, limit)

    def explain(
        self, viewer: Viewer, candidates: Candidates, weights: Weights, rows: Ints | Sequence[int]
    ) -> list[Explanation]:
        def totals(skills: Bytes, weeks: Bytes, pairs: Candidates) -> Ints:
            return points_of(fits_of(skills, weeks, pairs), self.weights_for(weights).as_array())[0]

        return explanations(viewer, candidates, [int(row) for row in rows], totals)

    def weights_for(self, weights: Weights) -> Weights:
        """What those who learn weights put in their place."""
        return weights
