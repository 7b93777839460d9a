from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fitfoodie.common import visits
from fitfoodie.common.dietary import Allergen
from meals import rules, selectors
from meals.models import Meal, Review
from meals.structured_data import recipe_of
from meals.views import amounts
from meals.views.cards import cards, cover, discover_url, figure, person, telling_diets
from meals.views.differences import history_of, public_history_of
from meals.views.requests import PageRequest


@require_safe
def meal_detail(request: PageRequest, slug: str) -> HttpResponse:
    """The meal; with htmx and a changed serving only its ingredients."""
    meal = _meal(request, slug)
    serving = amounts.serving_of(request, meal)
    context = {
        "meal": meal,
        "serving": serving,
        "sections": amounts.shown_sections(meal.ingredients.all(), serving),
        "choices": amounts.choices(meal, serving),
    }
    if request.htmx and request.htmx.target == "ingredients":
        return render(request, "meals/_ingredients.html", context)
    visits.shows(request, meal)
    context |= _facts(meal) | _reviews(request, meal)
    context |= {
        "similar": cards(selectors.similar_meals(meal, request.user)),
        "is_mine": rules.may_edit(request.user, meal),
        "is_saved": getattr(meal, "is_saved", False),
        "structured": recipe_of(meal, base_url=settings.SITE_URL),
        "share_url": settings.SITE_URL.rstrip("/") + meal.get_absolute_url(),
        "dangers": _dangers(request, meal),
    }
    return render(request, "meals/meal_detail.html", context)


@require_safe
def meal_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Ingredients and steps on paper, in the servings and units of the page it came from."""
    meal = _meal(request, slug)
    serving = amounts.serving_of(request, meal)
    sections = amounts.shown_sections(meal.ingredients.all(), serving)
    context = {"meal": meal, "serving": serving, "sections": sections, "creator": person(meal.creator)}
    return render(request, "meals/meal_print.html", context)


@require_safe
def meal_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed since it was first published; earlier drafts are the creator's alone."""
    meal = _meal(request, slug)
    history = history_of(meal) if rules.may_edit(request.user, meal) else public_history_of(meal)
    context = {"meal": meal, "history": history, "creator": person(meal.creator)}
    return render(request, "meals/meal_history.html", context)


def _meal(request: HttpRequest, slug: str) -> Meal:
    try:
        return selectors.meal_for_page(slug, request.user)
    except Meal.DoesNotExist:
        raise Http404 from None


def _facts(meal: Meal) -> dict[str, Any]:
    return {
        "creator": person(meal.creator),
        "cover": cover(meal),
        "calories": figure(meal, meal.calories),
        "protein": figure(meal, meal.protein_g),
        "diets": [{"label": diet.label, "url": discover_url(f"diet={diet.value}")} for diet in telling_diets(meal)],
        "allergens": [allergen.label for allergen in Allergen if allergen.value in meal.allergens],
        "tags": [{"label": tag.name, "url": discover_url(f"tag={tag.slug}")} for tag in meal.tags.all()],
        "whole": selectors.whole_recipe(meal) if selectors.is_told_whole(meal) else None,
        "unknown_count": meal.ingredients_total - meal.ingredients_known,
        "unknown_lines": [line for line in meal.ingredients.all() if line.unknown_reason],
    }


def _reviews(request: HttpRequest, meal: Meal) -> dict[str, Any]:
    reviews: list[Review] = meal.shown_reviews  # type: ignore[attr-defined]  # prefetched under this name
    return {
        "reviews": [{"review": review, "author": person(review.author)} for review in reviews],
        "my_review": next((review for review in reviews if review.author_id == request.user.pk), None),
        "can_review": rules.may_review(request.user, meal) and meal.published_at is not None,
    }


def _dangers(request: HttpRequest, meal: Meal) -> dict[str, Any]:
    """For a person with severe allergies: what of them is in it, or that we cannot tell (REC-6)."""
    severe = selectors.allergies_respected(request.user)
    return {
        "holds": [one.label for one in Allergen if one.value in severe & meal.allergens],
        "is_unknown": bool(severe) and not meal.has_complete_traits,
        "severe": [one.label for one in Allergen if one.value in severe],
    }
