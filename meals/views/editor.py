"""Writing and changing a meal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fitfoodie.common.errors import DomainError, StaleVersionError
from meals import services
from meals.content import BLANK
from meals.forms import MealForm
from meals.models import Meal
from meals.validators import MAX_INGREDIENTS, MAX_LINE, clean_line
from meals.views.amounts import UNKNOWN_WORDS
from meals.views.differences import differences
from meals.views.lookup import own_meal
from meals.views.photos import photo_rows
from meals.views.requests import MemberRequest
from meals.views.studio import moves_of, publishing


@login_required
def meal_new(request: MemberRequest) -> HttpResponse:
    initial = MealForm.initial_of(BLANK, 0) | {"servings": 2, "language": request.user.preferences.language}
    form = MealForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        meal = services.create_meal(creator=request.user, content=form.cleaned_data["content"], now=timezone.now())
        return _after_save(request, meal)
    return _page(request, None, form)


@login_required
def meal_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """On a conflict the form comes back as typed, beside what the other save says (REC-9)."""
    meal = own_meal(slug, request.user)
    stored = services.content_of(meal)
    form = MealForm(request.POST or None, initial=MealForm.initial_of(stored, meal.version))
    if request.method != "POST" or not form.is_valid():
        return _page(request, meal, form)
    try:
        saved = services.edit_meal(
            meal_id=meal.pk,
            editor=request.user,
            content=form.cleaned_data["content"],
            expected_version=form.cleaned_data["version"] or 0,
            now=timezone.now(),
        )
    except StaleVersionError as error:
        return _conflict(request, meal, form, error)
    return _after_save(request, saved)


def _after_save(request: MemberRequest, meal: Meal) -> HttpResponse:
    """Save alone, or save and publish; a refused publish leaves the saved draft and says why."""
    if request.POST.get("then") == "publish":
        try:
            services.publish_meal(meal_id=meal.pk, actor=request.user, now=timezone.now())
        except DomainError as error:
            messages.success(request, _("Saved."))
            messages.error(request, error.message)
            return redirect("meals:edit", slug=meal.slug)
        messages.success(request, _("Published. Everyone it is for can see it now."))
        return redirect(meal)
    messages.success(request, _("Saved."))
    if request.POST.get("then") == "look":
        return redirect(meal)
    return redirect("meals:edit", slug=meal.slug)


def _page(request: MemberRequest, meal: Meal | None, form: MealForm, **more: Any) -> HttpResponse:
    context = {
        "meal": meal,
        "form": form,
        "photos": photo_rows(meal) if meal else [],
        "moves": moves_of(meal) if meal else set(),
        "understood": understood(form["ingredients"].value() or ""),
        **publishing(request),
    }
    status = more.get("status", 422 if form.errors else 200)
    return render(request, "meals/meal_edit.html", context | more, status=status)


def _conflict(request: MemberRequest, meal: Meal, form: MealForm, error: StaleVersionError) -> HttpResponse:
    """What was typed stays in the form, now over the version that was stored meanwhile."""
    typed = request.POST.copy()
    typed["version"] = str(error.current)
    again = MealForm(typed)
    again.is_valid()
    stored = services.content_of(Meal.objects.get(pk=meal.pk)).to_json()
    conflict = differences(stored, form.cleaned_data["content"].over(BLANK).to_json())
    return _page(request, meal, again, conflict=conflict, status=error.status)


@require_POST
@login_required
def lines_understood(request: MemberRequest) -> HttpResponse:
    """For the editor: what is understood of the lines as they are typed."""
    return render(request, "meals/_understood.html", {"understood": understood(request.POST.get("ingredients", ""))})


def understood(text: str) -> dict[str, Any]:
    lines = [clean_line(line)[:MAX_LINE] for line in text.splitlines()][:MAX_INGREDIENTS]
    read = services.read_lines([line for line in lines if line])
    rows = [_row(line.resolved) for line in read]
    counted = [row for row in rows if row["is_food"]]
    known = sum(not row["unknown"] for row in counted)
    return {"rows": rows, "known": known, "total": len(counted)}


def _row(line: Any) -> dict[str, Any]:
    reason = services.unknown_reason(line)
    return {
        "text": line.parsed.text,
        "food": line.food.name if line.food else "",
        "grams": line.weight.grams,
        "is_food": line.parsed.is_ingredient,
        "unknown": UNKNOWN_WORDS.get(reason, reason) if reason else "",
    }
