"""Many at once, with real threads and real transactions on PostgreSQL (ORD-14, ORD-15)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections

from fitfoodie.common.errors import ConflictError
from meals.tests.factories import make_user
from orders.models import DocumentSeries, Invoice, KitchenMember, Movement, Order, Payment, ProviderEvent, Refund
from orders.providers.test import events
from orders.providers.test.provider import use_card
from orders.selectors.ledger import verify_ledger
from orders.services.provider_events import handle_provider_event
from orders.services.refunds import refund_order
from orders.tests.factories_money import GOOD, NOW, make_kitchen, make_order, make_paid_order, pay, start

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def at_once(calls):
    """The results, or the refusals, of all calls carried out side by side."""

    def run(call):
        try:
            return call()
        except ConflictError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=20) as pool:
        return list(pool.map(run, calls))


def test_twenty_refunds_at_once_never_exceed_the_capture():
    """Each wants 2 of 10 portions: five are made, and not a cent more than was captured goes back."""
    order = make_paid_order(lines=[(10, "3.33")], delivery="0")
    cook = make_user("cook")
    KitchenMember.objects.create(kitchen=order.kitchen, person=cook)
    line = order.lines.get()
    call = partial(
        refund_order,
        order_id=order.pk,
        lines=[{"line": line.pk, "quantity": 2}],
        delivery=False,
        actor=cook,
        reason="",
        now=NOW,
    )
    results = at_once([call] * 20)
    payment = Payment.objects.get()
    assert (results.count("refund_too_large"), Refund.objects.filter(status="succeeded").count()) == (15, 5)
    assert (payment.refunded, payment.captured, payment.refundable) == (order.total, order.total, 0)
    assert verify_ledger() == []


def test_two_refunds_of_the_whole_are_one():
    order = make_paid_order()
    line = order.lines.get(position=1)
    whole = {"lines": [{"line": line.pk, "quantity": 2}], "delivery": True, "actor": None, "reason": "", "now": NOW}
    results = at_once([partial(refund_order, order_id=order.pk, **whole)] * 2)
    assert [result for result in results if isinstance(result, str)] == ["refund_too_large"]
    assert (Refund.objects.count(), verify_ledger()) == (1, [])


def test_one_message_delivered_twenty_times_at_once_acts_once():
    order = make_order()
    payment = start(order)
    use_card(payment.reference, GOOD)
    body, headers = events.signed("charge.succeeded", payment.reference, event_id="evt_1")
    at_once([partial(handle_provider_event, provider="test", body=body, headers=headers, now=NOW)] * 20)
    assert (ProviderEvent.objects.count(), Movement.objects.count(), Invoice.objects.count()) == (1, 1, 1)
    assert (Order.objects.get().status, verify_ledger()) == ("paid", [])


def test_twenty_different_messages_at_once_pay_once():
    order = make_order()
    payment = start(order)
    use_card(payment.reference, GOOD)
    signed = [events.signed("charge.updated", payment.reference) for _ in range(20)]
    at_once(
        [partial(handle_provider_event, provider="test", body=body, headers=sent, now=NOW) for body, sent in signed]
    )
    assert (ProviderEvent.objects.count(), Movement.objects.count(), Invoice.objects.count()) == (20, 1, 1)


def test_one_start_by_many_is_one_payment():
    order = make_order()
    at_once([partial(start, order)] * 10)
    assert Payment.objects.count() == 1


def test_numbers_of_parallel_invoices_have_no_gap():
    kitchen = make_kitchen()
    orders = [make_order(kitchen=kitchen, lines=[(1, "5.00")]) for _ in range(10)]
    at_once([partial(pay, order) for order in orders])
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"R{kitchen.pk}-2026-{count:05d}" for count in range(1, 11)]
    assert DocumentSeries.objects.get().last == 10
