"""Orders that wait for money, and the ways they get it, by the services that do it outside of tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from meals.tests.factories import make_creator, make_meal, make_user
from orders.enums import Funder, OrderStatus, PromoKind
from orders.models import Kitchen, LineDiscount, Order, OrderLine, Payment, PromoCode, Redemption
from orders.providers.test import events
from orders.providers.test.provider import use_card
from orders.services import payments
from orders.services.provider_events import handle_provider_event

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TAX = Decimal("0.07")
GOOD, ASKS, BROKE, LATE = "4242424242424242", "4000002500003155", "4000000000009995", "5555555555554444"
_numbers = count(1)


def make_kitchen(**fields) -> Kitchen:
    given = {"name": "House kitchen", "address": "1 Stove Street", "email": "k@example.test", "tax_number": "DE1"}
    return Kitchen.objects.create(**given | fields)


def make_order(customer=None, *, lines=((2, "9.00"), (1, "4.50")), delivery="2.50", kitchen=None, **fields) -> Order:
    """Each of `lines` is portions, price and, if given, what a code takes off and who pays for that."""
    kitchen = kitchen or make_kitchen()
    creator = make_creator()
    rows = [(quantity, Decimal(price), *(rest or (Decimal(0), None))) for quantity, price, *rest in lines]
    rows = [(quantity, price, Decimal(off), code) for quantity, price, off, code in rows]
    subtotal = sum((quantity * price for quantity, price, _off, _code in rows), Decimal(0))
    discount = sum((off for _quantity, _price, off, _code in rows), Decimal(0))
    total = subtotal - discount + Decimal(delivery)
    taxes = [_tax(quantity * price - off) for quantity, price, off, _code in rows]
    given = {
        "customer": customer or make_user(),
        "customer_name": "Ada",
        "customer_email": "ada@example.test",
        "kitchen": kitchen,
        "fulfilment": "delivery",
        "slot_starts_at": NOW + timedelta(days=1),
        "slot_ends_at": NOW + timedelta(days=1, hours=1),
        "day": (NOW + timedelta(days=1)).date(),
        "address": {"street": "2 Elm Street", "city": "Bonn"},
        "currency": "EUR",
        "subtotal": subtotal,
        "discount": discount,
        "delivery": Decimal(delivery),
        "tax": sum(taxes, _tax(Decimal(delivery))),
        "tax_rate": TAX,
        "total": total,
        "placed_at": NOW,
        "expires_at": NOW + timedelta(minutes=30),
    } | fields
    order = Order.objects.create(**given)
    for position, ((quantity, price, off, code), tax) in enumerate(zip(rows, taxes, strict=True), start=1):
        meal = make_meal(creator, f"Meal {next(_numbers)}", publish=True)
        line = OrderLine.objects.create(
            order=order,
            position=position,
            meal=meal,
            creator=creator,
            title=meal.title,
            unit_price=price,
            quantity=quantity,
            discount=off,
            tax=tax,
            total=quantity * price - off,
        )
        if off:
            _redeem(order, line, code, off)
    return Order.objects.get(pk=order.pk)


def make_code(funder=Funder.PLATFORM, creator=None, **fields) -> PromoCode:
    given = {"code": f"CODE{next(_numbers)}", "kind": PromoKind.PERCENT, "percent": 10}
    return PromoCode.objects.create(funder=funder, creator=creator, **given | fields)


def _redeem(order, line, code, off) -> None:
    redemption, _created = Redemption.objects.get_or_create(
        promo=code, order=order, defaults={"customer": order.customer, "amount": 0, "redeemed_at": NOW}
    )
    LineDiscount.objects.create(line=line, redemption=redemption, amount=off, funder=code.funder)


def _tax(gross: Decimal) -> Decimal:
    return (gross * TAX / (1 + TAX)).quantize(Decimal("0.01"))


def start(order: Order, *, now: datetime = NOW) -> Payment:
    return payments.start_payment(order_id=order.pk, actor=order.customer, now=now, provider="test")


def tell(payment: Payment, *, now: datetime = NOW, event_id: str = ""):
    """The bank's signed message about the payment as it now stands."""
    body, headers = events.signed("charge.updated", payment.reference, event_id=event_id)
    return handle_provider_event(provider="test", body=body, headers=headers, now=now)


def pay(order: Order, *, card: str = GOOD, now: datetime = NOW) -> Payment:
    """Started, the card used, the bank's message handled."""
    payment = start(order, now=now)
    use_card(payment.reference, card)
    tell(payment, now=now)
    return Payment.objects.get(pk=payment.pk)


def make_paid_order(customer=None, **kwargs) -> Order:
    order = make_order(customer, **kwargs)
    pay(order)
    return Order.objects.get(pk=order.pk)


def expire(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.EXPIRED, released_at=NOW)
