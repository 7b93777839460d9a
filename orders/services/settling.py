"""What a payment's state at the provider means for its order: the only place where an order becomes paid by money."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from classes.errors import OfferExpiredError
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.services import record
from orders.enums import PAYMENT_TRANSITIONS, OrderStatus, PaymentStatus
from orders.models import Order, Payment
from orders.money_events import PaymentFailed, PaymentFlagged, PaymentSucceeded
from orders.providers.base import ProviderState
from orders.services import ledger
from orders.services.expiry import revive_order
from orders.services.moves import make_move, mark_paid
from orders.services.refunds import give_back_surplus
from orders.services.seats import confirm_seats


def settle(*, payment: Payment, state: ProviderState, now: datetime) -> str:
    """Make the payment, and through it the order, agree with the provider; says in a word what was done.

    Order and payment are locked by the caller. A state that comes late and leads back is ignored: money that arrived is
    never denied. Money that does not match marks nothing as paid (ORD-13).
    """
    if state.status == payment.status:
        return "as it was"
    if state.status not in PAYMENT_TRANSITIONS[PaymentStatus(payment.status)]:
        return f"too late: it is {payment.status}"
    if state.status == PaymentStatus.SUCCEEDED:
        return _succeed(payment, state, now) if _matches(payment, state) else _flag(payment, state, now)
    return _note(payment, state)


def _matches(payment: Payment, state: ProviderState) -> bool:
    return state.captured == payment.amount and state.currency == payment.currency


def _note(payment: Payment, state: ProviderState) -> str:
    payment.status, payment.failure = state.status, state.failure[:300]
    payment.save(update_fields=["status", "failure", "updated_at"])
    if state.status == PaymentStatus.FAILED:
        _tell_failed(payment)
    return f"now {state.status}"


def _succeed(payment: Payment, state: ProviderState, now: datetime) -> str:
    payment.status, payment.captured, payment.failure = PaymentStatus.SUCCEEDED, payment.amount, ""
    payment.fingerprint, payment.succeeded_at = state.fingerprint[:80], now
    payment.save(update_fields=["status", "captured", "failure", "fingerprint", "succeeded_at", "updated_at"])
    if _pays(payment.order, now):
        _tell_succeeded(payment)
        return "order paid"
    return _owe(payment, now)


def _pays(order: Order, now: datetime) -> bool:
    """Whether the money has an order to pay: one that waits, or one that expired and whose portions are still there."""
    if order.status == OrderStatus.PENDING_PAYMENT:
        return _pays_waiting(order, now)
    if order.status != OrderStatus.EXPIRED:
        return False
    try:
        revive_order(order=order, now=now)
    except ConflictError:
        # What was ordered is sold, or its time has passed.
        return False
    return True


def _pays_waiting(order: Order, now: datetime) -> bool:
    """A seat that has gone on meanwhile, before its order was closed, is paid by nothing."""
    try:
        confirm_seats(order=order, now=now)
    except OfferExpiredError:
        make_move(order, to=OrderStatus.EXPIRED, actor=None, reason=_("It was not paid in time."), now=now)
        return False
    mark_paid(order=order, now=now)
    return True


def _owe(payment: Payment, now: datetime) -> str:
    payment.is_surplus = True
    payment.save(update_fields=["is_surplus", "updated_at"])
    ledger.book_capture(payment=payment, now=now)
    _tell_succeeded(payment)
    give_back_surplus(payment=payment, actor=None, reason=_("The payment came when the order was over."), now=now)
    return "no order to pay: refunded"


def _flag(payment: Payment, state: ProviderState, now: datetime) -> str:
    """Staff decide. What was taken in our currency can be refunded from here; another currency only at the provider."""
    payment.status, payment.is_surplus = PaymentStatus.FLAGGED, True
    payment.captured = state.captured if state.currency == payment.currency else Decimal(0)
    payment.failure = f"{state.captured} {state.currency} instead of {payment.amount} {payment.currency}"
    payment.fingerprint, payment.succeeded_at = state.fingerprint[:80], now
    payment.save()
    if payment.captured:
        ledger.book_capture(payment=payment, now=now)
    _tell_flagged(payment, state)
    return f"flagged: {payment.failure}"


def _tell_succeeded(payment: Payment) -> None:
    record(
        PaymentSucceeded(
            payment_id=payment.pk,
            order_id=payment.order_id,
            provider=payment.provider,
            amount=str(payment.captured),
            currency=payment.currency,
            is_surplus=payment.is_surplus,
        ),
        actor=None,
        subject=payment.order,
    )


def _tell_failed(payment: Payment) -> None:
    record(
        PaymentFailed(
            payment_id=payment.pk, order_id=payment.order_id, provider=payment.provider, reason=payment.failure
        ),
        actor=None,
        subject=payment.order,
    )


def _tell_flagged(payment: Payment, state: ProviderState) -> None:
    record(
        PaymentFlagged(
            payment_id=payment.pk,
            order_id=payment.order_id,
            provider=payment.provider,
            amount=str(payment.amount),
            currency=payment.currency,
            captured=str(state.captured),
            captured_currency=state.currency,
        ),
        actor=None,
        subject=payment.order,
    )
