from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from orders.enums import DocumentKind, PaymentStatus, RefundStatus
from orders.models.order import Order, OrderLine


class Payment(TimestampedModel):
    """An attempt to pay an order through one provider. `amount` is what was asked, `captured` what arrived."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(_("provider"), max_length=20)
    # What the provider calls it (a PaymentIntent); empty until it answered.
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.CREATED)
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    captured = models.DecimalField(_("captured"), max_digits=11, decimal_places=2, default=0)
    # Refunds that succeeded or are on their way: both are promised (ORD-15).
    refunded = models.DecimalField(_("refunded"), max_digits=11, decimal_places=2, default=0)
    # What the provider says of the means of payment: the same card is the same text (AFF-6).
    fingerprint = models.CharField(max_length=80, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    # It pays for nothing: it came too late, twice, or with the wrong amount, and is owed back (ORD-13).
    is_surplus = models.BooleanField(_("owed back"), default=False)
    succeeded_at = models.DateTimeField(_("paid"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="orders_payment_reference"
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("captured")), name="orders_payment_refund_within"
            ),
        ]
        indexes = [
            models.Index(fields=["fingerprint"], condition=~Q(fingerprint=""), name="orders_payment_fingerprint")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.status})"

    @property
    def refundable(self) -> Decimal:
        return Decimal(self.captured) - Decimal(self.refunded)


class Refund(TimestampedModel):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    # The part of it that pays delivery back; the rest is on lines.
    delivery_amount = models.DecimalField(_("of it delivery"), max_digits=11, decimal_places=2, default=0)
    status = models.CharField(_("status"), max_length=10, choices=RefundStatus.choices, default=RefundStatus.PENDING)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(_("asked"))
    succeeded_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_refund_positive"),
            models.CheckConstraint(
                condition=Q(delivery_amount__gte=0, delivery_amount__lte=F("amount")), name="orders_refund_delivery"
            ),
        ]

    def __str__(self) -> str:
        return f"−{self.amount}"


class RefundLine(models.Model):
    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="refunds")
    quantity = models.PositiveSmallIntegerField(default=0)
    amount = models.DecimalField(max_digits=11, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="orders_refundline_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_refundline_positive"),
        ]

    def __str__(self) -> str:
        return f"−{self.amount} of {self.line_id}"


class ProviderEvent(models.Model):
    """One message of a payment provider, kept so that it acts once (ORD-14)."""

    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("id"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField(default=dict)
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What we made of it, for staff.
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("message of a provider")
        verbose_name_plural = _("messages of providers")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="orders_providerevent_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Invoice(models.Model):
    """An issued document: everything it says is in `content`, and never changes. A correction is a credit note."""

    number = models.CharField(_("number"), max_length=30, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    refund = models.OneToOneField(Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="credit_note")
    content = models.JSONField()
    # SHA-256 of the content in canonical JSON, so that a change shows.
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(kind="invoice"), name="orders_invoice_one_per_order"),
        ]

    def __str__(self) -> str:
        return self.number


class DocumentSeries(models.Model):
    """The last number given in a series; locked to give the next, so that numbers have no gap."""

    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"
