"""What the components are worth now."""

from functools import cache

from django.conf import settings

from fitfoodie.common.statements import Statement, compiled
from matching.models import WeightSet
from matching.recommender.base import COMPONENTS, Weights


def current_weights() -> Weights:
    """The newest set of the back office; without one, those of the settings."""
    rows = _newest().rows()
    return Weights(*rows[0]) if rows else set_in_settings()


@cache
def _newest() -> Statement:
    return compiled(WeightSet.objects.order_by("-made_at", "-id").values_list(*COMPONENTS)[:1])


def set_in_settings() -> Weights:
    return Weights(**settings.MATCH_WEIGHTS)


def weights_of(row: WeightSet) -> Weights:
    return Weights(**{name: getattr(row, name) for name in COMPONENTS})
