"""From an address to what it names, or a 404 for what one may not see (SEC-9)."""

from typing import Any

from django.http import Http404

from meals.models import Meal


def visible_meal(slug: str, visitor: Any) -> Meal:
    return _only(Meal.objects.visible_to(visitor), slug)


def own_meal(slug: str, user: Any) -> Meal:
    return _only(Meal.objects.editable_by(user), slug)


def _only(meals: Any, slug: str) -> Meal:
    found: Meal | None = meals.filter(slug=slug).select_related("creator__profile__photo", "cover").first()
    if found is None:
        raise Http404
    return found
