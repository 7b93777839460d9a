"""Meals and people in the form the components draw."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.selectors import public_avatar_of
from fitfoodie.common.dietary import Diet
from meals.models import Meal


def person(user: User) -> dict[str, Any]:
    profile = getattr(user, "profile", None)
    return {
        "name": user.name,
        "handle": user.handle,
        "url": user.get_absolute_url(),
        "avatar": public_avatar_of(user) or "",
        "verified": bool(profile and profile.is_verified),
    }


_IMPLIED: dict[str, frozenset[str]] = {
    Diet.VEGAN: frozenset({Diet.VEGETARIAN, Diet.PESCATARIAN, Diet.DAIRY_FREE, Diet.EGG_FREE}),
    Diet.VEGETARIAN: frozenset({Diet.PESCATARIAN}),
}


def telling_diets(meal: Meal) -> list[Diet]:
    """Those that say something: what is vegan need not be called vegetarian as well."""
    implied = frozenset().union(*(_IMPLIED.get(diet, frozenset()) for diet in meal.diets))
    return [diet for diet in Diet if diet.value in meal.diets and diet.value not in implied]


def cover(meal: Meal) -> dict[str, Any]:
    """The photo with its sizes, or the address of the drawn plate."""
    picture = meal.cover.picture if meal.cover else None
    if picture is None:
        return {"cover_alt": "", "cover_svg_url": f"{reverse('meals:cover', args=[meal.slug])}?v={meal.version}"}
    return {"cover_alt": picture["alt"], "cover_url": picture["url"], "cover_sources": picture["sources"]}


def figure(meal: Meal, value: Decimal | None) -> Decimal | None:
    """A lower bound of nothing says nothing: it is shown as unknown, never as a zero (REC-2)."""
    return None if value is not None and value < 1 and not meal.has_complete_nutrition else value


def card(meal: Meal) -> dict[str, Any]:
    return {
        "title": meal.title,
        "url": meal.get_absolute_url(),
        "creator": person(meal.creator),
        "calories": figure(meal, meal.calories),
        "protein": figure(meal, meal.protein_g),
        "minutes": meal.minutes,
        "rating_average": meal.rating_average,
        "rating_count": meal.rating_count,
        "price": meal.price if meal.is_orderable else None,
        "slug": meal.slug,
        "incomplete": not meal.has_complete_nutrition,
        "diets": [diet.label for diet in telling_diets(meal)],
        **cover(meal),
    }


def cards(meals: Iterable[Meal]) -> list[dict[str, Any]]:
    return [card(meal) for meal in meals]


def discover_url(query: str) -> str:
    return reverse("meals:discover") + (f"?{query}" if query else "")
