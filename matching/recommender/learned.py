"""Weights learned from what people liked and passed: a logistic regression over the five components, small and plain.

Each person's choice is explained by how well the components fit. No coefficient may fall below 0, so what fits better
never lowers a score. With few choices the weights that were set stay; each further one moves them (shrinkage).
"""

import numpy as np

from matching.recommender.base import COMPONENTS, Floats, Interactions, Weights
from matching.recommender.closeness import fits_of
from matching.recommender.points import WHOLE
from matching.recommender.rules import RuleRecommender

# As many choices as it takes for the learned weights to count half.
HALF_AT = 200
_STEPS = 400
_RATE = 1.0
_RIDGE = 0.001


class LearnedRecommender(RuleRecommender):
    name = "learned"

    def __init__(self) -> None:
        self._shares: Floats = np.zeros(len(COMPONENTS))
        self._count = 0

    @property
    def version(self) -> str:
        """The learned shares in thousandths: the same shares give the same scores."""
        shares = ".".join(str(round(share * 1000)) for share in self._shares)
        return f"1-{self._count}-{shares}"

    def fit(self, interactions: Interactions) -> None:
        """Starts anew each time: what was learned depends on these pairs alone, and not on their order."""
        fits = fits_of(interactions.viewer_skills, interactions.viewer_week, interactions.candidates).T / WHOLE
        coefficients = _regression(fits, interactions.liked.astype(np.float64))
        whole = coefficients.sum()
        # Rounded, so that the last bits of a sum, which follow the order of the pairs, decide nothing.
        self._shares = np.round(coefficients / whole, 3) if whole > 0 else np.zeros(len(COMPONENTS))
        self._count = len(interactions) if whole > 0 else 0

    def weights_for(self, weights: Weights) -> Weights:
        own = self._count / (self._count + HALF_AT)
        if not own:
            return weights
        mixed = (1 - own) * weights.as_array() / 100 + own * self._shares
        return _whole(mixed)


def _regression(fits: Floats, liked: Floats) -> Floats:
    """The five coefficients, by projected gradient from 0; the intercept is free and not kept."""
    coefficients, intercept = np.zeros(fits.shape[1]), 0.0
    if not len(liked):
        return coefficients
    for _ in range(_STEPS):
        wrong = 1 / (1 + np.exp(-(fits @ coefficients + intercept))) - liked
        coefficients = np.maximum(coefficients - _RATE * (fits.T @ wrong / len(liked) + _RIDGE * coefficients), 0.0)
        intercept -= _RATE * float(wrong.mean())
    return coefficients


def _whole(shares: Floats) -> Weights:
    """100 whole points by largest remainder."""
    raw = shares / shares.sum() * 100
    points = np.floor(raw).astype(int)
    for index in np.argsort(points - raw, kind="stable")[: 100 - int(points.sum())]:
        points[index] += 1
    return Weights(*(int(point) for point in points))
