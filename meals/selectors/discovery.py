"""Finding meals: what a visitor sees of what they asked for, and what is kept from them and why."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Profile
from meals.filters import RELEVANCE, MealFilters
from meals.models import Meal
from meals.querysets import MealQuerySet


@dataclass(frozen=True)
class Found:
    """`meals` are filtered and ordered; `unordered` are the same for counting."""

    filters: MealFilters
    meals: MealQuerySet
    unordered: MealQuerySet
    # Severe allergies of the visitor that were applied though nobody asked (REC-6).
    respected: frozenset[str]


def allergies_respected(visitor: Any) -> frozenset[str]:
    """The severe allergies of a person who is signed in; they apply to every list without being asked for."""
    if visitor.is_anonymous:
        return frozenset()
    profile = Profile.objects.filter(user_id=visitor.pk).only("severe_allergies").first()
    return frozenset(profile.severe_allergies) if profile else frozenset()


def find_meals(filters: MealFilters, visitor: Any, *, respected: frozenset[str] | None = None) -> Found:
    """Public meals that fit. Pass `respected` (empty to show all) when it is known already."""
    if respected is None:
        respected = allergies_respected(visitor)
    meals = _matching(filters, visitor)
    if respected:
        meals = meals.free_of(respected)
    return Found(filters=filters, meals=_ordered(meals, filters), unordered=meals, respected=respected)


def hidden_by_allergies(found: Found, visitor: Any) -> int:
    """How many would be found without the visitor's own allergies."""
    return _matching(found.filters, visitor).maybe_holding(found.respected).count() if found.respected else 0


def _matching(filters: MealFilters, visitor: Any) -> MealQuerySet:
    meals = filters.apply(Meal.objects.listed_for(visitor))
    return meals.searched(filters.q) if filters.q else meals


def _ordered(meals: MealQuerySet, filters: MealFilters) -> MealQuerySet:
    if filters.q and filters.sort.lstrip("-") == RELEVANCE:
        sign = "" if filters.sort.startswith("-") else "-"
        return meals.order_by(f"{sign}search_rank", "-pk")
    return meals.order_by(*filters.order_by())


def loosened(found: Found, visitor: Any) -> list[tuple[str, str, int]]:
    """For an empty answer: (name, value, count) of each filter whose removal brings meals, the most first."""
    offers = []
    for name, value in found.filters.active:
        without = found.filters.without(name, value)
        count = find_meals(without, visitor, respected=found.respected).unordered.count()
        if count:
            offers.append((name, value, count))
    return sorted(offers, key=lambda offer: -offer[2])
