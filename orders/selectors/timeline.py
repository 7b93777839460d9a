"""The steps of an order: those it has made, where it is, and those to come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from orders.enums import DEAD, OrderFulfilment, OrderStatus
from orders.models import Order, OrderMove

_DELIVERY = (
    OrderStatus.PENDING_PAYMENT,
    OrderStatus.PAID,
    OrderStatus.ACCEPTED,
    OrderStatus.PREPARING,
    OrderStatus.READY,
    OrderStatus.OUT_FOR_DELIVERY,
    OrderStatus.COMPLETED,
)
_PICKUP = tuple(OrderStatus.PICKED_UP if step == OrderStatus.OUT_FOR_DELIVERY else step for step in _DELIVERY)

_CLASS = (OrderStatus.PENDING_PAYMENT, OrderStatus.PAID, OrderStatus.COMPLETED)
_WAYS: dict[str, tuple[OrderStatus, ...]] = {
    OrderFulfilment.DELIVERY: _DELIVERY,
    OrderFulfilment.PICKUP: _PICKUP,
    OrderFulfilment.CLASS: _CLASS,
}


@dataclass(frozen=True)
class Step:
    """`state` is done, now or next; `at` and `by` are empty for what has not happened."""

    status: OrderStatus
    state: str
    at: datetime | None = None
    by: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        return str(self.status.label)


def timeline_of(order: Order, viewer: Any) -> list[Step]:
    """`order` comes with its moves and their actors. The customer reads “You” and “Kitchen”, who works there names."""
    moves = list(order.moves.all())
    is_over = order.status in DEAD or order.status == OrderStatus.COMPLETED
    done = [_step(order, move, viewer, "done") for move in moves[:-1]]
    last = [_step(order, move, viewer, "done" if is_over else "now") for move in moves[-1:]]
    return [*done, *last, *([] if is_over else _to_come(order))]


def _step(order: Order, move: OrderMove, viewer: Any, state: str) -> Step:
    return Step(OrderStatus(move.to_status), state, move.moved_at, _by(order, move, viewer), move.reason)


def _by(order: Order, move: OrderMove, viewer: Any) -> str:
    if move.actor_id is None or move.actor is None:
        return ""
    if viewer.pk == order.customer_id:
        return _("You") if move.actor_id == viewer.pk else order.kitchen.name if order.is_of_class else _("Kitchen")
    return move.actor.name or move.actor.handle


def _to_come(order: Order) -> list[Step]:
    way = _WAYS[order.fulfilment]
    status = OrderStatus(order.status)
    return [Step(step, "next") for step in way[way.index(status) + 1 :]]
