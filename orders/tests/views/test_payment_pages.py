"""The pages of paying: pay, test bank, result, invoice; for the customer, and for nobody else (ORD-16)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meals.tests.factories import make_user
from orders.enums import OrderStatus, PaymentStatus
from orders.models import Order, Payment
from orders.tests.factories_money import ASKS, BROKE, GOOD, LATE, make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db):
    return make_order(expires_at=timezone.now() + timedelta(minutes=30))


@pytest.fixture
def customer(client, order):
    client.force_login(order.customer)
    return client


def url(order, what):
    return f"/orders/{order.number}/{what}/"


def to_bank(customer, order):
    return customer.post(url(order, "pay")).url


def shown(customer, order):
    return customer.get(url(order, "payment")).content.decode()


def test_from_the_button_to_the_paid_order(customer, order):
    assert "Pay €25.00" in customer.get(url(order, "pay")).content.decode()
    bank = to_bank(customer, order)
    assert "Test bank" in customer.get(bank).content.decode()
    answer = customer.post(bank, {"card": GOOD})
    assert (answer.status_code, answer.url) == (302, url(order, "payment"))
    assert "Paid. Thank you!" in shown(customer, order)
    assert customer.get(url(order, "pay")).url == url(order, "payment")
    assert "This payment is closed" in customer.get(bank).content.decode()


def test_the_bank_asks_first(customer, order):
    bank = to_bank(customer, order)
    assert customer.post(bank, {"card": ASKS}).url == bank
    assert "Is it you who pays?" in customer.get(bank).content.decode()
    assert "One step is missing" in shown(customer, order)
    customer.post(bank, {"confirm": "yes"})
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_declined_card_offers_another_try(customer, order):
    bank = to_bank(customer, order)
    customer.post(bank, {"card": BROKE})
    assert "insufficient funds" in shown(customer, order)
    assert "The last try did not work" in customer.get(url(order, "pay")).content.decode()
    assert to_bank(customer, order) == bank


def test_a_late_message_is_waited_for(customer, order, monkeypatch):
    bank = to_bank(customer, order)
    Payment.objects.update(status=PaymentStatus.PROCESSING)
    assert "Waiting for your bank" in shown(customer, order)
    part = customer.get(url(order, "payment"), headers={"HX-Request": "true"}).content.decode()
    assert (part.startswith('<div id="payment"'), "hx-trigger" in part) == (True, True)
    customer.post(bank, {"card": LATE})
    assert "Paid. Thank you!" in shown(customer, order)


def test_a_card_the_bank_does_not_know(customer, order):
    answer = customer.post(to_bank(customer, order), {"card": "1"})
    assert (answer.status_code, "does not know that card" in answer.content.decode()) == (400, True)


def test_an_order_that_is_over_says_so(customer, order):
    Order.objects.update(status=OrderStatus.EXPIRED)
    assert "This order is over" in shown(customer, order)
    Order.objects.update(status=OrderStatus.PENDING_PAYMENT, expires_at=timezone.now())
    assert "Not paid yet" in shown(customer, order)
    assert customer.post(url(order, "pay")).url == url(order, "pay")


def test_money_that_goes_back_and_money_that_does_not_fit_say_so(customer, order):
    to_bank(customer, order)
    Payment.objects.update(status="succeeded", captured=25, is_surplus=True)
    assert "Your money goes back" in shown(customer, order)
    Payment.objects.update(status="flagged")
    assert "We are looking into it" in shown(customer, order)


@pytest.mark.parametrize("what", ["pay", "pay/card", "payment", "invoice"])
def test_strangers_find_nothing_and_visitors_sign_in(client, order, what):
    assert client.get(url(order, what)).status_code == 302
    client.force_login(make_user())
    assert client.get(url(order, what)).status_code == 404


def test_the_bank_knows_only_who_pays(client, order):
    client.force_login(order.customer)
    bank = to_bank(client, order)
    client.force_login(make_user())
    assert client.get(bank).status_code == 404


def test_the_invoice_is_a_page_to_print(client):
    order = make_paid_order()
    client.force_login(order.customer)
    page = client.get(url(order, "invoice")).content.decode()
    assert (order.invoices.get().number in page, "€25.00" in page, "DE1" in page) == (True, True, True)


def test_before_the_money_there_is_no_invoice(customer, order):
    assert "No invoice yet" in customer.get(url(order, "invoice")).content.decode()


def test_stripes_page_alone_may_load_from_stripe(customer, order):
    assert "js.stripe.com" not in customer.get(url(order, "pay"))["Content-Security-Policy"]
    assert customer.get(url(order, "pay/card")).url == url(order, "pay")
    to_bank(customer, order)
    page = customer.get(url(order, "pay/card"))
    assert "https://js.stripe.com" in page["Content-Security-Policy"]
