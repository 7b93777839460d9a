"""From the lines as written to foods, grams, nutrition and traits."""

from collections.abc import Sequence

from django.db import transaction

from meals.models import IngredientLine, Meal
from meals.services.locking import locked_meal


@transaction.atomic
def recompute_meal(*, meal_id: int) -> Meal:
    """Read every line again and derive what follows from it; the text, the version and the history stay.

    Locks the meal. Raises Meal.DoesNotExist.
    """
    meal = locked_meal(meal_id)
    rows = [(line.section, line.text) for line in meal.ingredients.all()]
    _replace(meal, rows)
    derive(meal)
    return meal


def write_ingredients(meal: Meal, texts: Sequence[str]) -> None:
    """Replace the lines of the meal by these texts; headings become the section of what follows."""
    rows: list[tuple[str, str]] = []
    section = ""
    for text in texts:
        if text.endswith((":", "：")):
            section = text[:-1].strip()
        else:
            rows.append((section, text))
    _replace(meal, rows)


def _replace(meal: Meal, rows: Sequence[tuple[str, str]]) -> None:
    meal.ingredients.all().delete()
    IngredientLine.objects.bulk_create(
        IngredientLine(meal=meal, position=position, section=section, text=text)
        for position, (section, text) in enumerate(rows, 1)
    )


def derive(meal: Meal) -> None:
    """Nutrition and traits of the lines as they are stored now."""
