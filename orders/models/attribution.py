"""Who would earn on an order line, written down when the order is placed; and at which rate."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.enums import AttributionKind, CommissionStatus
from orders.models.affiliate import AffiliateLink, Click
from orders.models.order import OrderLine
from orders.models.promo import PromoCode


class LineAttribution(models.Model):
    """At most one creator a line (AFF-4), with the rate of that day (AFF-7). Money follows when the order is paid.

    `status` is what the commission will begin as: pending, on hold, or a self-referral; `reason` says why.
    """

    line = models.OneToOneField(OrderLine, on_delete=models.CASCADE, related_name="attribution")
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(_("through"), max_length=10, choices=AttributionKind.choices)
    link = models.ForeignKey(AffiliateLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    click = models.ForeignKey(Click, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    promo = models.ForeignKey(PromoCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rate = models.DecimalField(_("rate"), max_digits=5, decimal_places=4)
    status = models.CharField(
        _("begins as"), max_length=14, choices=CommissionStatus.choices, default=CommissionStatus.PENDING
    )
    reason = models.CharField(max_length=300, blank=True)
    attributed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        constraints = [
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lte=1), name="orders_lineattribution_rate"),
            models.CheckConstraint(
                condition=Q(via="link", link__isnull=False) | Q(via="promo_code", promo__isnull=False),
                name="orders_lineattribution_through_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} by {self.creator_id}"


class CommissionRate(models.Model):
    """Another rate than the usual for one creator, from an instant on. Rows are only ever added."""

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commission_rates")
    rate = models.DecimalField(
        _("rate"),
        max_digits=5,
        decimal_places=4,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("As a fraction: 0.10 is ten per cent."),
    )
    valid_from = models.DateTimeField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("rate of a creator")
        verbose_name_plural = _("rates of creators")
        constraints = [models.CheckConstraint(condition=Q(rate__gte=0, rate__lte=1), name="orders_rate_within")]
        indexes = [models.Index(fields=["creator", "-valid_from"], name="orders_rate_creator")]

    def __str__(self) -> str:
        return f"{self.rate} for {self.creator_id}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A rate that was in force stays on record: set another.")
