"""What a creator's work came to: a period against the one before, as a page and as a file."""

import csv
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from influencers import rules
from influencers.selectors.insights import Column, Report, last_days, report
from influencers.views.studio_frame import studio_tabs
from meals.views.requests import MemberRequest

PERIODS = (7, 28, 90)
USUAL = 28
CHARTS = ("reach", "followers", "earnings")


@require_safe
@login_required
def insights(request: MemberRequest) -> HttpResponse:
    if not rules.is_creator(request.user):
        return render(
            request, "influencers/insights.html", {"is_creator": False, "tabs": studio_tabs(request)}, status=403
        )
    days, found = _read(request)
    context = {
        "is_creator": True,
        "report": found,
        "days": days,
        "tabs": studio_tabs(request),
        "periods": _periods(days),
        "columns": found.columns,
        "charts": [_chart(column) for column in found.columns if column.name in CHARTS],
        "outliers": _outliers(found),
        "rows": [
            {"item": item, "cells": [item.cells[name] for name, _l in found.item_columns]} for item in found.items
        ],
    }
    return render(request, "influencers/insights.html", context)


@require_safe
@login_required
def insights_csv(request: MemberRequest) -> HttpResponse:
    """The table by day, as on the page: what is hidden there is hidden here."""
    days, found = _read(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fitfoodie-insights-{days}-days.csv"'
    rows = csv.writer(response)
    rows.writerow([_("Day (%(zone)s)") % {"zone": found.span.zone.key}, *(column.label for column in found.columns)])
    for number, point in enumerate(found.columns[0].days):
        rows.writerow([point.day.isoformat(), *(column.days[number].shown.text for column in found.columns)])
    return response


def _read(request: MemberRequest) -> tuple[int, Report]:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(number) for number in PERIODS} else USUAL
    now = timezone.now()
    span = last_days(days, zone=request.user.preferences.time_zone, now=now)
    return days, report(request.user, span, now=now)


def _periods(days: int) -> list[dict[str, Any]]:
    base = reverse("influencers:insights")
    return [
        {"label": _("%(count)d days") % {"count": number}, "url": f"{base}?days={number}", "current": number == days}
        for number in PERIODS
    ]


def _chart(column: Column) -> dict[str, Any]:
    """Hidden days are gaps: a line through them would say what the cells do not."""
    points = [(date_format(point.day, "j M"), point.shown.value) for point in column.days]
    return {"title": column.label, "unit": column.unit, "points": points}


def _outliers(found: Report) -> list[dict[str, Any]]:
    return [
        {"label": column.label, "day": point.day, "value": point.shown.text, "unit": column.unit}
        for column in found.columns
        for point in column.days
        if point.is_outlier
    ]
