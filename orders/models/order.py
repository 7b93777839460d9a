from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from orders.enums import Funder, OrderFulfilment, OrderStatus
from orders.models.cart import Cart
from orders.models.kitchen import Kitchen, Slot
from orders.models.promo import Redemption

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _money(label: "StrPromise", *, default: int | None = None) -> "models.DecimalField[Decimal | int, Decimal]":
    given = {} if default is None else {"default": default}
    return models.DecimalField(label, max_digits=11, decimal_places=2, **given)  # type: ignore[arg-type]


def _to_the_cent(amount: Any) -> Round:
    """SQLite keeps decimals as floating point: equality is asked of the cents."""
    return Round(amount, 2)


class Order(TimestampedModel):
    """Amounts contain tax and are in `currency`; `total` = `subtotal` − `discount` + `delivery`.

    `discount` is all of it: on lines and on delivery; `delivery` is what delivery costs before a code that waives it.
    `tax` is the part of `total` that is tax. Lines, and what they say of a meal, stay as on that day (REC-7).
    """

    number = models.CharField(_("number"), max_length=12, unique=True, default=new_public_id, editable=False)
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="orders")
    customer_name = models.CharField(_("name"), max_length=80)
    customer_email = models.EmailField(_("e-mail address"), max_length=254)
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="orders")
    # One cart makes one order, however often it is sent (ORD-4).
    cart = models.OneToOneField(Cart, null=True, on_delete=models.SET_NULL, related_name="order")
    status = models.CharField(
        _("status"), max_length=16, choices=OrderStatus.choices, default=OrderStatus.PENDING_PAYMENT
    )
    # Raised by every move; what a kitchen screen holds its button against.
    version = models.PositiveIntegerField(default=1)
    # Test money: touches neither stock, analytics, commission nor payouts (ORD-18).
    is_test = models.BooleanField(_("for trying out"), default=False)

    fulfilment = models.CharField(_("how"), max_length=10, choices=OrderFulfilment.choices)
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="orders")
    slot_starts_at = models.DateTimeField(_("from"))
    slot_ends_at = models.DateTimeField(_("until"))
    # The day of the kitchen whose portions it takes.
    day = models.DateField(_("day"))
    address = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("note for the kitchen"), max_length=500, blank=True)

    currency = models.CharField(_("currency"), max_length=3)
    subtotal = _money(_("subtotal"))
    discount = _money(_("discount"), default=0)
    delivery = _money(_("delivery"), default=0)
    tax = _money(_("tax contained"), default=0)
    tax_rate = models.DecimalField(_("tax rate"), max_digits=5, decimal_places=4)
    total = _money(_("total"))
    # The part of `discount` that waives delivery, and who pays for it.
    delivery_discount = _money(_("discount on delivery"), default=0)
    delivery_discount_funder = models.CharField(max_length=8, choices=Funder.choices, blank=True)

    placed_at = models.DateTimeField(_("placed"))
    # Until then it must be paid, or its portions and codes go back.
    expires_at = models.DateTimeField(_("to be paid until"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    # Its portions, slot and codes have gone back on sale.
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(total=_to_the_cent(F("subtotal") - F("discount") + F("delivery"))),
                name="orders_order_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0, subtotal__gte=0, discount__gte=0, delivery__gte=0, tax__gte=0),
                name="orders_order_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(delivery_discount__gte=0, delivery_discount__lte=F("delivery")),
                name="orders_order_delivery_discount",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-placed_at", "-id"], name="orders_order_of_customer"),
            models.Index(fields=["kitchen", "status", "slot_starts_at"], name="orders_order_of_kitchen"),
            models.Index(fields=["expires_at"], condition=Q(status="pending_payment"), name="orders_order_unpaid"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", kwargs={"number": self.number})

    @property
    def is_of_class(self) -> bool:
        """A seat: its times are those of the class, its kitchen is the till of the chain."""
        return self.fulfilment == OrderFulfilment.CLASS


class OrderLine(models.Model):
    """`total` = `unit_price` × `quantity` − `discount`; `tax` is the part of `total` that is tax."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    # One of the two: a dish, or a seat in a class.
    meal = models.ForeignKey("meals.Meal", null=True, on_delete=models.PROTECT, related_name="order_lines")
    seat = models.ForeignKey("classes.Rsvp", null=True, on_delete=models.PROTECT, related_name="order_lines")
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # As on the day of the order: what was bought stays what it was (REC-7).
    title = models.CharField(_("title"), max_length=200)
    snapshot = models.JSONField(default=dict)
    unit_price = _money(_("price"))
    quantity = models.PositiveSmallIntegerField(_("portions"))
    discount = _money(_("discount"), default=0)
    tax = _money(_("tax contained"), default=0)
    total = _money(_("total"))
    refunded = _money(_("refunded"), default=0)
    refunded_quantity = models.PositiveSmallIntegerField(_("portions refunded"), default=0)
    # Portions that are on sale again although the order lives on; they do not go back a second time.
    restocked = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="orders_orderline_position"),
            models.UniqueConstraint(fields=["order", "meal"], name="orders_orderline_meal"),
            models.CheckConstraint(
                condition=Q(meal=None, seat__isnull=False) | Q(meal__isnull=False, seat=None),
                name="orders_orderline_meal_or_seat",
            ),
            models.CheckConstraint(
                condition=Q(total=_to_the_cent(F("unit_price") * F("quantity") - F("discount"))),
                name="orders_orderline_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0, discount__gte=0, tax__gte=0, quantity__gte=1),
                name="orders_orderline_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("total"), refunded_quantity__lte=F("quantity")),
                name="orders_orderline_refund_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class LineDiscount(models.Model):
    """What one code took off one line, and who pays for it (ORD-11). They sum to the discount of the line."""

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="discounts")
    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="line_discounts")
    amount = _money(_("amount"))
    funder = models.CharField(_("paid for by"), max_length=8, choices=Funder.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "redemption"], name="orders_linediscount_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_linediscount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} off {self.line_id}"


class OrderMove(models.Model):
    """One step of an order: who, when, why (ORD-3). Only ever added."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=16, choices=OrderStatus.choices, blank=True)
    to_status = models.CharField(max_length=16, choices=OrderStatus.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.to_status}"
