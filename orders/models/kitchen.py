"""Who cooks, when, and how much of it there is."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_time_zone
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from fitfoodie.common.scarce import ScarceModel, within_capacity
from orders.enums import Fulfilment


class Kitchen(TimestampedModel):
    """A place that cooks and hands over. Prices contain tax. An order is cooked by one kitchen.

    A creator's meals are cooked by the kitchen that names the creator, else by the default kitchen.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("address"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(_("currency"), max_length=3, default=settings.DEFAULT_CURRENCY)
    tax_rate = models.DecimalField(
        _("tax rate"),
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.07"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("As a fraction: 0.07 is seven per cent, contained in every price."),
    )
    delivery_fee = models.DecimalField(_("delivery fee"), max_digits=9, decimal_places=2, default=Decimal(0))
    free_delivery_from = models.DecimalField(
        _("free delivery from"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    delivers = models.BooleanField(_("delivers"), default=True)
    offers_pickup = models.BooleanField(_("offers pickup"), default=True)
    # Orders with test money touch neither stock nor figures (ORD-18).
    is_test = models.BooleanField(_("for trying out"), default=False)
    is_default = models.BooleanField(_("cooks what no other kitchen cooks"), default=False)
    is_active = models.BooleanField(_("takes orders"), default=True)
    # The till of a chain: it sells seats in classes, cooks nothing and is offered to no cart.
    chain = models.OneToOneField(
        "classes.Chain", null=True, blank=True, on_delete=models.PROTECT, related_name="till", verbose_name=_("chain")
    )
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="orders.KitchenMember", related_name="kitchens")
    creators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="orders.KitchenCreator", related_name="cooked_by"
    )

    class Meta:
        verbose_name = _("kitchen")
        verbose_name_plural = _("kitchens")
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="orders_kitchen_default"),
            models.CheckConstraint(condition=Q(tax_rate__gte=0, tax_rate__lte=1), name="orders_kitchen_tax_rate"),
            models.CheckConstraint(
                condition=Q(chain=None) | Q(is_default=False, delivers=False, offers_pickup=False),
                name="orders_kitchen_till_cooks_nothing",
            ),
            models.CheckConstraint(condition=Q(delivery_fee__gte=0), name="orders_kitchen_delivery_fee"),
        ]

    def __str__(self) -> str:
        return self.name


class KitchenMember(models.Model):
    """Somebody who works the kitchen's orders."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("cook")
        verbose_name_plural = _("cooks")
        constraints = [models.UniqueConstraint(fields=["kitchen", "person"], name="orders_kitchenmember_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.kitchen_id}"


class KitchenCreator(models.Model):
    """A creator whose meals this kitchen cooks, and no other."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.CASCADE, related_name="+")
    creator = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("creator of a kitchen")
        verbose_name_plural = _("creators of kitchens")

    def __str__(self) -> str:
        return f"{self.creator_id} cooked by {self.kitchen_id}"


class OpeningTime(models.Model):
    """A weekly hour of handing over, in the kitchen's own time; slots are made from it."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.CASCADE, related_name="opening_times")
    fulfilment = models.CharField(_("how"), max_length=10, choices=Fulfilment.choices)
    # Monday is 0, as in `date.weekday()`.
    weekday = models.PositiveSmallIntegerField(_("day of the week"), validators=[MaxValueValidator(6)])
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    capacity = models.PositiveIntegerField(_("orders"), null=True, blank=True)
    closes_minutes_before = models.PositiveIntegerField(_("closes (min before)"), default=60)
    # The window is cut into slots of this length; null makes one slot of it.
    slot_minutes = models.PositiveSmallIntegerField(
        _("length of a slot (min)"), null=True, blank=True, default=60, validators=[MinValueValidator(10)]
    )

    class Meta:
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        constraints = [
            models.UniqueConstraint(
                fields=["kitchen", "fulfilment", "weekday", "starts"], name="orders_openingtime_once"
            ),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="orders_openingtime_forward"),
            models.CheckConstraint(
                condition=Q(slot_minutes=None) | Q(slot_minutes__gte=10), name="orders_openingtime_slot_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen_id} {self.weekday} {self.starts:%H:%M}"


class Slot(ScarceModel):
    """A time of handing over and how many orders fit in. `taken` counts orders."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kitchen = models.ForeignKey(Kitchen, on_delete=models.CASCADE, related_name="slots")
    fulfilment = models.CharField(_("how"), max_length=10, choices=Fulfilment.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    # The last instant at which an order may still take it (ORD-17).
    closes_at = models.DateTimeField(_("closes"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.UniqueConstraint(fields=["kitchen", "fulfilment", "starts_at"], name="orders_slot_once"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="orders_slot_forward"),
            within_capacity("orders_slot_within_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen_id} {self.starts_at:%Y-%m-%d %H:%M}"


class DailyPortions(ScarceModel):
    """How many portions of a meal are cooked for one day of the kitchen; `taken` counts portions sold.

    `planned` is what the kitchen said. `capacity` follows it, but never below what is sold already: a kitchen that
    lowers the number too late is told by how much it is over, and no portion that comes back is sold again.
    """

    planned = models.PositiveIntegerField(_("planned"), null=True, blank=True)
    meal = models.ForeignKey("meals.Meal", on_delete=models.PROTECT, related_name="daily_portions")
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("portions of a day")
        verbose_name_plural = _("portions of a day")
        constraints = [
            models.UniqueConstraint(fields=["meal", "day"], name="orders_dailyportions_once"),
            within_capacity("orders_dailyportions_within_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.meal_id} on {self.day}"

    @property
    def over_by(self) -> int:
        return 0 if self.planned is None else max(self.taken - self.planned, 0)
