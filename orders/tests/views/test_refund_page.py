"""The page that gives money back, where nothing was paid for delivery, and in a language that writes commas."""

from decimal import Decimal

import pytest
from django.urls import reverse

from meals.tests.factories import make_user
from orders.models import KitchenMember, Refund
from orders.tests.factories_money import make_paid_order

pytestmark = pytest.mark.django_db


def at_work(client, order):
    """Somebody of its kitchen in front of the page; returns its address."""
    cook = make_user("cook")
    KitchenMember.objects.create(kitchen=order.kitchen, person=cook)
    client.force_login(cook)
    return reverse("orders:kitchen-refund", args=[order.number])


def test_it_opens_where_delivery_was_free(client):
    page = client.get(at_work(client, make_paid_order(delivery="0.00")))
    assert page.status_code == 200
    assert "Delivery" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_money_goes_back_in_german(client):
    order = make_paid_order()
    address = at_work(client, order)
    client.cookies["django_language"] = "de"
    typed = {f"portions_{order.lines.get(position=1).pk}": "1", "reason": "Angebrannt"}
    for given_back in ("0.00", "9.00"):
        looked = client.post(address, typed, headers={"accept-language": "de"})
        seen = looked.content.decode().split('name="refunded" value="')[1].split('"')[0]
        assert Decimal(seen) == Decimal(given_back)
        sent = client.post(address, typed | {"refunded": seen, "do": "send"}, headers={"accept-language": "de"})
        assert sent.status_code == 302
    assert [refund.amount for refund in Refund.objects.order_by("pk")] == [Decimal("9.00"), Decimal("9.00")]
