"""The back office of meals: staff look, and act through services with a reason."""

from meals.admin.foods import FoodAdmin
from meals.admin.meals import ImportAdmin, MealAdmin, TagAdmin
from meals.admin.photos import PhotoAdmin
from meals.admin.reviews import ReviewAdmin

__all__ = ["FoodAdmin", "ImportAdmin", "MealAdmin", "PhotoAdmin", "ReviewAdmin", "TagAdmin"]
