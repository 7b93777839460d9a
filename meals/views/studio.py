"""The creator's side: what one has, and the moves from state to state."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from meals import rules, services
from meals.enums import MEAL_TRANSITIONS, MealStatus
from meals.forms import ScheduleForm
from meals.models import Meal
from meals.views.cards import cover
from meals.views.differences import history_of
from meals.views.lookup import own_meal
from meals.views.requests import MemberRequest

PAGE_SIZE = 50


@require_safe
@login_required
def my_meals(request: MemberRequest) -> HttpResponse:
    """Everything one has, by state."""
    status = request.GET.get("status", "")
    mine = Meal.objects.editable_by(request.user)
    counts = dict(mine.order_by().values_list("status").annotate(count=Count("pk")))
    shown = mine.filter(status=status) if status in MealStatus.values else mine
    page = _page_number(request)
    rows = list(shown.select_related("cover").order_by("-updated_at", "-pk")[(page - 1) * PAGE_SIZE :][: PAGE_SIZE + 1])
    context = {
        "tabs": _tabs(status, counts),
        "meals": [{"meal": meal, "cover": cover(meal)} for meal in rows[:PAGE_SIZE]],
        "next_url": f"?status={status}&page={page + 1}" if len(rows) > PAGE_SIZE else "",
        "has_any": bool(counts),
        **publishing(request),
    }
    return render(request, "meals/meal_mine.html", context)


def _page_number(request: MemberRequest) -> int:
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _tabs(current: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    base = reverse("meals:mine")
    everything = {"label": _("All"), "url": base, "current": current not in MealStatus.values}
    return [everything] + [
        {
            "label": state.label,
            "url": f"{base}?status={state.value}",
            "current": current == state.value,
            "count": counts.get(state.value, 0),
        }
        for state in MealStatus
    ]


def publishing(request: MemberRequest) -> dict[str, bool]:
    """What stands between a person and publishing, for the page to say so before they try."""
    return {
        "is_creator": rules.is_creator(request.user),
        "is_verified": rules.has_verified_email(request.user),
    }


_DONE = {
    "publish": gettext_lazy("Published. Everyone it is for can see it now."),
    "unpublish": gettext_lazy("It is a draft again."),
    "archive": gettext_lazy("Archived. You find it under Archived, and can restore it."),
    "restore": gettext_lazy("Restored as a draft."),
}
MOVES: dict[str, Callable[..., Meal]] = {
    "publish": services.publish_meal,
    "unpublish": services.unpublish_meal,
    "archive": services.archive_meal,
    "restore": services.restore_meal,
}


@require_POST
@login_required
def meal_move(request: MemberRequest, slug: str, move: str) -> HttpResponse:
    """One of `MOVES`; what stands in the way is said and the meal stays as it is."""
    meal = own_meal(slug, request.user)
    try:
        MOVES[move](meal_id=meal.pk, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, str(_DONE[move]))
    return redirect("meals:detail" if move == "publish" else "meals:edit", slug=slug)


@require_POST
@login_required
def meal_delete(request: MemberRequest, slug: str) -> HttpResponse:
    meal = own_meal(slug, request.user)
    try:
        kept = services.delete_meal(meal_id=meal.pk, actor=request.user, now=timezone.now())
    except Meal.DoesNotExist:  # the other tab was quicker, and what was asked for is done
        kept = None
    messages.success(request, _("Archived: it was published once.") if kept else _("The draft is deleted."))
    return redirect("meals:mine")


@login_required
def meal_schedule(request: MemberRequest, slug: str) -> HttpResponse:
    meal = own_meal(slug, request.user)
    zone = request.user.preferences.time_zone
    form = ScheduleForm(request.POST or None, zone=zone, initial={"scheduled_for": meal.scheduled_for})
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["scheduled_for"]
        try:
            services.schedule_meal(meal_id=meal.pk, actor=request.user, at=at, now=timezone.now())
        except DomainError as error:
            form.add_error("scheduled_for" if error.field == "scheduled_for" else None, error.message)
        else:
            when = f"{at:%Y-%m-%d %H:%M}"
            messages.success(request, _("It will be published by itself on %(when)s.") % {"when": when})
            return redirect("meals:edit", slug=slug)
    context = {"meal": meal, "form": form}
    return render(request, "meals/meal_schedule.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def my_meal_history(request: MemberRequest, slug: str) -> HttpResponse:
    meal = own_meal(slug, request.user)
    return render(request, "meals/meal_history.html", {"meal": meal, "history": history_of(meal)})


@require_safe
@login_required
def export(request: MemberRequest) -> HttpResponse:
    """All of one's meals in one file that other recipe programs read, and that imports here back equal (W25)."""
    data = services.meals_as_json_ld(user=request.user)
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="fitfoodie-meals.jsonld"'
    return response


def moves_of(meal: Meal) -> set[str]:
    """Names of the buttons that make sense now."""
    legal = MEAL_TRANSITIONS[MealStatus(meal.status)]
    names = {
        MealStatus.PUBLISHED: "publish",
        MealStatus.SCHEDULED: "schedule",
        MealStatus.ARCHIVED: "archive",
        MealStatus.DRAFT: "restore" if meal.status == MealStatus.ARCHIVED else "unpublish",
    }
    return {names[state] for state in legal}
