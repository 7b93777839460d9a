"""What somebody means to order. A cart is cooked by one kitchen; nothing is taken until it is placed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError, DomainError
from meals.models import Meal
from orders.enums import MAX_QUANTITY, CartState
from orders.errors import UnavailableError
from orders.models import Cart, CartCode, CartItem, Kitchen, Slot
from orders.services.availability import there_to_order
from orders.services.cart_count import note_change
from orders.services.clicks import click_for_cart
from orders.services.kitchens import kitchen_of
from orders.services.slots import require_open
from orders.validators import clean_address, clean_fulfilment, clean_note, clean_quantity

# Different meals in one cart.
MAX_LINES = 40
DETAILS = ("fulfilment", "slot", "address", "note")


def find_cart(*, person: Any, visitor_cart: str = "") -> Cart | None:
    """The open cart of a member, or the visitor's by its public id, without making one."""
    carts = Cart.objects.filter(state=CartState.OPEN)
    if person.pk is not None:
        return carts.filter(owner_id=person.pk).first()
    return carts.filter(owner=None, public_id=visitor_cart).first() if visitor_cart else None


@transaction.atomic
def open_cart(*, person: Any, visitor_cart: str = "", now: datetime) -> Cart:
    """The cart to put things in. A member who still carries a visitor's cart gets what is in it merged into theirs."""
    cart = find_cart(person=person, visitor_cart=visitor_cart) or _new_cart(person)
    if person.pk is not None and visitor_cart:
        merge_carts(into_id=cart.pk, visitor_cart=visitor_cart, now=now)
    return cart


def _new_cart(person: Any) -> Cart:
    if person.pk is None:
        return Cart.objects.create()
    try:
        with transaction.atomic():
            return Cart.objects.create(owner_id=person.pk)
    except IntegrityError:  # another request of the same person was first
        return Cart.objects.get(owner_id=person.pk, state=CartState.OPEN)


@transaction.atomic
def merge_carts(*, into_id: int, visitor_cart: str, now: datetime) -> Cart:
    """Moves what a visitor collected into the cart of the account they signed in to; doing it twice adds nothing.

    Quantities add up to at most MAX_QUANTITY, codes and the click come along. Of two carts of different kitchens the
    one just filled wins: it is what the person is looking at. Locks both carts, the older first.
    """
    other_id = Cart.objects.filter(owner=None, public_id=visitor_cart).values_list("pk", flat=True).first()
    locked = {
        cart.pk: cart
        for cart in Cart.objects.select_for_update(no_key=True).filter(pk__in=[into_id, other_id]).order_by("pk")
    }
    into, other = locked[into_id], locked.get(other_id or 0)
    if other is None or into.state != CartState.OPEN or other.state != CartState.OPEN:
        return into
    if other.items.exists():
        _merge_items(into, other)
        _merge_codes(into, other)
        _take_over_details(into, other)
    note_change(into)
    other.state = CartState.MERGED
    other.save(update_fields=["state", "updated_at"])
    return into


def _merge_items(into: Cart, other: Cart) -> None:
    if into.kitchen_id not in (None, other.kitchen_id):
        into.items.all().delete()
    present = {item.meal_id: item for item in into.items.all()}
    for item in other.items.all():
        same = present.get(item.meal_id)
        if same is None:
            item.cart = into
            item.save(update_fields=["cart"])
        else:
            same.quantity = min(same.quantity + item.quantity, MAX_QUANTITY)
            same.save(update_fields=["quantity"])
            item.delete()


def _merge_codes(into: Cart, other: Cart) -> None:
    codes = [CartCode(cart=into, promo_id=typed.promo_id, typed_at=typed.typed_at) for typed in other.typed_codes.all()]
    CartCode.objects.bulk_create(codes, ignore_conflicts=True)
    other.typed_codes.all().delete()


def _take_over_details(into: Cart, other: Cart) -> None:
    if into.kitchen_id != other.kitchen_id or into.slot_id is None:
        into.slot_id, into.fulfilment = other.slot_id, other.fulfilment
    into.kitchen_id = other.kitchen_id
    into.click_id = other.click_id or into.click_id
    into.address = other.address or into.address
    into.note = other.note or into.note
    into.save()


@transaction.atomic
def add_to_cart(*, cart_id: int, meal_id: int, quantity: int, person: Any, now: datetime, click: str = "") -> CartItem:
    """So many more portions of the meal. `click` is the public id of the click that led here; the last one counts.

    Locks the cart. Raises Meal.DoesNotExist for what the person may not see, UnavailableError for what cannot be
    ordered, ConflictError `other_kitchen` or `no_kitchen`, DomainError on quantities.
    """
    cart = locked_cart(cart_id)
    wanted = clean_quantity(quantity)
    meal = Meal.objects.visible_to(person).get(pk=meal_id)
    if meal.pk not in there_to_order(meal_ids=[meal.pk], customer=person):
        raise UnavailableError(_("This meal cannot be ordered at the moment."), title=meal.title)
    _require_kitchen(cart, meal)
    _remember_click(cart, click, person, now)
    item = cart.items.filter(meal=meal).first()
    if item is None:
        _require_room(cart)
        return CartItem.objects.create(cart=cart, meal=meal, quantity=wanted, added_at=now)
    item.quantity = clean_quantity(item.quantity + wanted)
    item.save(update_fields=["quantity"])
    return item


def to_change() -> "QuerySet[Cart]":
    """Carts locked when read; their kitchen and slot come along, unlocked."""
    return Cart.objects.select_for_update(of=("self",), no_key=True).select_related("kitchen", "slot")


def locked_cart(cart_id: int) -> Cart:
    """To change it. Raises ConflictError for a cart that was ordered meanwhile."""
    cart = to_change().get(pk=cart_id)
    if cart.state != CartState.OPEN:
        raise ConflictError(_("This cart was already ordered."), code="cart_closed")
    note_change(cart)
    return cart


def _require_kitchen(cart: Cart, meal: Meal) -> None:
    kitchen = kitchen_of(meal=meal)
    if cart.kitchen_id == kitchen.pk:
        return
    if cart.kitchen_id is not None and cart.items.exists():
        message = _("“%(meal)s” is cooked by another kitchen than what is in your cart. Order that first, or empty it.")
        raise ConflictError(message % {"meal": meal.title}, code="other_kitchen")
    cart.kitchen, cart.slot = kitchen, None
    if not kitchen.delivers:
        cart.fulfilment = "pickup"
    cart.save(update_fields=["kitchen", "slot", "fulfilment", "updated_at"])


def _remember_click(cart: Cart, public_id: str, person: Any, now: datetime) -> None:
    """Only a click that may still count (AFF-1, AFF-3); one we do not know is nobody's error."""
    found = click_for_cart(public_id=public_id, person=person, now=now) if public_id else None
    if found is not None and found.pk != cart.click_id:
        cart.click = found
        cart.save(update_fields=["click", "updated_at"])


def _require_room(cart: Cart) -> None:
    if cart.items.count() >= MAX_LINES:
        raise DomainError(_("A cart holds up to %d different meals.") % MAX_LINES, code="cart_full")


@transaction.atomic
def change_item(*, cart_id: int, item_id: str, quantity: int) -> CartItem:
    """Sets the quantity of a line. Locks the cart; raises CartItem.DoesNotExist, DomainError, ConflictError."""
    cart = locked_cart(cart_id)
    item = cart.items.get(public_id=item_id)
    item.quantity = clean_quantity(quantity)
    item.save(update_fields=["quantity"])
    return item


@transaction.atomic
def remove_item(*, cart_id: int, item_id: str) -> None:
    """Raises CartItem.DoesNotExist, ConflictError. An empty cart belongs to no kitchen."""
    cart = locked_cart(cart_id)
    cart.items.get(public_id=item_id).delete()
    _leave_kitchen_when_empty(cart)


@transaction.atomic
def empty_cart(*, cart_id: int) -> None:
    cart = locked_cart(cart_id)
    cart.items.all().delete()
    _leave_kitchen_when_empty(cart)


def _leave_kitchen_when_empty(cart: Cart) -> None:
    if not cart.items.exists():
        cart.kitchen = cart.slot = None
        cart.save(update_fields=["kitchen", "slot", "updated_at"])


@transaction.atomic
def set_details(*, cart_id: int, now: datetime, changes: Mapping[str, Any]) -> Cart:
    """`changes` may hold `fulfilment`, `slot` (public id, or empty), `address` and `note`; what is left out stays.

    Locks the cart. Raises DomainError naming the field, ConflictError for a slot that has closed.
    """
    cart = locked_cart(cart_id)
    put_details(cart=cart, changes=changes, now=now)
    cart.save()
    return cart


def put_details(*, cart: Cart, changes: Mapping[str, Any], now: datetime) -> None:
    """The same for whoever has locked the cart, sees that it is open, and saves it: DETAILS are what may change."""
    if "fulfilment" in changes:
        _set_fulfilment(cart, changes["fulfilment"])
    if "slot" in changes:
        cart.slot = _slot(cart, changes["slot"], now)
    if "address" in changes:
        cart.address = clean_address(changes["address"])
    if "note" in changes:
        cart.note = clean_note(changes["note"])


def _set_fulfilment(cart: Cart, value: Any) -> None:
    chosen = clean_fulfilment(value)
    if cart.kitchen is not None and not offers(cart.kitchen, chosen):
        raise DomainError(_("This kitchen does not offer that."), code="not_offered", field="fulfilment")
    if cart.fulfilment != chosen:
        cart.fulfilment, cart.slot = chosen, None


def offers(kitchen: Kitchen, fulfilment: str) -> bool:
    return kitchen.offers_pickup if fulfilment == "pickup" else kitchen.delivers


def _slot(cart: Cart, public_id: str | None, now: datetime) -> Slot | None:
    if not public_id:
        return None
    slot = Slot.objects.filter(public_id=public_id, kitchen=cart.kitchen, fulfilment=cart.fulfilment).first()
    if slot is None:
        raise DomainError(_("Choose one of the times offered."), code="unknown_slot", field="slot")
    require_open(slot, now=now)
    return slot
