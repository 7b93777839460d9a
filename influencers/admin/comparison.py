"""Creators side by side: a period against the one before, and the days that stand out (F44)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from influencers.models import CreatorPage
from influencers.selectors.insights import Column, Report, last_days, report

DAYS = 28
# Each costs its own look at every source: enough for a comparison, no load for the database (ANA-9).
MOST = 20


@admin.action(description=_("Compare the last 28 days with the 28 before"), permissions=["view"])
def compare(modeladmin: Any, request: HttpRequest, queryset: "QuerySet[CreatorPage]") -> HttpResponse:
    """Staff read in their own zone; what comes from fewer than five people is hidden from them too (ANA-4)."""
    now = timezone.now()
    zone = request.user.preferences.time_zone  # type: ignore[union-attr]  # nobody without an account gets here
    span = last_days(DAYS, zone=zone, now=now)
    pages = list(queryset.select_related("user")[:MOST])
    found = [(page.user, report(page.user, span, now=now)) for page in pages]
    context = modeladmin.admin_site.each_context(request) | {
        "title": _("Creators side by side"),
        "opts": modeladmin.model._meta,
        "columns": [column.label for column in found[0][1].columns] if found else [],
        "rows": [{"creator": creator, "cells": [_cell(c) for c in one.columns]} for creator, one in found],
        "outliers": [line for creator, one in found for line in _outliers(creator, one)],
        "span": span,
        "as_of": now,
    }
    return render(request, "influencers/admin_comparison.html", context)


def _cell(column: Column) -> dict[str, Any]:
    percent = None if column.change is None else int(column.change * 100)
    return {"text": column.total.text, "unit": column.unit, "before": column.before.text, "percent": percent}


def _outliers(creator: Any, found: Report) -> list[dict[str, Any]]:
    return [
        {"creator": creator, "label": column.label, "day": point.day, "value": point.shown.text, "unit": column.unit}
        for column in found.columns
        for point in column.days
        if point.is_outlier
    ]
