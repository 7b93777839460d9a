"""What a creator's work came to, for apps."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.errors import NotAllowedError
from influencers import rules
from influencers.api.lookup import member
from influencers.insight_sources import Span
from influencers.selectors.insights import LEAST_PEOPLE, MAX_DAYS, Column, Report, Shown, last_days, report

USUAL = 28


class NumberSerializer(serializers.Serializer[Any]):
    """`value` is null where it comes from fewer than five people; `hidden` says so."""

    value = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    hidden = serializers.BooleanField()


class InsightDaySerializer(NumberSerializer):
    day = serializers.DateField()
    outlier = serializers.BooleanField()


class InsightColumnSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF keeps fields apart by metaclass
    unit = serializers.CharField(allow_blank=True, help_text="ISO 4217 code of money; empty for counts.")
    total = NumberSerializer()
    before = NumberSerializer()
    change = serializers.FloatField(allow_null=True, help_text="0.25: a quarter more than before. Null: unknown.")
    days = InsightDaySerializer(many=True)


class InsightItemSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    key = serializers.CharField(help_text="The slug of a meal, the id of a post.")
    title = serializers.CharField()
    numbers = serializers.DictField(child=NumberSerializer())


class InsightsSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    time_zone = serializers.CharField(help_text="Whose days these are.")
    as_of = serializers.DateTimeField()
    least_people = serializers.IntegerField(help_text="Numbers from fewer people are hidden.")
    columns = InsightColumnSerializer(many=True)
    items = InsightItemSerializer(many=True)


class InsightsView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"from", "to"})

    @extend_schema(
        operation_id="insights_read",
        summary="What one's work came to",
        description="Of the caller's own meals and posts, held against as many days before. Days are those of the "
        "caller's time zone. Staff, bots and the creator are not counted; numbers of fewer than five people are null.",
        parameters=[
            query("from", "First day; 28 days before `to` without it.", {"type": "string", "format": "date"}),
            query("to", "Last day, included; today without it.", {"type": "string", "format": "date"}),
        ],
        responses=InsightsSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        creator = member(request)
        if not rules.is_creator(creator):
            raise NotAllowedError("Insights are for creators.", code="creator_only")
        found = report(creator, _span(request, creator.preferences.time_zone), now=timezone.now())
        return conditional(request, JsonAnswer(_body(found)))


def _span(request: Request, zone: str) -> Span:
    today = last_days(1, zone=zone, now=timezone.now()).last
    last = _day(request, "to") or today
    first = _day(request, "from") or last - timedelta(days=USUAL - 1)
    if not timedelta(0) <= last - first < timedelta(days=MAX_DAYS) or last > today:
        said = f"Choose at most {MAX_DAYS} days, the first not after the last, none to come."
        raise ProblemError(invalid([FieldError("?from", "out_of_range", said)]))
    return Span(first, last, ZoneInfo(zone))


def _day(request: Request, name: str) -> date | None:
    given = request.GET.get(name)
    if given is None:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        raise ProblemError(invalid([FieldError(f"?{name}", "invalid", "Give a day as 2026-05-04.")])) from None
    if found.year < 2000:
        raise ProblemError(invalid([FieldError(f"?{name}", "out_of_range", "Give a day of this century.")]))
    return found


def _body(found: Report) -> dict[str, Any]:
    return {
        "first": found.span.first,
        "last": found.span.last,
        "time_zone": found.span.zone.key,
        "as_of": found.as_of,
        "least_people": LEAST_PEOPLE,
        "columns": [_column(column) for column in found.columns],
        "items": [
            {
                "kind": item.kind,
                "key": item.edit_key,
                "title": item.title,
                "numbers": {name: _number(cell) for name, cell in item.cells.items()},
            }
            for item in found.items
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": str(column.label),
        "unit": column.unit,
        "total": _number(column.total),
        "before": _number(column.before),
        "change": None if column.change is None else float(column.change),
        "days": [{"day": point.day, "outlier": point.is_outlier, **_number(point.shown)} for point in column.days],
    }


def _number(cell: Shown) -> dict[str, Any]:
    return {"value": None if cell.value is None else f"{cell.value:f}", "hidden": cell.is_hidden}
