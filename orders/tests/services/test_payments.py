"""F71, ORD-9, ORD-13, ORD-14: from an order that waits for money to one that has it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fitfoodie.common.errors import NotAllowedError
from fitfoodie.events.models import Event
from meals.tests.factories import make_user
from orders.enums import OrderStatus, PaymentStatus, RefundStatus
from orders.models import Entry, Movement, Order, Payment, ProviderEvent, Refund, TrialCharge
from orders.providers.base import ProviderRefusedError, SignatureError
from orders.providers.test import events
from orders.providers.test.provider import PROVIDER, confirm, use_card
from orders.selectors.ledger import verify_ledger
from orders.services.payments import NotPayableError, check_open_payments, next_step, refresh_payment
from orders.services.provider_events import UNKNOWN, handle_provider_event
from orders.tests.factories_money import ASKS, BROKE, GOOD, LATE, NOW, expire, make_order, pay, start, tell

pytestmark = pytest.mark.django_db


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def facts(name):
    return list(Event.objects.filter(name=name).order_by("pk").values_list("data", flat=True))


def test_a_good_card_pays_the_order():
    order = make_order()
    payment = pay(order)
    assert (payment.status, payment.captured, payment.is_surplus) == ("succeeded", Decimal("25.00"), False)
    assert (payment.succeeded_at, payment.fingerprint[:5]) == (NOW, "test_")
    assert status_of(order) == OrderStatus.PAID
    assert verify_ledger() == []


def test_facts_of_a_payment():
    order = make_order()
    payment = pay(order)
    about = {"payment_id": payment.pk, "order_id": order.pk, "provider": "test", "amount": "25.00", "currency": "EUR"}
    assert facts("orders.payment.started") == [about]
    assert facts("orders.payment.succeeded") == [about | {"is_surplus": False}]


def test_confirmation_by_the_bank_comes_first():
    order = make_order()
    payment = pay(order, card=ASKS)
    assert (payment.status, status_of(order)) == (PaymentStatus.REQUIRES_ACTION, OrderStatus.PENDING_PAYMENT)
    confirm(payment.reference, is_me=True)
    tell(payment)
    assert status_of(order) == OrderStatus.PAID


def test_who_is_not_confirmed_does_not_pay():
    order = make_order()
    payment = pay(order, card=ASKS)
    confirm(payment.reference, is_me=False)
    tell(payment)
    payment.refresh_from_db()
    assert (payment.status, payment.failure) == (PaymentStatus.FAILED, "The bank declined: not confirmed.")
    assert status_of(order) == OrderStatus.PENDING_PAYMENT


def test_a_declined_card_may_be_followed_by_another_on_the_same_payment():
    order = make_order()
    declined = pay(order, card=BROKE)
    assert (declined.status, declined.failure) == ("failed", "The bank declined: insufficient funds.")
    assert [fact["reason"] for fact in facts("orders.payment.failed")] == [declined.failure]
    paid = pay(order, card=GOOD)
    assert (paid.pk, paid.status, paid.failure) == (declined.pk, "succeeded", "")
    assert status_of(order) == OrderStatus.PAID


def test_a_message_that_never_comes_is_made_up_for_by_asking():
    order = make_order()
    payment = start(order)
    use_card(payment.reference, LATE)
    assert check_open_payments(now=payment.updated_at + timedelta(minutes=1)) == 0
    assert check_open_payments(now=payment.updated_at + timedelta(minutes=3)) == 1
    assert status_of(order) == OrderStatus.PAID


def test_the_open_payment_of_an_order_that_is_over_is_given_up():
    order = make_order()
    payment = start(order)
    expire(order)
    refresh_payment(payment_id=payment.pk, now=NOW)
    payment.refresh_from_db()
    assert (payment.status, TrialCharge.objects.get().status) == ("cancelled", "cancelled")
    with pytest.raises(ProviderRefusedError):
        use_card(payment.reference, GOOD)


def test_a_payment_that_never_reached_the_provider_is_left_alone():
    order = make_order()
    payment = Payment.objects.create(order=order, provider="test", amount=order.total, currency="EUR")
    assert refresh_payment(payment_id=payment.pk, now=NOW).status == PaymentStatus.CREATED


def test_started_twice_is_one_payment():
    order = make_order()
    assert start(order).pk == start(order).pk
    assert (Payment.objects.count(), TrialCharge.objects.count()) == (1, 1)


def test_a_start_that_broke_off_goes_on_with_the_same_charge():
    order = make_order()
    payment = start(order)
    Payment.objects.update(reference="")
    assert start(order).reference == payment.reference


def test_only_who_ordered_pays():
    order = make_order()
    order.customer = make_user()
    with pytest.raises(NotAllowedError):
        start(order)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": OrderStatus.CANCELLED}, "cancelled"),
        ({"status": OrderStatus.PAID}, "paid"),
        ({"status": OrderStatus.EXPIRED}, "expired"),
        ({"expires_at": NOW}, "pending_payment"),
    ],
)
def test_what_cannot_be_paid_is_refused(fields, status):
    order = make_order(**fields)
    with pytest.raises(NotPayableError) as refusal:
        start(order)
    assert (refusal.value.code, refusal.value.stands) == ("not_payable", status)


def test_the_next_step_is_the_page_of_the_bank():
    payment = start(make_order())
    assert next_step(payment=payment).url == f"/payments/test/{payment.reference}/"


# --- messages: replayed, reordered, forged (ORD-14)


def test_a_message_acts_once():
    order = make_order()
    payment = start(order)
    use_card(payment.reference, GOOD)
    assert tell(payment, event_id="evt_1").pk == tell(payment, event_id="evt_1").pk
    assert (ProviderEvent.objects.count(), Movement.objects.count()) == (1, 1)


def test_further_messages_about_a_paid_payment_change_nothing():
    order = make_order()
    payment = pay(order)
    assert tell(payment).outcome == "as it was"
    assert Movement.objects.count() == 1


def test_a_forged_message_is_not_read():
    payment = start(make_order())
    body, headers = events.signed("charge.succeeded", payment.reference)
    for wrong in ({}, {events.HEADER: "0" * 64}):
        with pytest.raises(SignatureError):
            handle_provider_event(provider="test", body=body, headers=wrong, now=NOW)
    with pytest.raises(SignatureError):
        handle_provider_event(provider="test", body=body + b" ", headers=headers, now=NOW)
    assert ProviderEvent.objects.count() == 0


def test_a_message_says_nothing_by_itself():
    """It claims success; the bank's books say otherwise."""
    order = make_order()
    payment = start(order)
    body, headers = events.signed("charge.succeeded", payment.reference)
    assert handle_provider_event(provider="test", body=body, headers=headers, now=NOW).outcome == "as it was"
    assert status_of(order) == OrderStatus.PENDING_PAYMENT


def test_a_message_about_nothing_of_ours_is_kept():
    body, headers = events.signed("charge.succeeded", "test_elsewhere")
    assert handle_provider_event(provider="test", body=body, headers=headers, now=NOW).outcome == UNKNOWN


# --- money that does not fit (ORD-13)


@pytest.mark.parametrize(
    ("charge", "captured", "text"),
    [
        ({"captured": Decimal("24.99")}, Decimal("24.99"), "24.99 EUR instead of 25.00 EUR"),
        ({"captured": Decimal("25.00"), "currency": "USD"}, Decimal(0), "25.00 USD instead of 25.00 EUR"),
    ],
)
def test_the_wrong_amount_or_currency_is_flagged_and_pays_nothing(charge, captured, text):
    order = make_order()
    payment = start(order)
    TrialCharge.objects.update(status="succeeded", **charge)
    assert tell(payment).outcome == f"flagged: {text}"
    payment.refresh_from_db()
    assert (payment.status, payment.captured, payment.is_surplus) == (PaymentStatus.FLAGGED, captured, True)
    assert status_of(order) == OrderStatus.PENDING_PAYMENT
    assert [fact["captured"] for fact in facts("orders.payment.flagged")] == [str(charge["captured"])]
    assert verify_ledger() == []


def test_money_for_an_expired_order_revives_it():
    order = make_order()
    payment = start(order)
    expire(order)
    use_card(payment.reference, GOOD)
    assert tell(payment).outcome == "order paid"
    assert (status_of(order), verify_ledger()) == (OrderStatus.PAID, [])


def test_money_for_an_order_that_cannot_come_back_goes_back(django_capture_on_commit_callbacks):
    order = make_order(status=OrderStatus.PENDING_PAYMENT)
    payment = start(order)
    expire(order)
    Order.objects.update(slot_ends_at=NOW - timedelta(hours=1))
    use_card(payment.reference, GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(payment).outcome == "no order to pay: refunded"
    payment.refresh_from_db()
    assert (payment.status, payment.is_surplus, payment.refundable) == ("succeeded", True, 0)
    assert (Refund.objects.get().status, TrialCharge.objects.get().refunded) == (RefundStatus.SUCCEEDED, 25)
    assert status_of(order) == OrderStatus.EXPIRED
    assert sorted(Entry.objects.values_list("account", "amount")) == [
        ("cash", Decimal("-25.00")),
        ("cash", Decimal("25.00")),
        ("customers", Decimal("-25.00")),
        ("customers", Decimal("25.00")),
    ]
    assert verify_ledger() == []


def test_money_for_a_cancelled_order_goes_back():
    order = make_order()
    payment = start(order)
    Order.objects.update(status=OrderStatus.CANCELLED)
    use_card(payment.reference, GOOD)
    tell(payment)
    assert (status_of(order), Refund.objects.get().amount) == (OrderStatus.CANCELLED, Decimal("25.00"))


def test_money_that_comes_twice_goes_back_once():
    order = make_order()
    first = start(order)
    second = Payment.objects.create(order=order, provider="test", amount=order.total, currency="EUR", reference="b")
    TrialCharge.objects.create(
        reference="b", key="b", order_number=order.number, amount=25, captured=25, currency="EUR", status="succeeded"
    )
    use_card(first.reference, GOOD)
    tell(first)
    tell(second)
    second.refresh_from_db()
    assert (second.is_surplus, Refund.objects.get().payment_id, status_of(order)) == (True, second.pk, "paid")


def test_money_that_came_is_never_denied():
    """The bank captured what we had given up in the same moment."""
    order = make_order()
    payment = start(order)
    Payment.objects.update(status=PaymentStatus.CANCELLED)
    use_card(payment.reference, GOOD)
    assert tell(payment).outcome == "order paid"
    Payment.objects.update(status=PaymentStatus.SUCCEEDED)
    TrialCharge.objects.update(status="failed")
    assert tell(payment).outcome == "too late: it is succeeded"


def test_the_bank_does_not_know_every_card_nor_every_charge():
    payment = start(make_order())
    with pytest.raises(ProviderRefusedError):
        use_card(payment.reference, "1")
    with pytest.raises(ProviderRefusedError):
        confirm(payment.reference, is_me=True)
    with pytest.raises(ProviderRefusedError):
        PROVIDER.fetch("nothing")
