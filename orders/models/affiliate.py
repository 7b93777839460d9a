from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from orders.enums import AttributionKind, ClickKind, CommissionStatus, PayoutStatus
from orders.models.order import Order, OrderLine
from orders.models.promo import PromoCode


class AffiliateLink(TimestampedModel):
    """`/r/<code>` of a creator. It leads to a page of ours (AFF-2) and is never deleted, only paused (AFF-13)."""

    code = models.CharField(_("code"), max_length=20)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliate_links")
    label = models.CharField(_("label"), max_length=120, blank=True)
    meal = models.ForeignKey(
        "meals.Meal", null=True, blank=True, on_delete=models.SET_NULL, related_name="affiliate_links"
    )
    # Path on this site where no meal is named, such as the creator's own page.
    path = models.CharField(_("leads to"), max_length=500, blank=True)
    utm = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    click_count = models.PositiveIntegerField(_("clicks"), default=0, editable=False)

    class Meta:
        verbose_name = _("affiliate link")
        verbose_name_plural = _("affiliate links")
        constraints = [models.UniqueConstraint(Upper("code"), name="orders_affiliatelink_code_unique")]
        indexes = [models.Index(fields=["creator", "-id"], name="orders_affiliatelink_creator")]

    def __str__(self) -> str:
        return self.code


class Click(models.Model):
    """One request of `/r/<code>`, counted before the redirect (AFF-1). Only a person's click attributes."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    link = models.ForeignKey(AffiliateLink, on_delete=models.CASCADE, related_name="clicks")
    kind = models.CharField(_("by"), max_length=8, choices=ClickKind.choices)
    # Bound at the click when signed in, else when the visitor signs in or checks out (AFF-5).
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Salted hash of address and browser, changed daily: tells visitors apart within a day and nobody afterwards.
    visitor = models.CharField(max_length=64, blank=True)
    clicked_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        indexes = [
            models.Index(fields=["link", "-clicked_at"], name="orders_click_link"),
            models.Index(
                fields=["person", "-clicked_at"], condition=Q(person__isnull=False), name="orders_click_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} at {self.clicked_at:%Y-%m-%d %H:%M:%S}"


class Payout(TimestampedModel):
    """Money sent to a creator. `amount` is the sum of the commissions and adjustments it pays, to the cent (AFF-11)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payouts")
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    status = models.CharField(_("status"), max_length=10, choices=PayoutStatus.choices, default=PayoutStatus.REQUESTED)
    reference = models.CharField(_("reference of the transfer"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    requested_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_payout_positive"),
            models.UniqueConstraint(
                fields=["creator", "currency"], condition=Q(status="requested"), name="orders_payout_one_open_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Commission(models.Model):
    """What one order line owes one creator. Rate and base are those of the day of the order (AFF-7).

    `amount` is what was earned, `reversed` what refunds took back before the payout. Why it is not paid is always said
    in `reason` (W7).
    """

    # Unique together: a replay cannot pay twice (AFF-8).
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="commissions")
    program = models.CharField(max_length=20, default="standard")
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commissions")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="commissions")
    via = models.CharField(_("through"), max_length=10, choices=AttributionKind.choices)
    link = models.ForeignKey(AffiliateLink, null=True, blank=True, on_delete=models.PROTECT, related_name="commissions")
    click = models.ForeignKey(Click, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    promo = models.ForeignKey(PromoCode, null=True, blank=True, on_delete=models.PROTECT, related_name="commissions")
    base = models.DecimalField(_("base"), max_digits=11, decimal_places=2)
    rate = models.DecimalField(_("rate"), max_digits=5, decimal_places=4)
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    reversed = models.DecimalField(_("taken back"), max_digits=11, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3)
    status = models.CharField(
        _("status"), max_length=14, choices=CommissionStatus.choices, default=CommissionStatus.PENDING
    )
    reason = models.CharField(_("why it is not paid"), max_length=300, blank=True)
    # Where it stood before it was frozen, to go back to, and why it was; `reason` stays what it was meanwhile.
    frozen_from = models.CharField(max_length=14, choices=CommissionStatus.choices, blank=True)
    frozen_reason = models.CharField(_("why it is frozen"), max_length=500, blank=True)
    earned_at = models.DateTimeField(_("earned"))
    # The end of the holding period; it also takes a completed order.
    approvable_at = models.DateTimeField(_("held until"))
    payout = models.ForeignKey(Payout, null=True, blank=True, on_delete=models.PROTECT, related_name="commissions")

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")
        constraints = [
            models.UniqueConstraint(fields=["line", "program"], name="orders_commission_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, reversed__gte=0, base__gte=0, rate__gte=0, rate__lte=1),
                name="orders_commission_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(status="paid") | Q(payout__isnull=False), name="orders_commission_paid_by"
            ),
        ]
        indexes = [
            models.Index(fields=["creator", "status", "-id"], name="orders_commission_creator"),
            models.Index(fields=["approvable_at"], condition=Q(status="pending"), name="orders_commission_due"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.creator_id}"


class CommissionAdjustment(models.Model):
    """A negative row after the payout (AFF-9), or a correction of staff with its reason. Paid with the next payout."""

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commission = models.ForeignKey(
        Commission, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    key = models.CharField(max_length=80, unique=True)
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=300)
    booked_at = models.DateTimeField(_("booked"))
    payout = models.ForeignKey(Payout, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustments")

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="orders_adjustment_not_zero")]
        indexes = [models.Index(fields=["creator", "-id"], name="orders_adjustment_creator")]

    def __str__(self) -> str:
        return f"{self.amount} for {self.creator_id}"
