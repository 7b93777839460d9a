"""Bringing recipes in: one page with every way, and for each import what was not understood."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from meals import services
from meals.forms import ImportForm
from meals.models import MealImport
from meals.views.amounts import UNKNOWN_WORDS
from meals.views.requests import MemberRequest

_LATEST = 20
_MISSING_WORDS = {
    "ingredients": gettext_lazy("the ingredients"),
    "steps": gettext_lazy("the steps"),
    "servings": gettext_lazy("how many servings it makes"),
    "minutes": gettext_lazy("how long it takes"),
}


@login_required
def import_new(request: MemberRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid():
        try:
            return _carry_out(request, form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    latest = MealImport.objects.filter(owner=request.user, meal__isnull=False).select_related("meal").order_by("-pk")
    status = 422 if form.is_bound else 200
    return render(request, "meals/import_new.html", {"form": form, "latest": latest[:_LATEST]}, status=status)


def _carry_out(request: MemberRequest, given: dict[str, Any]) -> HttpResponse:
    if given["file"]:
        return _from_file(request, given["file"])
    now = timezone.now()
    if given["url"]:
        imported = services.import_from_url(owner=request.user, url=given["url"], now=now)
    elif given["html"]:
        imported = services.import_from_html(owner=request.user, page=given["html"], now=now)
    else:
        return _many(request, services.import_export(owner=request.user, document=given["json_ld"], now=now))
    return _many(request, [imported])


def _from_file(request: MemberRequest, file: Any) -> HttpResponse:
    if file.name.lower().endswith(".jsonl"):
        return redirect(services.start_file_import(owner=request.user, file=file))
    try:
        document = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError(_("This file is not text in UTF-8."), field="file") from None
    try:
        return _many(request, services.import_export(owner=request.user, document=document, now=timezone.now()))
    except DomainError as error:
        raise DomainError(error.message, code=error.code, field="file") from error


def _many(request: MemberRequest, imported: list[Any]) -> HttpResponse:
    new = [one for one in imported if one.is_new]
    if len(imported) == 1:
        if not new:
            messages.info(request, _("You brought this recipe in before. Here it is."))
        return redirect("meals:import-detail", pk=imported[0].row.pk)
    messages.success(request, ngettext("%d draft made.", "%d drafts made.", len(new)) % len(new))
    return redirect("meals:mine")


@require_safe
@login_required
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The preview: what was read, and what was not. Nothing is public until the creator publishes it (REC-4)."""
    row = get_object_or_404(MealImport.objects.select_related("meal"), pk=pk, owner=request.user, meal__isnull=False)
    unread = [
        {"text": problem["text"], "why": UNKNOWN_WORDS.get(problem["code"], problem["code"])}
        for problem in row.problems
        if problem["field"] == "ingredients" and problem["text"]
    ]
    missing = [_MISSING_WORDS[problem["field"]] for problem in row.problems if problem["code"] == "missing"]
    context = {
        "row": row,
        "meal": row.meal,
        "lines": list(row.meal.ingredients.all()) if row.meal else [],
        "steps": list(row.meal.steps.all()) if row.meal else [],
        "unread": unread,
        "missing": missing,
    }
    return render(request, "meals/import_detail.html", context)


@require_POST
@login_required
def import_discard(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(MealImport, pk=pk, owner=request.user, meal__isnull=False)
    services.delete_meal(meal_id=row.meal_id or 0, actor=request.user, now=timezone.now())
    messages.success(request, _("Thrown away. The page it came from is not affected."))
    return redirect("meals:import")
