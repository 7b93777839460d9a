"""The life of an order after it is placed (ORD-3). One table says which moves there are, one function makes them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import IllegalTransitionError, NotAllowedError, StaleVersionError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from orders import policy
from orders.enums import DEAD, PREPARED, OrderStatus
from orders.events import FACT_OF_MOVE, OrderRevived, OrderStep
from orders.models import Order, OrderMove
from orders.rules import Hand, legal_moves, needs_reason
from orders.services import commissions, invoices, ledger, quoting, refunds
from orders.services.stock import release_stock
from orders.validators import clean_line

# When the customer sees it change, the order remembers when.
_INSTANTS = {
    OrderStatus.PAID: "paid_at",
    OrderStatus.ACCEPTED: "accepted_at",
    OrderStatus.COMPLETED: "completed_at",
}


@transaction.atomic
def move_order(
    *, order_id: int, to: OrderStatus, actor: User, now: datetime, reason: str = "", version: int | None = None
) -> Order:
    """Every move a person makes. What was captured is refunded when it ends the order, and what it held is released.

    Locks the order. Raises Order.DoesNotExist for strangers, StaleVersionError when `version` is not the stored one,
    IllegalTransitionError with the moves that this person could make, NotAllowedError for what is another's to do,
    DomainError when a reason is owed.
    """
    order = locked_order(order_id)
    hand = hand_of(order, actor)
    _require_version(order, version)
    _require_legal(order, to, hand)
    said = clean_reason(reason) if needs_reason(to=to, hand=hand) else clean_line(reason)[:500]
    make_move(order, to=to, actor=actor, reason=said, now=now)
    if to in DEAD:
        refunds.refund_rest(order=order, actor=actor, reason=said, now=now)
        commissions.void_commissions(order=order, reason=said, now=now)
    return order


def locked_order(order_id: int) -> Order:
    """The row every decision on an order is made under. Raises Order.DoesNotExist."""
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


def hand_of(order: Order, actor: User) -> Hand:
    """Raises Order.DoesNotExist for strangers (SEC-9). A cook's own order is still worked by the kitchen."""
    if policy.works_in(actor, order.kitchen_id):
        return Hand.KITCHEN
    if policy.is_order_staff(actor) and order.customer_id != actor.pk:
        return Hand.STAFF
    if order.customer_id == actor.pk:
        return Hand.CUSTOMER
    raise Order.DoesNotExist


def moves_open_to(order: Order, actor: User) -> list[str]:
    """What the actor could do with it now, for their screen; nothing for who only looks."""
    try:
        hand = hand_of(order, actor)
    except Order.DoesNotExist:
        return []
    return sorted(legal_moves(status=order.status, fulfilment=order.fulfilment, hand=hand))


def _require_version(order: Order, version: int | None) -> None:
    if version is not None and version != order.version:
        raise StaleVersionError(_("Somebody has moved this order meanwhile."), current=order.version)


def _require_legal(order: Order, to: OrderStatus, hand: Hand) -> None:
    legal = legal_moves(status=order.status, fulfilment=order.fulfilment, hand=hand)
    if to in legal:
        return
    if hand is Hand.CUSTOMER and to != OrderStatus.CANCELLED:
        raise NotAllowedError(_("Only the kitchen may do this."))
    raise IllegalTransitionError(_refusal(order, to, hand), legal=legal)


def _refusal(order: Order, to: OrderStatus, hand: Hand) -> str:
    label = OrderStatus(order.status).label
    if hand is Hand.CUSTOMER and to == OrderStatus.CANCELLED:
        return _("An order that is “%(status)s” can no longer be cancelled here. Ask the kitchen.") % {"status": label}
    return _("This cannot be done with an order that is “%(status)s”.") % {"status": label}


def make_move(order: Order, *, to: OrderStatus, actor: User | None, reason: str, now: datetime) -> None:
    """The move itself, of an order that is locked: status, step, what it releases, and the fact.

    Raises IllegalTransitionError for what the table does not list.
    """
    before = OrderStatus(order.status)
    legal = legal_moves(status=before, fulfilment=order.fulfilment, hand=Hand.SYSTEM)
    if to not in legal:
        raise IllegalTransitionError(_refusal(order, to, Hand.SYSTEM), legal=legal)
    order.status = to
    order.version += 1
    instant = _INSTANTS.get(to)
    if instant:
        setattr(order, instant, now)
    order.save(update_fields=["status", "version", "updated_at", *([instant] if instant else [])])
    add_step(order, before=before, to=to, actor=actor, reason=reason, now=now)
    if to in DEAD:
        _release(order, before, now)
    _tell(order, before, actor, reason)


def add_step(
    order: Order, *, before: str, to: OrderStatus, actor: User | None, reason: str, now: datetime
) -> OrderMove:
    return OrderMove.objects.create(
        order=order, from_status=before, to_status=to, actor=actor, reason=reason, moved_at=now
    )


def _release(order: Order, before: OrderStatus, now: datetime) -> None:
    """Food that was begun is not sold again (ORD-15); a code counts from the moment the kitchen accepted (ORD-7)."""
    if before not in PREPARED:
        release_stock(order=order, now=now)
    if before in (OrderStatus.PENDING_PAYMENT, OrderStatus.PAID):
        quoting.release_codes(order=order, now=now)


def _tell(order: Order, before: OrderStatus, actor: Any, reason: str) -> None:
    is_revival = before == OrderStatus.EXPIRED
    fact: type[OrderStep] = OrderRevived if is_revival else FACT_OF_MOVE[OrderStatus(order.status)]
    record(fact(**about(order), from_status=before.value, reason=reason), actor=actor, subject=order)


def about(order: Order) -> dict[str, Any]:
    """What every fact says of an order."""
    return {
        "order_id": order.pk,
        "number": order.number,
        "customer_id": order.customer_id,
        "kitchen_id": order.kitchen_id,
        "total": str(order.total),
        "currency": order.currency,
        "is_test": order.is_test,
    }


def mark_paid(*, order: Order, now: datetime) -> None:
    """The money is there: the kitchen may see it, the sale is booked, commissions are earned.

    The caller holds the order's lock and has looked that it waits for payment; an expired one is `revive_order`'s.
    Raises IllegalTransitionError. An order for trying out reaches neither books nor commissions (ORD-18).
    """
    make_move(order, to=OrderStatus.PAID, actor=None, reason="", now=now)
    if not order.is_test:
        ledger.book_sale(order=order, now=now)
        commissions.earn_commissions(order=order, now=now)
    invoices.issue_invoice(order=order, now=now)
