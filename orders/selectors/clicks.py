"""Clicks of a link by day: counts, never people (ANA-4)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from orders.enums import ClickKind
from orders.models import AffiliateLink, Click, Commission

DAYS = 30


def days_of(*, link: AffiliateLink, now: datetime) -> list[dict[str, Any]]:
    """The last thirty days, newest first, those without anything left out: people, machines, orders. Two questions."""
    since = now - timedelta(days=DAYS)
    clicks = Click.objects.filter(link=link, clicked_at__gte=since).annotate(day=TruncDate("clicked_at"))
    people = Count("pk", filter=Q(kind=ClickKind.PERSON))
    counted: Any = clicks.values("day").annotate(people=people, all=Count("pk")).order_by()
    earned = Commission.objects.filter(link=link, earned_at__gte=since).annotate(day=TruncDate("earned_at"))
    ordered: Any = earned.values("day").annotate(orders=Count("order", distinct=True)).order_by()
    days: dict[date, dict[str, Any]] = {}
    for row in counted:
        days[row["day"]] = {"people": row["people"], "machines": row["all"] - row["people"], "orders": 0}
    for row in ordered:
        days.setdefault(row["day"], {"people": 0, "machines": 0})["orders"] = row["orders"]
    return [{"day": day, **days[day]} for day in sorted(days, reverse=True)]
