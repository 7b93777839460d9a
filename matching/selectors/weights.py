"""What the components are worth now."""

from django.conf import settings

from matching.models import WeightSet
from matching.recommender.base import COMPONENTS, Weights


def current_weights() -> Weights:
    """The newest set of the back office; without one, those of the settings."""
    newest = WeightSet.objects.order_by("-made_at", "-id").first()
    return weights_of(newest) if newest else set_in_settings()


def set_in_settings() -> Weights:
    return Weights(**settings.MATCH_WEIGHTS)


def weights_of(row: WeightSet) -> Weights:
    return Weights(**{name: getattr(row, name) for name in COMPONENTS})
