"""The kitchen gives money back: chosen, shown as a sum, sent once, and seen by the customer (ORD-15)."""

from decimal import Decimal

import pytest
from django.test import Client

from meals.tests.factories import make_user
from orders.models import KitchenMember, Payment, Refund
from orders.tests.factories_money import make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_paid_order()


def browse(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def cook(order):
    person = make_user("cook")
    KitchenMember.objects.create(kitchen=order.kitchen, person=person)
    return browse(person)


def path(order):
    return f"/kitchen/orders/{order.number}/refund/"


def typed(order, **more):
    first = order.lines.get(position=1)
    return {f"portions_{first.pk}": "1", "delivery": "2.50", "reason": "It came cold"} | more


def test_the_exact_sum_is_shown_before_it_is_sent(cook, order):
    page = cook.get(path(order)).content.decode()
    assert ("€25.00" in page, "2 of 2 portions" in page) == (True, True)
    check = cook.post(path(order), typed(order))
    assert (check.status_code, check.context["amount"], check.context["after"]) == (
        200,
        Decimal("11.50"),
        Decimal("13.50"),
    )
    assert "Refund €11.50" in check.content.decode()
    assert not Refund.objects.exists()


def test_sent_twice_it_goes_back_once(cook, order):
    given = typed(order, do="send", refunded="0.00")
    assert cook.post(path(order), given)["Location"] == order.get_absolute_url()
    again = cook.post(path(order), given)
    assert (again.status_code, Refund.objects.count(), Payment.objects.get().refunded) == (409, 1, Decimal("11.50"))
    assert "refunded meanwhile" in again.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "nan", "sNaN", "Infinity"])
def test_what_was_not_looked_at_is_not_sent(cook, order, seen):
    assert cook.post(path(order), typed(order, do="send", refunded=seen)).status_code == 409
    assert not Refund.objects.exists()


def test_back_from_the_sum_nothing_typed_is_lost(cook, order):
    page = cook.post(path(order), typed(order, do="edit")).content.decode()
    assert ('value="2.50"' in page, "It came cold" in page) == (True, True)


def test_errors_stand_beside_their_fields(cook, order):
    first, second = order.lines.order_by("position")
    answer = cook.post(
        path(order),
        {f"portions_{first.pk}": "3", f"portions_{second.pk}": "1", f"amount_{second.pk}": "1", "delivery": "9"},
    )
    assert answer.status_code == 400
    assert sorted(answer.context["form"].errors) == sorted(
        [f"portions_{first.pk}", f"amount_{second.pk}", "delivery", "reason"]
    )
    assert "Choose what to refund." in cook.post(path(order), {"reason": "x"}).content.decode()


def test_what_the_service_refuses_is_said(cook, order):
    Payment.objects.update(refunded="24.00")
    answer = cook.post(path(order), typed(order, delivery=""))
    assert (answer.status_code, "More than what is left" in answer.content.decode()) == (409, True)


def test_nothing_left(cook, order):
    Payment.objects.update(refunded="25.00")
    assert "All of it has gone back." in cook.get(path(order)).content.decode()


def test_never_paid(mia):
    order = make_order()
    assert "Nothing was paid for this order." in browse(mia).get(path(order)).content.decode()


def test_only_the_kitchen_and_support(order, cook, mia):
    for person in (order.customer, make_user("stranger")):
        assert browse(person).get(path(order)).status_code == 404
        assert browse(person).post(path(order), typed(order, do="send", refunded="0.00")).status_code == 404
    assert Client().get(path(order)).status_code == 302
    assert [client.get(path(order)).status_code for client in (cook, browse(mia))] == [200, 200]


def test_the_customer_sees_it_and_their_page_notices(
    cook, order, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    customer = browse(order.customer)
    live = f"/orders/{order.number}/live/"
    tag = customer.get(live)["ETag"]
    assert customer.get(live, headers={"If-None-Match": tag}).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        cook.post(path(order), typed(order, do="send", refunded="0.00"))
    moved = customer.get(live, headers={"If-None-Match": tag})
    page = moved.content.decode()
    note = Refund.objects.get().credit_note.number
    assert (moved.status_code, "€11.50" in page, note in page, "It came cold" in page) == (200, True, True, True)
    assert ("Give money back" in page, "Give money back" in cook.get(live).content.decode()) == (False, True)
