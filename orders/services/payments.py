"""From an order that waits for money to one that has it. The provider is asked outside of every transaction: nobody
waits for a lock because a bank is slow."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.events.services import record
from orders.enums import OPEN_PAYMENTS, OrderStatus, PaymentStatus
from orders.models import Order, Payment
from orders.money_events import PaymentStarted
from orders.providers import provider as provider_of
from orders.providers.base import (
    NextStep,
    PaymentRequest,
    ProviderRefusedError,
    ProviderState,
    ProviderUnavailableError,
    Started,
)
from orders.services.order_locks import locked_order, locked_payment
from orders.services.settling import settle

logger = structlog.get_logger(__name__)

# An open payment that no message has closed is asked about after so long, and for so long.
ASK_AFTER = timedelta(minutes=2)
ASK_FOR = timedelta(days=7)


class NotPayableError(ConflictError):
    """`stands` is the order's status."""

    code = "not_payable"

    def __init__(self, message: str, *, status: str) -> None:
        super().__init__(message)
        self.stands = status


def start_payment(*, order_id: int, actor: User | None, now: datetime, provider: str | None = None) -> Payment:
    """An open payment for the whole order, started at the provider; the one there is, when there is one.

    Locks the order while it decides. Raises NotAllowedError for anybody but the customer, NotPayableError for an order
    that does not wait for money, ProviderUnavailableError and ProviderRefusedError; after those the same call goes on
    where this one stopped.
    """
    payment = _open_payment(order_id=order_id, actor=actor, now=now, name=provider or settings.PAYMENT_PROVIDER)
    if payment.reference:
        return payment
    started = provider_of(payment.provider).start(_request(payment))
    return _keep_reference(payment, started)


def next_step(*, payment: Payment) -> NextStep:
    """How the customer goes on paying. Asks the provider; raises as `start_payment`."""
    return provider_of(payment.provider).next_step(payment.reference, order_number=payment.order.number)


def refresh_payment(*, payment_id: int, now: datetime) -> Payment:
    """Ask the provider how the payment stands and make the state agree. Raises as `start_payment`."""
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    if not payment.reference:
        return payment
    return apply_state(payment=payment, state=_state_of(payment), now=now)


@transaction.atomic
def apply_state(*, payment: Payment, state: ProviderState, now: datetime) -> Payment:
    """Locks order and payment, then settles; what is settled already stays as it is."""
    order = locked_order(payment.order_id)
    found = locked_payment(payment.pk, order=order)
    settle(payment=found, state=state, now=now)
    return found


def check_open_payments(*, now: datetime, limit: int = 200) -> int:
    """Ask about payments whose message may be lost, and give up those of orders that are over; returns how many."""
    rows = Payment.objects.filter(
        status__in=OPEN_PAYMENTS, updated_at__lte=now - ASK_AFTER, created_at__gte=now - ASK_FOR
    ).exclude(reference="")
    # Those looked at longest ago first: none waits for ever behind others that stay open.
    ids = list(rows.order_by("updated_at", "pk").values_list("pk", flat=True)[:limit])
    for payment_id in ids:
        _touch(payment_id, now)
        _refresh_or_note(payment_id, now)
    return len(ids)


def _refresh_or_note(payment_id: int, now: datetime) -> None:
    try:
        refresh_payment(payment_id=payment_id, now=now)
    except (ProviderUnavailableError, ProviderRefusedError) as error:
        logger.warning("payment_not_checked", payment_id=payment_id, error=error.message)


@transaction.atomic
def _open_payment(*, order_id: int, actor: User | None, now: datetime, name: str) -> Payment:
    order = locked_order(order_id)
    if actor is None or order.customer_id != actor.pk:
        raise NotAllowedError(_("Only who ordered pays."))
    _require_payable(order, now)
    found = order.payments.filter(provider=name, status__in=OPEN_PAYMENTS, amount=order.total, currency=order.currency)
    payment = found.order_by("-pk").first()
    if payment is None:
        payment = Payment.objects.create(order=order, provider=name, amount=order.total, currency=order.currency)
        _tell_started(payment, actor)
    payment.order = order
    return payment


def _require_payable(order: Order, now: datetime) -> None:
    if order.status == OrderStatus.PENDING_PAYMENT and order.expires_at > now and order.total > 0:
        return
    if order.status in (OrderStatus.EXPIRED, OrderStatus.PENDING_PAYMENT):
        message = _("The time to pay is over. Order again: your cart is one tap away.")
    else:
        message = _("There is nothing to pay for this order.")
    raise NotPayableError(message, status=str(order.status))


def _request(payment: Payment) -> PaymentRequest:
    order = payment.order
    return PaymentRequest(
        key=payment.public_id,
        order_number=order.number,
        amount=Decimal(payment.amount),
        currency=payment.currency,
        return_url=return_url(order),
        description=f"{settings.SITE_NAME} {order.number}",
    )


def return_url(order: Order) -> str:
    """Where the provider sends the browser when it is done."""
    path = reverse("orders:payment", kwargs={"number": order.number})
    return f"{settings.SITE_URL}{path}"


@transaction.atomic
def _keep_reference(payment: Payment, started: Started) -> Payment:
    order = locked_order(payment.order_id)
    found = locked_payment(payment.pk, order=order)
    if not found.reference:
        found.reference = started.reference
        found.save(update_fields=["reference", "updated_at"])
    return found


def _state_of(payment: Payment) -> ProviderState:
    """Where the order is over, the provider is told to give the payment up: nobody shall pay for nothing."""
    provider = provider_of(payment.provider)
    state = provider.fetch(payment.reference)
    is_over = payment.order.status != OrderStatus.PENDING_PAYMENT
    if is_over and state.status in OPEN_PAYMENTS and state.status != PaymentStatus.PROCESSING:
        return provider.cancel(payment.reference)
    return state


def _touch(payment_id: int, now: datetime) -> None:
    Payment.objects.filter(pk=payment_id).update(updated_at=now)


def _tell_started(payment: Payment, actor: Any) -> None:
    record(
        PaymentStarted(
            payment_id=payment.pk,
            order_id=payment.order_id,
            provider=payment.provider,
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        actor=actor,
        subject=payment.order,
    )
