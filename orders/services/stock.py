"""What an order takes out of the world, and how it comes back. Orders for trying out take nothing (ORD-18)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from fitfoodie.common import scarce
from fitfoodie.common.scarce import Claim
from meals.models import Meal
from orders.models import DailyPortions, Order, Slot
from orders.services.portions import locked_portions, settle_capacity
from orders.services.slots import require_not_cancelled, require_open

Wanted = Sequence[tuple[Meal, int]]


def take_stock(*, wanted: Wanted, slot: Slot, day: date, now: datetime) -> None:
    """One place in the slot and the portions, all or nothing, under their locks.

    Raises SoldOutError whose `row` is what ran out, ConflictError for a slot that closed.
    """
    _take(wanted=wanted, slot=slot, day=day, validate=_slot_is_open(now))


def take_stock_again(*, order: Order, wanted: Wanted) -> None:
    """For an order that expired and was paid after all: its time may be past the cut-off, but neither full nor one that
    the kitchen has cancelled (ORD-13). Raises SoldOutError, ConflictError."""
    _take(wanted=wanted, slot=order.slot, day=order.day, validate=_slot_is_cooked)


def _take(*, wanted: Wanted, slot: Slot | None, day: date, validate: Callable[[object], None]) -> None:
    rows = locked_portions(meals=[meal for meal, _quantity in wanted], day=day)
    claims = [Claim(rows[meal.pk], quantity) for meal, quantity in wanted]
    scarce.take([*claims, *([Claim(slot)] if slot else [])], validate=validate, locked=rows.values())


def _slot_is_open(now: datetime) -> Callable[[object], None]:
    def validate(row: object) -> None:
        if isinstance(row, Slot):
            require_open(row, now=now)

    return validate


def _slot_is_cooked(row: object) -> None:
    if isinstance(row, Slot):
        require_not_cancelled(row)


def release_stock(*, order: Order, now: datetime) -> None:
    """Portions and slot go back on sale, once. The caller holds the order's lock."""
    if order.released_at is not None:
        return
    order.released_at = now
    order.save(update_fields=["released_at", "updated_at"])
    if order.is_test:
        return
    held = {line.meal_id: line.quantity - line.restocked for line in order.lines.all() if line.meal_id is not None}
    _put_back(order, held, slots=[order.slot] if order.slot else [])


def restock(*, order: Order, portions: dict[int, int]) -> None:
    """Some portions of an order that lives on go back on sale, by meal. The caller holds the order's lock and writes
    them down in `OrderLine.restocked`, so that they do not go back a second time."""
    _put_back(order, portions, slots=[])


def _put_back(order: Order, portions: dict[int, int], *, slots: Sequence[Slot]) -> None:
    """A kitchen that has meanwhile planned fewer than were sold does not sell again what comes back."""
    rows = DailyPortions.objects.filter(day=order.day, meal_id__in=list(portions)).order_by("pk")
    for row in scarce.give_back([*(Claim(row, portions[row.meal_id]) for row in rows), *map(Claim, slots)]):
        if isinstance(row, DailyPortions) and row.capacity != row.planned:
            settle_capacity(row)
