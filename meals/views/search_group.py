"""Meals in the one search box: as the list of meals finds them, the viewer's severe allergies kept out (REC-6)."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fitfoodie.search import services as search
from fitfoodie.search.groups import Asked, Found, Group, Result
from fitfoodie.search.services import Hit
from meals.filters import MealFilters
from meals.models import Meal
from meals.search import MEALS
from meals.selectors import find_meals
from meals.views.cards import cover, discover_url, figure


def find(asked: Asked) -> Found:
    within = find_meals(MealFilters(), asked.viewer).unordered
    page = search.search(MEALS, asked.text, limit=asked.limit, offset=asked.offset, within=within, highlight=True)
    rows = {meal.pk: meal for meal in Meal.objects.for_cards().filter(pk__in=[hit.id for hit in page.hits])}
    results = [_result(rows[hit.id], hit) for hit in page.hits if hit.id in rows]
    return Found(results, page.has_more, page.corrected_text)


def _result(meal: Meal, hit: Hit) -> Result:
    drawn = cover(meal)
    return Result(
        id=meal.slug,
        title=meal.title,
        url=meal.get_absolute_url(),
        api_url=reverse("v1:meal", kwargs={"slug": meal.slug}),
        detail=_detail(meal),
        picture=drawn.get("cover_url") or drawn["cover_svg_url"],
        marked=hit.highlights,
    )


def _detail(meal: Meal) -> str:
    """Who cooked it, and its figures as far as they are known."""
    calories = figure(meal, meal.calories)
    parts = [
        meal.creator.name,
        f"{calories:.0f} kcal" if calories is not None else "",
        _("%(minutes)d min") % {"minutes": meal.minutes} if meal.minutes is not None else "",
    ]
    return " · ".join(filter(None, parts))


def _page(text: str) -> str:
    return discover_url(urlencode({"q": text}) if text else "")


def _api(text: str) -> str:
    return f"{reverse('v1:meals')}?{urlencode({'q': text})}"


GROUP = Group("meals", gettext_lazy("Meals"), "eat", find, look="plate", page=_page, api=_api, position=10)
