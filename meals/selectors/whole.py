"""Figures of a whole recipe, for those that do not say how many they serve."""

from meals.enums import NutritionSource
from meals.ingredients.match import shipped_matcher
from meals.ingredients.nutrition import Nutrition, nutrition_of
from meals.ingredients.resolve import resolve_all
from meals.models import Meal


def is_told_whole(meal: Meal) -> bool:
    """Whether only the whole can be told: nothing by hand, and no servings to divide by."""
    return meal.servings is None and meal.nutrition_source == NutritionSource.COMPUTED


def whole_recipe(meal: Meal) -> Nutrition:
    """Sums over all lines, as if one serving were the whole. Reads the lines as written: no query beyond theirs."""
    return nutrition_of(resolve_all((line.text for line in meal.ingredients.all()), shipped_matcher()), 1)
