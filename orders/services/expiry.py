"""Orders nobody paid give back what they hold; one that is paid after all may come back to life (ORD-13)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError
from fitfoodie.common.scarce import SoldOutError
from orders.enums import OrderStatus
from orders.models import Order
from orders.services import quoting
from orders.services.moves import make_move, mark_paid
from orders.services.seats import release_seats
from orders.services.stock import take_stock_again

BATCH = 500


def expire_orders(*, now: datetime) -> int:
    """Each in its own transaction; returns how many. Two runs at once share the work, the state is read under the lock.

    An order that is being paid this moment is locked, left out, and looked at again in a minute.
    """
    due = list(_due(now).order_by("expires_at").values_list("pk", flat=True)[:BATCH])
    return sum(_expire_if_due(order_id, now) for order_id in due)


def _due(now: datetime) -> "QuerySet[Order]":
    return Order.objects.filter(status=OrderStatus.PENDING_PAYMENT, expires_at__lte=now)


@transaction.atomic
def _expire_if_due(order_id: int, now: datetime) -> bool:
    order = _due(now).filter(pk=order_id).select_for_update(skip_locked=True, no_key=True).first()
    if order is None:
        return False
    make_move(order, to=OrderStatus.EXPIRED, actor=None, reason=_("It was not paid in time."), now=now)
    release_seats(order=order, now=now)
    return True


@transaction.atomic
def revive_order(*, order: Order, now: datetime) -> None:
    """Takes the stock again and marks it paid. The caller holds the order's lock and the money.

    Raises ConflictError when the portions or the time are gone, CodeRefusedError when a code is: then the money goes
    back, and nothing else has changed.
    """
    if order.is_of_class:
        raise ConflictError(_("The seat has gone on."), code="seat_gone")
    if order.slot_ends_at <= now:
        raise ConflictError(_("The time of this order has passed."), code="too_late")
    try:
        _take_again(order, now)
    except SoldOutError as error:
        raise ConflictError(_("What was ordered has been sold meanwhile."), code="insufficient_stock") from error
    quoting.reclaim_codes(order=order, now=now)
    mark_paid(order=order, now=now)


def _take_again(order: Order, now: datetime) -> None:
    order.released_at = None
    order.save(update_fields=["released_at", "updated_at"])
    if not order.is_test:
        lines = order.lines.select_related("meal")
        take_stock_again(order=order, wanted=[(line.meal, line.quantity) for line in lines if line.meal is not None])
