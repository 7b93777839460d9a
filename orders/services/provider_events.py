"""Messages of payment providers: signed, kept, each acting once (ORD-14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from orders.models import Payment, ProviderEvent, Refund
from orders.providers import provider as provider_of
from orders.providers.base import ProviderEventData, ProviderState, Refunded
from orders.services.order_locks import locked_order, locked_payment
from orders.services.refunds import settle_refund
from orders.services.settling import settle

UNKNOWN = "nothing of ours"


def handle_provider_event(*, provider: str, body: bytes, headers: Mapping[str, str], now: datetime) -> ProviderEvent:
    """Keep the message and do what it means, in one transaction; a message that was kept before does nothing.

    The message only says that something happened: how things stand is asked of the provider, so that messages may come
    in any order. Raises SignatureError before anything is read, and ProviderUnavailableError with nothing kept, so that
    the provider sends it again.
    """
    source = provider_of(provider)
    data = source.read_event(body, headers)
    known = ProviderEvent.objects.filter(provider=provider, event_id=data.event_id).first()
    if known is not None:
        return known
    payment, refund = _payment_of(provider, data), _refund_of(provider, data)
    state = source.fetch(payment.reference) if payment is not None else None
    answer = source.fetch_refund(data.refund_reference) if refund is not None else None
    try:
        return _keep(provider, data, _Asked(payment, state, refund, answer), now)
    except _TwiceError:
        return ProviderEvent.objects.get(provider=provider, event_id=data.event_id)


class _TwiceError(Exception):
    """The same message is being handled beside us."""


@dataclass(frozen=True)
class _Asked:
    """What of ours the message is about, and how the provider says it stands."""

    payment: Payment | None
    state: ProviderState | None
    refund: Refund | None
    answer: Refunded | None


@transaction.atomic
def _keep(provider: str, data: ProviderEventData, asked: _Asked, now: datetime) -> ProviderEvent:
    event = _insert(provider, data, asked.payment, now)
    event.outcome = UNKNOWN
    if asked.payment is not None and asked.state is not None:
        order = locked_order(asked.payment.order_id)
        payment = locked_payment(asked.payment.pk, order=order)
        event.outcome = settle(payment=payment, state=asked.state, now=now)
    if asked.refund is not None and asked.answer is not None:
        refund = settle_refund(refund_id=asked.refund.pk, answer=asked.answer, now=now)
        event.outcome = f"refund {refund.status}"
    event.outcome = event.outcome[:200]
    event.save(update_fields=["outcome"])
    return event


def _insert(provider: str, data: ProviderEventData, payment: Payment | None, now: datetime) -> ProviderEvent:
    try:
        with transaction.atomic():
            return ProviderEvent.objects.create(
                provider=provider,
                event_id=data.event_id,
                kind=data.kind[:80],
                payload=data.payload,
                payment=payment,
                received_at=now,
            )
    except IntegrityError as error:
        raise _TwiceError from error


def _payment_of(provider: str, data: ProviderEventData) -> Payment | None:
    if not data.reference:
        return None
    return Payment.objects.filter(provider=provider, reference=data.reference).first()


def _refund_of(provider: str, data: ProviderEventData) -> Refund | None:
    if not data.refund_reference:
        return None
    return Refund.objects.filter(payment__provider=provider, reference=data.refund_reference).first()
