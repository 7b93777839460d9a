import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meals import selectors, services
from meals.models import Meal
from meals.views.cards import cards
from meals.views.lookup import visible_meal
from meals.views.paging import page_of
from meals.views.requests import MemberRequest


@require_safe
@login_required
def saved_meals(request: MemberRequest) -> HttpResponse:
    page = page_of(request, selectors.saved_by(request.user).for_cards(), now=timezone.now())
    template = "meals/_meal_cards.html" if request.htmx and page.number > 1 else "meals/meal_saved.html"
    return render(request, template, {"meals": cards(page.items), "page": page})


@require_POST
@login_required
def save(request: MemberRequest, slug: str) -> HttpResponse:
    meal = visible_meal(slug, request.user)
    services.save_meal(meal_id=meal.pk, user=request.user)
    return _answer(request, meal, is_saved=True)


@require_POST
@login_required
def unsave(request: MemberRequest, slug: str) -> HttpResponse:
    meal = visible_meal(slug, request.user)
    services.unsave_meal(meal_id=meal.pk, user=request.user)
    return _answer(request, meal, is_saved=False)


def _answer(request: MemberRequest, meal: Meal, *, is_saved: bool) -> HttpResponse:
    said = _("Saved. You find it under Me, Saved.") if is_saved else _("No longer saved.")
    if not request.htmx:
        messages.success(request, said)
        return redirect(meal)
    response = render(request, "meals/_save_button.html", {"meal": meal, "is_saved": is_saved})
    response["HX-Trigger"] = json.dumps({"toast": {"text": said, "level": "success"}})
    return response
