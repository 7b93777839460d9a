"""A kitchen that is open, meals that can be ordered, and orders at any step, made by the services everybody uses."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from djmoney.money import Money

from meals.models import Meal
from meals.tests.factories import make_creator, make_meal, make_moderator, make_user
from orders.enums import ClickKind, Fulfilment, OrderStatus
from orders.models import Cart, CartCode, Click, Kitchen, KitchenMember, OpeningTime, Order, Slot
from orders.services import cart as carts
from orders.services.moves import locked_order, mark_paid, move_order
from orders.services.placing import place_order
from orders.services.slots import make_slots

__all__ = ["make_creator", "make_moderator", "make_user"]

# A Monday morning.
NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
ADDRESS = {"name": "Sam", "street": "Linden 1", "postcode": "10115", "city": "Berlin"}


def make_kitchen(
    name: str = "Main kitchen", *, is_default: bool = True, capacity: int | None = 10, **fields
) -> Kitchen:
    """Open daily from 11 to 14, for delivery and pickup, with its slots made."""
    given = {"time_zone": "Europe/Berlin", "delivery_fee": Decimal("2.50")} | fields
    kitchen = Kitchen.objects.create(name=name, is_default=is_default, **given)
    for fulfilment in Fulfilment.values:
        for weekday in range(7):
            OpeningTime.objects.create(
                kitchen=kitchen,
                fulfilment=fulfilment,
                weekday=weekday,
                starts=time(11),
                ends=time(14),
                capacity=capacity,
            )
    make_slots(kitchen=kitchen, now=NOW)
    return kitchen


def make_cook(kitchen: Kitchen, handle: str = "", **fields) -> Any:
    cook = make_user(handle, **fields)
    KitchenMember.objects.create(kitchen=kitchen, person=cook)
    return cook


def make_dish(creator: Any, title: str = "Lentil soup", *, price: str = "8.00", portions: int | None = None) -> Meal:
    """A public meal with a price."""
    return make_meal(creator, title, publish=True, price=Money(price, "EUR"), portions_per_day=portions)


def first_slot(kitchen: Kitchen, fulfilment: str = Fulfilment.DELIVERY) -> Slot:
    return Slot.objects.filter(kitchen=kitchen, fulfilment=fulfilment).order_by("starts_at")[0]


def filled_cart(customer: Any, meals: Any, *, quantity: int = 1, slot: Slot | None = None, now: datetime = NOW) -> Cart:
    """The customer's cart, ready to be placed."""
    cart = carts.open_cart(person=customer, now=now)
    for meal in meals:
        carts.add_to_cart(cart_id=cart.pk, meal_id=meal.pk, quantity=quantity, person=customer, now=now)
    cart.refresh_from_db()
    chosen = slot or first_slot(cart.kitchen)
    changes = {"fulfilment": chosen.fulfilment, "slot": chosen.public_id, "address": ADDRESS}
    return carts.set_details(cart_id=cart.pk, now=now, changes=changes)


def make_order(customer: Any, meals: Any, *, quantity: int = 1, now: datetime = NOW, paid: bool = False) -> Order:
    cart = filled_cart(customer, meals, quantity=quantity, now=now)
    order = place_order(cart_id=cart.pk, customer=customer, now=now)
    return pay(order, now=now) if paid else order


def pay(order: Order, *, now: datetime = NOW) -> Order:
    """As if the money had arrived."""
    with transaction.atomic():
        locked = locked_order(order.pk)
        mark_paid(order=locked, now=now)
    return locked


_WAY = (OrderStatus.ACCEPTED, OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.OUT_FOR_DELIVERY)


def moved_to(order: Order, to: OrderStatus, *, cook: Any, now: datetime = NOW + timedelta(minutes=5)) -> Order:
    """Along the way of a delivery, step by step, as far as `to`."""
    for step in (*_WAY, OrderStatus.COMPLETED):
        order = move_order(order_id=order.pk, to=step, actor=cook, now=now)
        if step == to:
            return order
    raise ValueError(to)


def make_slots_now(kitchen: Kitchen, fulfilment: str = Fulfilment.DELIVERY) -> Slot:
    """For doors that ask the clock themselves: the slots of the days from now on, and one that can be chosen."""
    now = timezone.now()
    make_slots(kitchen=kitchen, now=now)
    slots = Slot.objects.filter(kitchen=kitchen, fulfilment=fulfilment, closes_at__gt=now + timedelta(hours=1))
    return slots.order_by("starts_at")[0]


def with_code_and_click(person, dishes, promo, link):
    """A cart in which both stand."""
    cart = filled_cart(person, dishes)
    CartCode.objects.create(cart=cart, promo=promo, typed_at=NOW)
    cart.click = Click.objects.create(link=link, kind=ClickKind.PERSON, clicked_at=NOW)
    cart.save()
    return cart
