"""What happens to money, as facts. Fields are only ever added, with a default. Amounts are decimals as text."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("orders.payment.started", label=_("Payment started"))
class PaymentStarted:
    payment_id: int
    order_id: int
    provider: str
    amount: str
    currency: str


@event("orders.payment.succeeded", label=_("Payment received"), is_public=True)
class PaymentSucceeded:
    payment_id: int
    order_id: int
    provider: str
    amount: str
    currency: str
    # It pays for nothing and goes back (ORD-13).
    is_surplus: bool


@event("orders.payment.failed", label=_("Payment declined"))
class PaymentFailed:
    payment_id: int
    order_id: int
    provider: str
    reason: str


@event("orders.payment.flagged", label=_("Payment does not match the order"))
class PaymentFlagged:
    payment_id: int
    order_id: int
    provider: str
    # What was asked and what the provider says it took.
    amount: str
    currency: str
    captured: str
    captured_currency: str


@event("orders.refund.requested", label=_("Refund started"))
class RefundRequested:
    refund_id: int
    payment_id: int
    order_id: int
    amount: str
    currency: str
    reason: str


@event("orders.refund.succeeded", label=_("Money refunded"), is_public=True)
class RefundSucceeded:
    refund_id: int
    payment_id: int
    order_id: int
    amount: str
    currency: str


@event("orders.refund.failed", label=_("Refund failed"))
class RefundFailed:
    refund_id: int
    payment_id: int
    order_id: int
    amount: str
    currency: str
    failure: str


@event("orders.invoice.issued", label=_("Invoice issued"))
class InvoiceIssued:
    invoice_id: int
    order_id: int
    number: str
    kind: str
