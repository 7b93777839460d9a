"""Finding the one meal an address names."""

from typing import Any, cast

from django.http import Http404
from rest_framework.request import Request

from accounts.models import User
from meals.filters import MealFilters
from meals.models import Meal, SavedMeal
from meals.querysets import MealQuerySet
from meals.selectors import allergies_respected


def meal_id(slug: str, viewer: Any) -> int:
    """Raises Http404 for what the viewer may not see: strangers learn nothing (SEC-9)."""
    found = Meal.objects.visible_to(viewer).filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)


def documents() -> MealQuerySet:
    """With all that a document shows: six queries, however long the recipe."""
    return Meal.objects.select_related("creator__profile__photo", "cover").prefetch_related(
        "tags", "steps", "photos", "ingredients"
    )


def is_saved(meal: Meal, viewer: Any) -> bool:
    return bool(viewer.is_authenticated and SavedMeal.objects.filter(meal=meal, user_id=viewer.pk).exists())


def found_meals(filters: MealFilters, viewer: Any, *, within: MealQuerySet) -> MealQuerySet:
    """Those of `within` that fit, without an order. Severe allergies of the viewer apply unasked (REC-6).

    With words to search for, each meal carries `search_rank`.
    """
    meals = filters.apply(within)
    allergies = allergies_respected(viewer)
    if allergies:
        meals = meals.free_of(allergies)
    return meals.searched(filters.q) if filters.q else meals
