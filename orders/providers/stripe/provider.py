"""PaymentIntents and refunds. Only what every version of Stripe's API and its local stand-ins understand is sent:
which means of payment there are is chosen in Stripe's dashboard."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from fitfoodie.common.money import from_minor, to_minor
from orders.enums import PaymentStatus, RefundStatus
from orders.providers.base import (
    NextStep,
    PaymentRequest,
    ProviderEventData,
    ProviderRefusedError,
    ProviderState,
    ProviderUnavailableError,
    Refunded,
    Started,
)
from orders.providers.stripe import events

TIMEOUT_SECONDS = 15
_STATUS = {
    "requires_payment_method": PaymentStatus.CREATED,
    "requires_confirmation": PaymentStatus.CREATED,
    "requires_action": PaymentStatus.REQUIRES_ACTION,
    "processing": PaymentStatus.PROCESSING,
    "requires_capture": PaymentStatus.PROCESSING,
    "succeeded": PaymentStatus.SUCCEEDED,
    "canceled": PaymentStatus.CANCELLED,
}
_REFUND_STATUS = {
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
_AWAY = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)


class StripeProvider:
    name: ClassVar[str] = "stripe"

    def start(self, payment: PaymentRequest) -> Started:
        intent = _ask(
            lambda: _client().v1.payment_intents.create(
                {
                    "amount": to_minor(payment.amount, payment.currency),
                    "currency": payment.currency.lower(),
                    "metadata": {"order": payment.order_number, "payment": payment.key},
                },
                {"idempotency_key": f"payment-{payment.key}"},
            )
        )
        return Started(intent["id"], _status_of(intent))

    def next_step(self, reference: str, *, order_number: str) -> NextStep:
        intent = _ask(lambda: _client().v1.payment_intents.retrieve(reference))
        return NextStep(client_secret=intent["client_secret"], publishable_key=settings.STRIPE_PUBLISHABLE_KEY)

    def fetch(self, reference: str) -> ProviderState:
        return _state_of(_ask(lambda: _client().v1.payment_intents.retrieve(reference, {"expand": ["payment_method"]})))

    def cancel(self, reference: str) -> ProviderState:
        """A payment that can no longer be given up answers with how it stands."""
        with suppress(ProviderRefusedError):
            _ask(lambda: _client().v1.payment_intents.cancel(reference))
        return self.fetch(reference)

    def refund(self, reference: str, amount: Decimal, key: str, *, currency: str) -> Refunded:
        """Stripe forgets idempotency keys after a day; what it wrote down with the refund it does not forget."""
        made = _ask(lambda: _client().v1.refunds.list({"payment_intent": reference, "limit": 100}))
        for found in made["data"]:
            if (found.get("metadata") or {}).get("refund") == key:
                return _refunded(found)
        return _refunded(
            _ask(
                lambda: _client().v1.refunds.create(
                    {
                        "payment_intent": reference,
                        "amount": to_minor(amount, currency),
                        "metadata": {"refund": key},
                    },
                    {"idempotency_key": f"refund-{key}"},
                )
            )
        )

    def fetch_refund(self, refund_reference: str) -> Refunded:
        return _refunded(_ask(lambda: _client().v1.refunds.retrieve(refund_reference)))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEventData:
        return events.read(body, headers)


PROVIDER = StripeProvider()


def _client() -> stripe.StripeClient:
    return _client_for(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client_for(key: str, base: str) -> stripe.StripeClient:
    """One for all threads: it keeps connections per thread."""
    return stripe.StripeClient(
        key or "sk_missing",
        base_addresses={"api": base} if base else None,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=1,
    )


def _ask(question: Callable[[], Any]) -> dict[str, Any]:
    """The answer as plain values. Raises ProviderRefusedError for a no, ProviderUnavailableError for no answer."""
    try:
        answer: dict[str, Any] = question().to_dict()
    except _AWAY as error:
        raise ProviderUnavailableError(_("The payment provider does not answer. Try again in a minute.")) from error
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        raise ProviderRefusedError(str(error.user_message or error)) from error
    except stripe.StripeError as error:
        raise ProviderUnavailableError(_("The payment provider does not answer. Try again in a minute.")) from error
    return answer


def _state_of(intent: dict[str, Any]) -> ProviderState:
    currency = str(intent["currency"]).upper()
    status = _status_of(intent)
    asked = int(intent["amount"])
    taken = intent.get("amount_received", asked if status == PaymentStatus.SUCCEEDED else 0)
    return ProviderState(
        reference=intent["id"],
        status=status,
        amount=from_minor(asked, currency),
        captured=from_minor(int(taken or 0), currency),
        currency=currency,
        fingerprint=_fingerprint_of(intent.get("payment_method")),
        failure=_failure_of(intent) if status == PaymentStatus.FAILED else "",
    )


def _status_of(intent: dict[str, Any]) -> PaymentStatus:
    """Stripe has no "failed": a payment that was declined waits for another means of payment, and says why."""
    status = _STATUS.get(intent["status"], PaymentStatus.PROCESSING)
    if status == PaymentStatus.CREATED and intent.get("last_payment_error"):
        return PaymentStatus.FAILED
    return status


def _failure_of(intent: dict[str, Any]) -> str:
    error = intent.get("last_payment_error") or {}
    return str(error.get("message") or error.get("code") or "")


def _fingerprint_of(method: Any) -> str:
    """Of a card or an account, in its own section: `{"type": "card", "card": {"fingerprint": …}}`."""
    if not isinstance(method, dict):
        return ""
    section = method.get(method.get("type", "")) or {}
    return f"stripe_{section['fingerprint']}" if section.get("fingerprint") else ""


def _refunded(refund: dict[str, Any]) -> Refunded:
    status = _REFUND_STATUS.get(refund["status"], RefundStatus.PENDING)
    return Refunded(refund["id"], status, str(refund.get("failure_reason") or ""))
