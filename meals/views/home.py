from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fitfoodie.common.dietary import Diet
from meals import selectors
from meals.enums import MealStatus
from meals.filters import MealFilters
from meals.models import Meal
from meals.views.cards import cards, discover_url, person


def home(request: HttpRequest) -> HttpResponse:
    rails = [
        {"title": rail.title, "url": discover_url(rail.query), "meals": cards(rail.meals)}
        for rail in selectors.home_rails(request.user)
    ]
    creators = [person(creator) | {"meal_count": count} for creator, count in selectors.leading_creators(request.user)]
    context = {"rails": rails, "creators": creators, "shortcuts": _shortcuts(), **_own(request)}
    return render(request, "common/home.html", context)


def _own(request: HttpRequest) -> dict[str, Any]:
    """For those who are signed in: what they kept and what they began."""
    user = request.user
    if user.is_anonymous:
        return {"saved": [], "drafts": []}
    drafts = Meal.objects.editable_by(user).filter(status=MealStatus.DRAFT).order_by("-updated_at")
    return {"saved": cards(selectors.saved_by(user).for_cards()[:4]), "drafts": list(drafts[:3])}


def _shortcuts() -> list[dict[str, str]]:
    wanted = [
        (_("Under 500 kcal"), MealFilters(max_calories=Decimal(500))),
        (_("25 g protein and more"), MealFilters(min_protein=Decimal(25))),
        (_("Ready in 20 minutes"), MealFilters(max_minutes=20)),
        *((str(diet.label), MealFilters(diet=(diet.value,))) for diet in (Diet.VEGAN, Diet.GLUTEN_FREE)),
    ]
    return [{"label": label, "url": discover_url(filters.to_query())} for label, filters in wanted]
