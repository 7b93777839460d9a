from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fitfoodie.common.models import TimestampedModel
from fitfoodie.common.scarce import ScarceModel, within_capacity
from orders.enums import Funder, PromoKind, PromoScope


class PromoBatch(TimestampedModel):
    """A set of generated single-use codes that share everything but the code."""

    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("codes"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("set of codes")
        verbose_name_plural = _("sets of codes")

    def __str__(self) -> str:
        return self.name


class PromoCode(ScarceModel, TimestampedModel):
    """`capacity` is how often it may be used in all, `taken` how often it is: uses that were released do not count.

    A creator's code (`creator` set) discounts only that creator's lines (ORD-11) and attributes them (AFF-4).
    """

    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("what it is for"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=PromoKind.choices)
    percent = models.DecimalField(
        _("percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default=settings.DEFAULT_CURRENCY)
    # Buy so many portions, get so many more of the cheapest free.
    buy_quantity = models.PositiveSmallIntegerField(_("buy"), null=True, blank=True)
    get_quantity = models.PositiveSmallIntegerField(_("get free"), null=True, blank=True)

    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="promo_codes"
    )
    funder = models.CharField(_("paid for by"), max_length=8, choices=Funder.choices, default=Funder.PLATFORM)
    batch = models.ForeignKey(PromoBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="codes")
    scope = models.CharField(_("applies to"), max_length=8, choices=PromoScope.choices, default=PromoScope.ORDER)
    meals = models.ManyToManyField("meals.Meal", blank=True, related_name="+")
    tags = models.ManyToManyField("meals.Tag", blank=True, related_name="+")

    min_subtotal = models.DecimalField(_("minimum order"), max_digits=9, decimal_places=2, null=True, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    per_customer = models.PositiveSmallIntegerField(_("times per customer"), null=True, blank=True, default=1)
    is_first_order_only = models.BooleanField(_("first order only"), default=False)
    is_stackable = models.BooleanField(_("may be combined with other codes"), default=True)
    # In all, over every order; what the last use would take beyond it is not given.
    budget = models.DecimalField(_("budget"), max_digits=11, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent"), max_digits=11, decimal_places=2, default=0, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    # A creator's code that everybody may read on the creator's page.
    is_public = models.BooleanField(_("shown on the creator’s page"), default=False)

    class Meta:
        verbose_name = _("promo code")
        verbose_name_plural = _("promo codes")
        constraints = [
            models.UniqueConstraint(Upper("code"), name="orders_promocode_code_unique"),
            within_capacity("orders_promocode_within_limit"),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(spent__lte=F("budget")), name="orders_promocode_within_budget"
            ),
            models.CheckConstraint(condition=Q(spent__gte=0), name="orders_promocode_spent"),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(percent__gt=0, percent__lte=100), name="orders_promocode_percent"
            ),
            models.CheckConstraint(condition=~Q(kind="fixed") | Q(amount__gt=0), name="orders_promocode_amount"),
            models.CheckConstraint(
                condition=~Q(kind="buy_x_get_y") | Q(buy_quantity__gte=1, get_quantity__gte=1),
                name="orders_promocode_quantities",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="orders_promocode_forward",
            ),
            models.CheckConstraint(
                condition=~Q(funder="creator") | Q(creator__isnull=False), name="orders_promocode_funder_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(creator__isnull=False), name="orders_promocode_public_is_somebodys"
            ),
        ]
        indexes = [
            models.Index(fields=["creator", "-id"], name="orders_promocode_creator"),
            models.Index(
                fields=["creator", "-id"],
                condition=Q(is_public=True, is_active=True),
                name="orders_promocode_public",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Redemption(models.Model):
    """One use of a code by one order; the row that makes limit 3 mean 3 (ORD-5)."""

    promo = models.ForeignKey(PromoCode, on_delete=models.PROTECT, related_name="redemptions")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="redemptions")
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="redemptions"
    )
    amount = models.DecimalField(pgettext_lazy("money", "saved"), max_digits=9, decimal_places=2)
    # As the code stood: whether this use is the only one its customer has.
    is_once_per_customer = models.BooleanField(default=False)
    redeemed_at = models.DateTimeField(_("used"))
    # The order expired or was cancelled before it was accepted: the use is given back (ORD-7).
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a code")
        verbose_name_plural = _("uses of codes")
        constraints = [
            models.UniqueConstraint(fields=["promo", "order"], name="orders_redemption_once_per_order"),
            models.UniqueConstraint(
                fields=["promo", "customer"],
                condition=Q(is_once_per_customer=True, released_at=None),
                name="orders_redemption_once_per_customer",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="orders_redemption_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.promo_id} by {self.order_id}"
