"""What the kitchen's screen shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meals.enums import MealStatus
from meals.models import Meal
from orders.enums import OrderStatus
from orders.models import DailyPortions, Kitchen, KitchenCreator, Order

MAX_CARDS = 60
MAX_MEALS = 200

_COLUMNS: tuple[tuple[str | Promise, tuple[OrderStatus, ...]], ...] = (
    (_("New"), (OrderStatus.PAID,)),
    (_("Accepted"), (OrderStatus.ACCEPTED,)),
    (_("Being prepared"), (OrderStatus.PREPARING,)),
    (_("Ready"), (OrderStatus.READY,)),
    (_("On the way"), (OrderStatus.OUT_FOR_DELIVERY, OrderStatus.PICKED_UP)),
)
OPEN = [status for _label, statuses in _COLUMNS for status in statuses]


@dataclass(frozen=True)
class Column:
    label: str | Promise
    orders: list[Order]


def board_of(kitchen: Kitchen) -> list[Column]:
    """Open orders by how far they are, the next to be handed over first. Two queries."""
    orders = Order.objects.filter(kitchen=kitchen, status__in=OPEN).prefetch_related("lines")
    found = list(orders.order_by("slot_starts_at", "pk")[:MAX_CARDS])
    return [Column(label, [order for order in found if order.status in statuses]) for label, statuses in _COLUMNS]


def meals_of(kitchen: Kitchen) -> "QuerySet[Meal]":
    """What this kitchen cooks and can be ordered."""
    meals = Meal.objects.filter(status=MealStatus.PUBLISHED, price__isnull=False)
    named = KitchenCreator.objects.filter(kitchen=kitchen).values("creator_id")
    if not kitchen.is_default:
        return meals.filter(creator_id__in=named)
    return meals.exclude(creator_id__in=KitchenCreator.objects.exclude(kitchen=kitchen).values("creator_id"))


@dataclass(frozen=True)
class PortionLine:
    meal: Meal
    row: DailyPortions | None

    @property
    def sold(self) -> int:
        return self.row.taken if self.row else 0

    @property
    def planned(self) -> int | None:
        return self.row.planned if self.row else self.meal.portions_per_day

    @property
    def over_by(self) -> int:
        return self.row.over_by if self.row else 0


def portions_of(kitchen: Kitchen, day: date) -> list[PortionLine]:
    """Those that are limited first. Two queries."""
    meals = list(meals_of(kitchen).order_by(F("portions_per_day").asc(nulls_last=True), "title", "pk")[:MAX_MEALS])
    rows = {row.meal_id: row for row in DailyPortions.objects.filter(day=day, meal__in=meals)}
    return [PortionLine(meal, rows.get(meal.pk)) for meal in meals]
