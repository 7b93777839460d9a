"""What a payment provider is to us: five questions, asked and answered in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from fitfoodie.common.errors import DomainError
from orders.enums import PaymentStatus, RefundStatus


@dataclass(frozen=True)
class PaymentRequest:
    """`key` names the request: asked twice, the provider answers with the same payment."""

    key: str
    order_number: str
    amount: Decimal
    currency: str
    # Where the customer's browser comes back to.
    return_url: str
    # Shown on the statement of the card or kept with the payment.
    description: str = ""


@dataclass(frozen=True)
class Started:
    """`reference` is what the provider calls the payment."""

    reference: str
    status: PaymentStatus


@dataclass(frozen=True)
class ProviderState:
    """How a payment stands now, in the provider's own books."""

    reference: str
    status: PaymentStatus
    # What was asked for and what was taken.
    amount: Decimal
    captured: Decimal
    currency: str
    # The same means of payment is the same text (AFF-6); empty when the provider does not say.
    fingerprint: str = ""
    failure: str = ""


@dataclass(frozen=True)
class NextStep:
    """How the customer goes on: a page to visit, or a secret for the provider's own form on our page."""

    url: str = ""
    client_secret: str = ""
    publishable_key: str = ""


@dataclass(frozen=True)
class Refunded:
    reference: str
    status: RefundStatus
    failure: str = ""


@dataclass(frozen=True)
class ProviderEventData:
    """A message whose signature is right. `reference` names the payment, `refund_reference` the refund, if any."""

    event_id: str
    kind: str
    reference: str = ""
    refund_reference: str = ""
    payload: dict[str, Any] = field(default_factory=dict)


class ProviderUnavailableError(DomainError):
    """The provider did not answer, or not in a way we understand. Nothing is known; ask again."""

    status = 503
    code = "payment_unavailable"


class ProviderRefusedError(DomainError):
    """The provider understood and said no; asking again changes nothing."""

    status = 409
    code = "payment_refused"


class SignatureError(DomainError):
    """The message does not come from the provider, or is not one."""

    code = "invalid_signature"


class Provider(Protocol):
    name: ClassVar[str]

    def start(self, payment: PaymentRequest) -> Started: ...

    def next_step(self, reference: str, *, order_number: str) -> NextStep: ...

    def fetch(self, reference: str) -> ProviderState: ...

    def cancel(self, reference: str) -> ProviderState:
        """Give the payment up, if it still can be; answers how it stands."""
        ...

    def refund(self, reference: str, amount: Decimal, key: str, *, currency: str) -> Refunded: ...

    def fetch_refund(self, refund_reference: str) -> Refunded: ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEventData:
        """The message in `body`, as it came over the wire. Raises SignatureError."""
        ...
