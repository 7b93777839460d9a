"""The same again: what an order held goes into the cart, as far as it can still be had."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from fitfoodie.common.errors import DomainError
from meals.models import Meal
from orders.enums import MAX_QUANTITY, OrderFulfilment
from orders.models import Cart, Order
from orders.services.cart import add_to_cart, open_cart


@dataclass(frozen=True)
class Reordered:
    """`missing` are the titles of what could not be put in, each with why."""

    cart: Cart
    added: int
    missing: tuple[tuple[str, str], ...]


@transaction.atomic
def reorder(*, order_id: int, customer: User, now: datetime) -> Reordered:
    """Raises Order.DoesNotExist for another's order and for that of a seat. Prices are those of today."""
    order = Order.objects.filter(customer=customer).exclude(fulfilment=OrderFulfilment.CLASS).get(pk=order_id)
    cart = open_cart(person=customer, now=now)
    added, missing = 0, []
    for line in order.lines.exclude(meal=None):
        why = _put(cart, int(line.meal_id or 0), min(line.quantity, MAX_QUANTITY), customer, now)
        if why is None:
            added += 1
        else:
            missing.append((line.title, why))
    return Reordered(cart, added, tuple(missing))


def _put(cart: Cart, meal_id: int, quantity: int, customer: User, now: datetime) -> str | None:
    try:
        with transaction.atomic():
            add_to_cart(cart_id=cart.pk, meal_id=meal_id, quantity=quantity, person=customer, now=now)
    except Meal.DoesNotExist:
        return "unavailable"
    except DomainError as error:
        return error.code
    return None
