"""Creators, links, clicks and paid orders for tests of the affiliate program."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from meals.tests.factories import make_creator, make_meal, make_user
from orders.enums import ClickKind, Fulfilment, OrderStatus, PaymentStatus
from orders.models import AffiliateLink, Click, Kitchen, Order, OrderLine, Payment

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"

__all__ = ["make_creator", "make_meal", "make_user"]


def make_kitchen(**fields) -> Kitchen:
    return Kitchen.objects.filter(is_default=True).first() or Kitchen.objects.create(
        **{"name": "Main kitchen", "is_default": True} | fields
    )


def make_link(creator, code="soup", **fields) -> AffiliateLink:
    given = {"path": "/meals/"} if "meal" not in fields else {}
    return AffiliateLink.objects.create(creator=creator, code=code, **given | fields)


def make_click(link, *, person=None, at=NOW, kind=ClickKind.PERSON, **fields) -> Click:
    return Click.objects.create(link=link, person=person, clicked_at=at, kind=kind, **fields)


def make_order(customer, meals, *, placed_at=NOW, quantity=1, **fields) -> Order:
    """Each meal costs 10.70, of which 0.70 is tax; quantity portions of each."""
    kitchen = fields.pop("kitchen", None) or make_kitchen()
    price, tax = Decimal("10.70"), Decimal("0.70")
    total = price * quantity * len(meals)
    order = Order.objects.create(
        **{
            "customer": customer,
            "customer_name": customer.name,
            "customer_email": customer.email,
            "kitchen": kitchen,
            "fulfilment": Fulfilment.PICKUP,
            "slot_starts_at": placed_at + timedelta(days=1),
            "slot_ends_at": placed_at + timedelta(days=1, hours=1),
            "day": (placed_at + timedelta(days=1)).date(),
            "currency": "EUR",
            "subtotal": total,
            "tax": tax * quantity * len(meals),
            "tax_rate": Decimal("0.07"),
            "total": total,
            "placed_at": placed_at,
            "expires_at": placed_at + timedelta(minutes=30),
        }
        | fields
    )
    for position, meal in enumerate(meals):
        OrderLine.objects.create(
            order=order,
            position=position,
            meal=meal,
            creator=meal.creator,
            title=meal.title,
            unit_price=price,
            quantity=quantity,
            tax=tax * quantity,
            total=price * quantity,
        )
    return order


def pay(order, *, fingerprint="", at=NOW) -> Payment:
    """As a provider would leave it: captured, and the order paid."""
    order.status, order.paid_at = OrderStatus.PAID, at
    order.save(update_fields=["status", "paid_at"])
    return Payment.objects.create(
        order=order,
        provider="test",
        status=PaymentStatus.SUCCEEDED,
        amount=order.total,
        currency=order.currency,
        captured=order.total,
        fingerprint=fingerprint,
        succeeded_at=at,
    )


def complete(order, *, at=NOW) -> None:
    order.status, order.completed_at = OrderStatus.COMPLETED, at
    order.save(update_fields=["status", "completed_at"])
