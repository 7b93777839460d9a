"""How a code is doing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from fitfoodie.common.money import ZERO
from orders.models import PromoCode

DAYS = 30


@dataclass(frozen=True)
class DayOfUses:
    day: date
    used: int
    saved: Decimal


@dataclass(frozen=True)
class CodeUses:
    """Orders for trying out are not in it."""

    used: int
    given_back: int
    left: int | None
    saved: Decimal
    days: tuple[DayOfUses, ...]


def uses_of(promo: PromoCode, *, now: datetime) -> CodeUses:
    """Two queries. Days are those of UTC, of the last DAYS."""
    rows = promo.redemptions.filter(order__is_test=False)
    sums = rows.aggregate(
        used=Count("pk", filter=Q(released_at=None)), given_back=Count("pk", filter=Q(released_at__isnull=False))
    )
    recent = rows.filter(released_at=None, redeemed_at__gte=now - timedelta(days=DAYS))
    by_day = recent.annotate(day=TruncDate("redeemed_at")).values("day").order_by("day")
    days = tuple(DayOfUses(**row) for row in by_day.annotate(used=Count("pk"), saved=Sum("amount", default=ZERO)))
    return CodeUses(**sums, left=promo.left, saved=promo.spent, days=days)
