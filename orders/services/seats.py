"""Orders of seats, and what becomes of them. Locks come in one order everywhere: the order, then the class."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from classes.enums import SEATED, RsvpStatus
from classes.models import Rsvp
from classes.services.rsvps import confirm_paid, release_held
from orders.enums import OrderFulfilment, OrderStatus
from orders.models import Order
from orders.services import commissions, refunds
from orders.services.moves import make_move
from orders.services.order_locks import locked_order

BATCH = 500


def confirm_seats(*, order: Order, now: datetime) -> None:
    """The money is there: the seat is theirs. Call under the order's lock; then locks the class.

    Nothing happens to orders of meals. Raises OfferExpiredError when the seat has gone on.
    """
    for rsvp_id in _seats_of(order):
        confirm_paid(rsvp_id=rsvp_id, now=now)


def release_seats(*, order: Order, now: datetime) -> None:
    """Will not be paid: what is still held goes to the next in line. Call under the order's lock."""
    for rsvp_id in _seats_of(order):
        release_held(rsvp_id=rsvp_id, now=now, reason=_("It was not paid in time."))


@transaction.atomic
def follow_seat(*, rsvp_id: int, now: datetime) -> str:
    """Make the order of a seat agree with what became of the seat; says in a word what was done.

    A seat given up in time, or taken by the house, is paid back in full; one given up late keeps its price. Locks the
    order. Safe to run twice: an order that is over stays as it is.
    """
    order_id = Order.objects.filter(lines__seat_id=rsvp_id).values_list("pk", flat=True).first()
    if order_id is None:
        return "no order"
    order = locked_order(order_id)
    rsvp = Rsvp.objects.across_chains().get(pk=rsvp_id)
    if order.status == OrderStatus.PENDING_PAYMENT and rsvp.status != RsvpStatus.HELD:
        return _close_unpaid(order, rsvp, now)
    if order.status == OrderStatus.PAID and rsvp.status not in SEATED | {RsvpStatus.LATE}:
        return _pay_back(order, now)
    return "as it was"


def _close_unpaid(order: Order, rsvp: Rsvp, now: datetime) -> str:
    is_late = rsvp.status == RsvpStatus.EXPIRED
    to = OrderStatus.EXPIRED if is_late else OrderStatus.CANCELLED
    reason = _("It was not paid in time.") if is_late else _("The seat was given up.")
    make_move(order, to=to, actor=None, reason=reason, now=now)
    return f"now {to}"


def _pay_back(order: Order, now: datetime) -> str:
    reason = _("The seat was given up in time, or the class does not take place.")
    make_move(order, to=OrderStatus.CANCELLED, actor=None, reason=reason, now=now)
    refunds.refund_rest(order=order, actor=None, reason=reason, now=now)
    commissions.void_commissions(order=order, reason=reason, now=now)
    return "paid back"


def complete_orders(*, now: datetime) -> int:
    """Paid seats of classes that are over. Each in its own transaction; returns how many."""
    due = Order.objects.filter(
        fulfilment=OrderFulfilment.CLASS, status=OrderStatus.PAID, slot_ends_at__lte=now
    ).order_by("slot_ends_at")
    return sum(_complete(order_id, now) for order_id in due.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _complete(order_id: int, now: datetime) -> bool:
    order = locked_order(order_id)
    if order.status != OrderStatus.PAID:
        return False
    make_move(order, to=OrderStatus.COMPLETED, actor=None, reason="", now=now)
    return True


def _seats_of(order: Order) -> list[int]:
    return list(order.lines.exclude(seat=None).values_list("seat_id", flat=True))
