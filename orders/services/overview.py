"""A cart as its owner sees it: every line with its price or with what stands against it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meals.models import Meal
from orders.models import Cart, CartItem, DailyPortions, Slot
from orders.pricing.shapes import Quote, QuotedLine
from orders.services.allergies import Concern, concerns_of
from orders.services.availability import there_to_order, why_not
from orders.services.kitchens import local_day
from orders.services.quoting import quote_cart


@dataclass(frozen=True)
class LineView:
    """`problem` is a stable code or empty, `text` says it; `left` is how many could be had, where that is known."""

    item: CartItem
    quoted: QuotedLine
    problem: str = ""
    text: str = ""
    left: int | None = None

    @property
    def meal(self) -> Meal:
        return self.item.meal


@dataclass(frozen=True)
class CartView:
    cart: Cart
    lines: tuple[LineView, ...]
    quote: Quote
    concerns: tuple[Concern, ...]

    @property
    def is_orderable(self) -> bool:
        return bool(self.lines) and not any(line.problem for line in self.lines)

    @property
    def portions(self) -> int:
        return sum(line.item.quantity for line in self.lines)


def look_at_cart(*, cart: Cart, person: Any, now: datetime) -> CartView:
    """As many queries for one line as for many. Locks nothing: placing looks again."""
    items = list(cart.items.select_related("meal__creator__profile__photo", "meal__cover"))
    there = there_to_order(meal_ids=[item.meal_id for item in items], customer=person)
    quote = quote_cart(cart=cart, customer=person, now=now, items=items)
    quoted = {line.line.key: line for line in quote.lines}
    left = portions_left(meals=[item.meal for item in items], slot=cart.slot, cart=cart, now=now)
    lines = tuple(_line(item, quoted[item.pk], cart, there, left) for item in items)
    concerns = concerns_of(meals=[item.meal for item in items], customer=person)
    return CartView(cart, lines, quote, tuple(concerns))


def _line(item: CartItem, quoted: QuotedLine, cart: Cart, there: set[int], left: dict[int, int | None]) -> LineView:
    reason = why_not(meal=item.meal, there=there, kitchen=cart.kitchen)
    if reason:
        return LineView(item, quoted, "unavailable", reason)
    rest = left.get(item.meal_id)
    if rest is None or rest >= item.quantity:
        return LineView(item, quoted, left=rest)
    text = _("Sold out that day.") if not rest else _("Only %(left)d left that day.") % {"left": rest}
    return LineView(item, quoted, "insufficient_stock", text, rest)


def portions_left(*, meals: list[Meal], slot: Slot | None, cart: Cart, now: datetime) -> dict[int, int | None]:
    """By meal, for the day of the chosen slot, or today's; None is without limit. One query."""
    if cart.kitchen is None:
        return {}
    day = local_day(cart.kitchen, slot.starts_at if slot else now)
    rows = DailyPortions.objects.filter(day=day, meal_id__in=[meal.pk for meal in meals])
    sold = {row.meal_id: row.left for row in rows}
    return {meal.pk: sold.get(meal.pk, meal.portions_per_day) for meal in meals}
