"""Which recommender the settings ask for. A model that is not there is answered for by the rules (MAT-13)."""

from django.conf import settings

from matching.recommender.base import Recommender
from matching.recommender.popular import PopularRecommender
from matching.recommender.serving import POPULAR, RULES

_models: dict[str, Recommender] = {RULES.name: RULES, PopularRecommender.name: POPULAR}


def register(model: Recommender) -> None:
    """Under its name; a newer one of the same name takes the place of the older."""
    _models[model.name] = model


def unregister(name: str) -> None:
    _models.pop(name, None)


def configured_model() -> Recommender | None:
    return _models.get(settings.MATCH_MODEL)
