"""Actions, matches and impressions in the back office: looked at, never changed. And how even the deck is (MAT-12)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSingleDateWidget

from fitfoodie.common.backoffice import BigTableAdmin, ReadOnlyAdmin
from matching.models import Impression, Match, MatchAction
from matching.selectors.fairness import fairness_of

MOST_DAYS = 92
USUAL_DAYS = 14


@admin.register(MatchAction)
class MatchActionAdmin(BigTableAdmin):
    list_display = ["actor", "verb", "target", "acted_at", "undone_at", "returns_at"]
    list_filter = ["verb", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["actor", "target"]
    search_fields = ["actor__handle__iexact", "target__handle__iexact"]
    search_help_text = gettext_lazy("Handle of either")
    date_hierarchy = "acted_at"
    ordering = ["-id"]


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    list_display = ["low", "high", "matched_at", "ended_at", "ended_by"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["low", "high", "ended_by"]
    search_fields = ["low__handle__iexact", "high__handle__iexact", "=public_id"]
    search_help_text = gettext_lazy("Handle of either, id")
    date_hierarchy = "matched_at"
    ordering = ["-id"]


class RangeForm(forms.Form):
    """Both days count. At most three months, so that no page reads the whole log."""

    first = forms.DateField(label=gettext_lazy("From"), widget=UnfoldAdminSingleDateWidget)
    last = forms.DateField(label=gettext_lazy("To"), widget=UnfoldAdminSingleDateWidget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            raise forms.ValidationError(_("Choose a range of at most %(days)d days.") % {"days": MOST_DAYS})
        return cleaned


@admin.register(Impression)
class ImpressionAdmin(BigTableAdmin):
    """The biggest table of the deck: nothing here counts it, and the pager has no last page."""

    list_display = ["shown_at", "viewer", "candidate", "position", "score", "model", "is_fallback"]
    list_filter = ["is_fallback"]
    list_select_related = ["viewer", "candidate"]
    search_fields = ["viewer__handle__iexact", "candidate__handle__iexact", "=model"]
    search_help_text = gettext_lazy("Handle of either, version of the model")
    date_hierarchy = "day"
    ordering = ["-id"]
    actions_list = ["fairness"]

    @action(description=gettext_lazy("How even the deck is"), url_path="fairness", icon="balance")
    def fairness(self, request: HttpRequest) -> HttpResponse:
        first, last, form = _range(request)
        found = fairness_of(first, last)
        context = self.admin_site.each_context(request) | {
            "title": _("How even the deck is"),
            "opts": self.opts,
            "form": form,
            "first": first,
            "last": last,
            "found": found,
            "tenths": [(str(place), share) for place, share in enumerate(found.tenths, start=1)],
            "at_cap": [(date_format(day, "j M"), count) for day, count in found.at_cap],
        }
        return render(request, "matching/admin_fairness.html", context)


def _range(request: HttpRequest) -> tuple[date, date, RangeForm]:
    """What was asked for, else the last two weeks."""
    today = timezone.now().date()
    usual = {"first": today - timedelta(days=USUAL_DAYS - 1), "last": today}
    form = RangeForm(request.GET if "first" in request.GET else None, initial=usual)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else usual
    return chosen["first"], chosen["last"], form
