"""Kitchens, carts, codes and orders for tests of codes, as rows."""

from decimal import Decimal
from itertools import count

from django.utils import timezone
from djmoney.money import Money

from meals.tests.factories import NOW, make_creator, make_meal, make_user
from orders.models import Cart, CartItem, Kitchen, Order, OrderLine, PromoCode

__all__ = ["NOW", "make_cart", "make_code", "make_creator", "make_dish", "make_kitchen", "make_order", "make_user"]
_numbers = count(1)


def make_kitchen(**given) -> Kitchen:
    defaults = {"name": "Test kitchen", "currency": "EUR", "delivery_fee": Decimal("3.00")}
    return Kitchen.objects.create(**defaults | given)


def make_dish(creator=None, price: str = "10.00", **content):
    creator = creator or make_creator()
    return make_meal(creator, f"Dish {next(_numbers)}", publish=True, price=Money(price, "EUR"), **content)


def make_cart(*dishes, owner=None, kitchen=None, quantity: int = 1, **given) -> Cart:
    cart = Cart.objects.create(owner=owner, kitchen=kitchen or make_kitchen(), **given)
    for dish in dishes:
        CartItem.objects.create(cart=cart, meal=dish, quantity=quantity, added_at=NOW)
    return cart


def make_code(code: str = "", **given) -> PromoCode:
    meals, tags = given.pop("meals", ()), given.pop("tags", ())
    kind = "percent" if "percent" in given else "fixed" if "amount" in given else "free_delivery"
    defaults = {"code": code or f"CODE{next(_numbers)}", "kind": kind}
    promo = PromoCode.objects.create(**defaults | given)
    promo.meals.set(meals)
    promo.tags.set(tags)
    promo.refresh_from_db()
    return promo


def make_order(cart: Cart, quote, customer, **given) -> tuple[Order, dict[int, OrderLine]]:
    """As placing writes it; the lines by the keys of the quote's."""
    now = timezone.now()
    order = Order.objects.create(
        **{
            "customer": customer,
            "customer_name": customer.name,
            "customer_email": customer.email,
            "kitchen": cart.kitchen,
            "cart": cart,
            "fulfilment": cart.fulfilment,
            "slot_starts_at": now,
            "slot_ends_at": now,
            "day": now.date(),
            "currency": quote.currency,
            "subtotal": quote.subtotal,
            "discount": quote.discount,
            "delivery": quote.delivery,
            "delivery_discount": quote.delivery_discount,
            "tax": quote.tax,
            "tax_rate": cart.kitchen.tax_rate,
            "total": quote.total,
            "placed_at": now,
            "expires_at": now,
        }
        | given
    )
    lines = {
        part.line.key: OrderLine.objects.create(
            order=order,
            position=position,
            meal_id=part.line.meal_id,
            creator_id=part.line.creator_id,
            title=part.line.title,
            unit_price=part.line.unit_price,
            quantity=part.line.quantity,
            discount=part.discount,
            tax=part.tax,
            total=part.total,
        )
        for position, part in enumerate(quote.lines)
    }
    return order, lines
