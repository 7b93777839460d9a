"""What the affiliate program adds to a creator's insights: clicks, orders, earnings."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from influencers.insight_sources import Cell, InsightSource, Item, Span
from influencers.selectors.insight_columns import MEAL, instants
from orders.enums import ClickKind, CommissionStatus
from orders.models import Click, Commission

_CENT = Decimal("0.01")


def _within(rows: QuerySet[Any], column: str, span: Span) -> Any:
    first, after = instants(span)
    return rows.filter(**{f"{column}__gte": first, f"{column}__lt": after}).order_by()


def _clicks(creator: User, span: Span) -> Any:
    """By people, not by staff or the creator: of the visitors nothing is known but that they are told apart by day."""
    clicks = Click.objects.filter(link__creator=creator, kind=ClickKind.PERSON).exclude(person=creator)
    return _within(clicks.exclude(person__is_staff=True), "clicked_at", span)


def _earned(creator: User, span: Span) -> Any:
    """Lines that pay, not of staff and not one's own (ANA-7)."""
    rows = Commission.objects.filter(creator=creator).exclude(status=CommissionStatus.SELF_REFERRAL)
    return _within(rows.exclude(order__customer__is_staff=True), "earned_at", span)


def _clicks_by_day(creator: User, span: Span) -> dict[date, Cell]:
    days = _clicks(creator, span).annotate(on=TruncDate("clicked_at", tzinfo=span.zone)).values("on")
    rows = days.annotate(n=Count("pk"), people=Count("visitor", distinct=True)).values_list("on", "n", "people")
    return {on: Cell(Decimal(n), people) for on, n, people in rows}


def _clicks_by_meal(creator: User, span: Span) -> dict[Item, Cell]:
    items = _clicks(creator, span).filter(link__meal__creator=creator).values("link__meal_id")
    rows = items.annotate(n=Count("pk"), people=Count("visitor", distinct=True))
    return {(MEAL, row["link__meal_id"]): Cell(Decimal(row["n"]), row["people"]) for row in rows}


_ORDERS = {"n": Count("order", distinct=True), "people": Count("order__customer", distinct=True)}


def _orders_by_day(creator: User, span: Span) -> dict[date, Cell]:
    days = _earned(creator, span).annotate(on=TruncDate("earned_at", tzinfo=span.zone)).values("on")
    return {row["on"]: Cell(Decimal(row["n"]), row["people"]) for row in days.annotate(**_ORDERS)}


def _orders_in_all(creator: User, span: Span) -> Cell:
    found = _earned(creator, span).aggregate(**_ORDERS)
    return Cell(Decimal(found["n"]), found["people"])


def _orders_by_meal(creator: User, span: Span) -> dict[Item, Cell]:
    items = _earned(creator, span).filter(line__meal__creator=creator).values("line__meal_id").annotate(**_ORDERS)
    return {(MEAL, row["line__meal_id"]): Cell(Decimal(row["n"]), row["people"]) for row in items}


def _money(rows: Any, *by: str) -> list[dict[str, Any]]:
    own = rows.filter(currency=settings.DEFAULT_CURRENCY).values(*by)
    return list(own.annotate(sum=Sum(F("amount")) - Sum(F("reversed"))))


def _cell(amount: Any) -> Cell:
    """One's own money says nothing of anybody that the statement does not say line by line."""
    return Cell(Decimal(amount or 0).quantize(_CENT), None)


def _earnings_by_day(creator: User, span: Span) -> dict[date, Cell]:
    days = _earned(creator, span).annotate(on=TruncDate("earned_at", tzinfo=span.zone))
    return {row["on"]: _cell(row["sum"]) for row in _money(days, "on")}


def _earnings_by_meal(creator: User, span: Span) -> dict[Item, Cell]:
    rows = _money(_earned(creator, span).filter(line__meal__creator=creator), "line__meal_id")
    return {(MEAL, row["line__meal_id"]): _cell(row["sum"]) for row in rows}


COLUMNS: list[InsightSource] = [
    InsightSource(name="clicks", label=_("Clicks"), days=_clicks_by_day, items=_clicks_by_meal, position=80),
    InsightSource(
        name="orders",
        label=_("Orders"),
        days=_orders_by_day,
        total=_orders_in_all,
        items=_orders_by_meal,
        position=90,
    ),
    InsightSource(
        name="earnings",
        label=_("Earned, less refunds"),
        days=_earnings_by_day,
        items=_earnings_by_meal,
        unit=settings.DEFAULT_CURRENCY,
        position=100,
    ),
]
