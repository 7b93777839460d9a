from meals.models.food import Food, FoodPortion
from meals.models.imports import MealImport
from meals.models.ingredient import IngredientLine
from meals.models.meal import Meal, MealRevision, Step, Tag
from meals.models.photo import MealPhoto
from meals.models.review import Review, SavedMeal

__all__ = [
    "Food",
    "FoodPortion",
    "IngredientLine",
    "Meal",
    "MealImport",
    "MealPhoto",
    "MealRevision",
    "Review",
    "SavedMeal",
    "Step",
    "Tag",
]
