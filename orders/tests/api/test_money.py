"""orders/{number}/pay, /refunds, /invoice: works, anonymous, stranger, bad input (ORD-16)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from meals.tests.factories import make_user
from orders.models import KitchenMember, Order, Payment
from orders.tests.factories_money import make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_person():
    def client(person=None):
        found = APIClient()
        if person is not None:
            found.force_authenticate(person)
        return found

    return client


@pytest.fixture
def order(db):
    return make_order(expires_at=timezone.now() + timedelta(minutes=30))


@pytest.fixture
def paid(db):
    return make_paid_order()


def cook_of(order):
    cook = make_user()
    KitchenMember.objects.create(kitchen=order.kitchen, person=cook)
    return cook


def url(order, what):
    return f"/api/v1/orders/{order.number}/{what}"


def test_paying_leads_to_the_bank(as_person, order, settings):
    answer = as_person(order.customer).post(url(order, "pay"))
    payment = Payment.objects.get()
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "id": payment.public_id,
            "provider": "test",
            "status": "created",
            "amount": {"amount": "25.00", "currency": "EUR"},
            "client_secret": None,
            "publishable_key": None,
            "next_url": f"{settings.SITE_URL}/payments/test/{payment.reference}/",
            "return_url": f"{settings.SITE_URL}/orders/{order.number}/payment/",
        },
    )


def test_a_paid_order_is_not_paid_again(as_person, paid):
    answer = as_person(paid.customer).post(url(paid, "pay"))
    assert (answer.status_code, answer.json()["code"]) == (409, "not_payable")


def test_the_kitchen_does_not_pay(as_person, order):
    answer = as_person(cook_of(order)).post(url(order, "pay"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("verb", "what"), [("post", "pay"), ("get", "refunds"), ("post", "refunds"), ("get", "invoice")]
)
def test_nobody_else_learns_of_it(as_person, paid, verb, what):
    assert getattr(as_person(), verb)(url(paid, what)).status_code == 401
    assert getattr(as_person(make_user()), verb)(url(paid, what)).status_code == 404


def test_the_kitchen_refunds_a_portion_and_the_customer_reads_it(as_person, paid):
    body = {"lines": [{"id": 1, "quantity": 1}], "delivery": True, "reason": "It arrived cold."}
    answer = as_person(cook_of(paid)).post(url(paid, "refunds"), body, format="json")
    made = answer.json()
    assert answer.status_code == 201
    assert made | {"id": "", "requested_at": ""} == {
        "id": "",
        "status": "pending",
        "amount": {"amount": "11.50", "currency": "EUR"},
        "delivery": {"amount": "2.50", "currency": "EUR"},
        "lines": [{"id": 1, "quantity": 1, "amount": {"amount": "9.00", "currency": "EUR"}}],
        "reason": "It arrived cold.",
        "requested_at": "",
        "succeeded_at": None,
    }
    assert as_person(paid.customer).get(url(paid, "refunds")).json() == {"refunds": [made]}


def test_the_customer_refunds_nothing(as_person, paid):
    answer = as_person(paid.customer).post(url(paid, "refunds"), {"delivery": True, "reason": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"delivery": True}, 400, "invalid"),
        ({"reason": "x"}, 400, "nothing_chosen"),
        ({"lines": [{"id": 9, "quantity": 1}], "reason": "x"}, 400, "unknown_line"),
        ({"lines": [{"id": 1, "quantity": 3}], "reason": "x"}, 409, "refund_too_large"),
        ({"lines": [{"id": 1, "amount": "18.01"}], "reason": "x"}, 409, "refund_too_large"),
        ({"lines": [{"id": 1}], "reason": "x"}, 400, "amount_needed"),
        ({"sum": 5, "reason": "x"}, 400, "invalid"),
    ],
)
def test_refunds_that_make_no_sense(as_person, paid, body, status, code):
    answer = as_person(cook_of(paid)).post(url(paid, "refunds"), body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_three(as_person, paid, count, django_assert_num_queries):
    cook = as_person(cook_of(paid))
    for _ in range(count):
        body = {"lines": [{"id": 1, "amount": "1.00"}], "reason": "x"}
        assert cook.post(url(paid, "refunds"), body, format="json").status_code == 201
    customer = as_person(paid.customer)
    with django_assert_num_queries(6):
        assert len(customer.get(url(paid, "refunds")).json()["refunds"]) == count


def test_the_invoice_says_all(as_person, paid):
    document = as_person(paid.customer).get(url(paid, "invoice")).json()["documents"][0]
    assert (document["kind"], document["content"]["total"], document["content"]["tax"]) == ("invoice", "25.00", "1.63")
    assert [line["total"] for line in document["content"]["lines"]] == ["18.00", "4.50"]


def test_there_is_no_invoice_before_the_money(as_person, order):
    assert as_person(order.customer).get(url(order, "invoice")).status_code == 404
    assert Order.objects.get().invoices.count() == 0
