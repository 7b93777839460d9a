"""What an order keeps of a meal: it says what was bought, whatever becomes of the recipe (REC-7)."""

from typing import Any

from meals.content import NUTRIENTS
from meals.models import Meal


def snapshot_of(meal: Meal) -> dict[str, Any]:
    """Figures as text where they are decimals. Read with `creator` and `cover`."""
    return {
        "title": meal.title,
        "slug": meal.slug,
        "url": meal.get_absolute_url(),
        "cover": dict(meal.cover.picture) if meal.cover and meal.cover.picture else None,
        "nutrition": {name: _text(getattr(meal, name)) for name in NUTRIENTS},
        "nutrition_complete": meal.has_complete_nutrition,
        "allergens": sorted(meal.allergens),
        "allergens_complete": meal.has_complete_traits,
        "creator": {"handle": meal.creator.handle, "name": meal.creator.name},
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
