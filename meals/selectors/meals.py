"""The meals of the home page, of a meal's neighbours, of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fitfoodie.common.dietary import Diet
from meals.enums import Audience, MealStatus
from meals.filters import MealFilters
from meals.models import IngredientLine, Meal, Review, SavedMeal
from meals.querysets import MealQuerySet
from meals.selectors.discovery import allergies_respected, find_meals

RAIL_LENGTH = 8
MAX_REVIEWS = 50
QUICK_MINUTES = 20


@dataclass(frozen=True)
class Rail:
    """A row of meals of one kind, and the query of the list that has them all."""

    title: str | Promise
    query: str
    meals: Sequence[Meal]


_RAILS: tuple[tuple[str | Promise, MealFilters], ...] = (
    (_("New this week"), MealFilters()),
    (_("High in protein"), MealFilters(diet=(Diet.HIGH_PROTEIN.value,), ordering="protein")),
    (_("On the table in 20 minutes"), MealFilters(max_minutes=QUICK_MINUTES)),
    (_("Vegan"), MealFilters(diet=(Diet.VEGAN.value,))),
    (_("Best rated"), MealFilters(min_rating=None, ordering="rating")),
)


def home_rails(visitor: Any) -> list[Rail]:
    """One query a rail, only what the visitor can eat; rails with fewer than two meals are left out."""
    respected = allergies_respected(visitor)
    rails = [_rail(title, filters, visitor, respected) for title, filters in _RAILS]
    return [rail for rail in rails if len(rail.meals) > 1]


def _rail(title: str | Promise, filters: MealFilters, visitor: Any, respected: frozenset[str]) -> Rail:
    found = find_meals(filters, visitor, respected=respected).meals.for_cards()
    if filters.ordering == "rating":
        found = found.filter(rating_count__gt=0)
    return Rail(title=title, query=filters.to_query(), meals=list(found[:RAIL_LENGTH]))


def leading_creators(visitor: Any, limit: int = 6) -> list[tuple[User, int]]:
    """Creators with the most public meals, and how many."""
    is_public = Q(meals__status=MealStatus.PUBLISHED, meals__audience=Audience.EVERYONE)
    open_people = User.objects.there_for(visitor).filter(profile__is_private=False)
    people = open_people.annotate(meal_count=Count("meals", filter=is_public))
    leading = people.filter(meal_count__gt=0).select_related("profile__photo").order_by("-meal_count", "pk")[:limit]
    return [(creator, creator.meal_count) for creator in leading]  # type: ignore[attr-defined]  # annotated above


def saved_by(user: Any) -> MealQuerySet:
    """What a person kept and may still see, the last kept first."""
    return Meal.objects.visible_to(user).filter(saves__user=user).order_by("-saves__saved_at", "-saves__pk")


def similar_meals(meal: Meal, visitor: Any, limit: int = 4) -> list[Meal]:
    """Shared tags count most, then all of its diets; of equals the better liked. Never what hurts the visitor."""
    links: Any = Meal.tags.through.objects
    shared = links.filter(meal_id=OuterRef("pk"), tag_id__in=links.filter(meal_id=meal.pk).values("tag_id"))
    respected = allergies_respected(visitor)
    found = find_meals(MealFilters(), visitor, respected=respected).unordered.exclude(pk=meal.pk)
    fits = Q(Exists(shared))
    if meal.diets:
        fits |= Q(diets__has_all=meal.diets)
    counted = shared.values("meal_id").annotate(count=Count("pk")).values("count")
    likeness = F("shared_tags").desc(nulls_last=True)
    found = found.filter(fits).annotate(shared_tags=Subquery(counted))
    return list(found.for_cards().order_by(likeness, "-save_count", "-pk")[:limit])


def meal_for_page(slug: str, visitor: Any) -> Meal:
    """With everything its page shows. Raises Meal.DoesNotExist for what the visitor may not see."""
    lines = IngredientLine.objects.select_related("food")
    reviews = Review.objects.shown_to(visitor).select_related("author__profile__photo").order_by("-created_at", "-pk")
    meals = Meal.objects.visible_to(visitor).for_cards().select_related("creator__preferences")
    prefetched = meals.prefetch_related(
        "tags",
        "steps",
        "photos",
        Prefetch("ingredients", lines),
        Prefetch("reviews", reviews[:MAX_REVIEWS], to_attr="shown_reviews"),
    )
    if not visitor.is_anonymous:
        mine = SavedMeal.objects.filter(user=visitor, meal=OuterRef("pk"))
        prefetched = prefetched.annotate(is_saved=Exists(mine))
    return prefetched.get(slug=slug)
