from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from orders.enums import MAX_QUANTITY, CartState, Fulfilment
from orders.models.kitchen import Kitchen, Slot
from orders.models.promo import PromoCode


class Cart(TimestampedModel):
    """What somebody means to order. A visitor's is found by its id in their session, and merged when they sign in."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="carts"
    )
    state = models.CharField(max_length=8, choices=CartState.choices, default=CartState.OPEN)
    # That of the first meal; a cart is cooked by one kitchen.
    kitchen = models.ForeignKey(Kitchen, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fulfilment = models.CharField(_("how"), max_length=10, choices=Fulfilment.choices, default=Fulfilment.DELIVERY)
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    address = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("note for the kitchen"), max_length=500, blank=True)
    # The click that led here, kept with the cart so that no cookie is needed for it (AFF-5).
    click = models.ForeignKey("orders.Click", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    codes = models.ManyToManyField(PromoCode, through="orders.CartCode", related_name="+")

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state="open", owner__isnull=False), name="orders_cart_one_open_each"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at"], condition=Q(state="open", owner=None), name="orders_cart_of_visitors")
        ]

    def __str__(self) -> str:
        return self.public_id


class CartItem(models.Model):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    meal = models.ForeignKey("meals.Meal", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(
        _("portions"), validators=[MinValueValidator(1), MaxValueValidator(MAX_QUANTITY)]
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "meal"], name="orders_cartitem_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY), name="orders_cartitem_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.meal_id}"


class CartCode(models.Model):
    """A code typed into a cart. It is not used up until the order is placed (ORD-7)."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="typed_codes")
    promo = models.ForeignKey(PromoCode, on_delete=models.CASCADE, related_name="+")
    typed_at = models.DateTimeField()

    class Meta:
        ordering = ["typed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["cart", "promo"], name="orders_cartcode_once")]

    def __str__(self) -> str:
        return f"{self.promo_id} in {self.cart_id}"
