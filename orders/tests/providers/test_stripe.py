"""F71: Stripe, against a local server that speaks its protocol."""

from datetime import timedelta
from decimal import Decimal

import pytest

from orders.enums import OrderStatus, PaymentStatus, RefundStatus
from orders.models import Order, Payment
from orders.providers.base import PaymentRequest, ProviderRefusedError, ProviderUnavailableError
from orders.providers.stripe.provider import PROVIDER, _client_for
from orders.selectors.ledger import verify_ledger
from orders.services.payments import check_open_payments, next_step, refresh_payment, start_payment
from orders.services.refunds import refund_order, send_refund
from orders.tests.factories_money import NOW, make_order

GOOD, ASKS, DECLINED = "4242424242424242", "4000002500003155", "4000000000000341"


@pytest.fixture
def order(db):
    return make_order()


def begin(order):
    return start_payment(order_id=order.pk, actor=order.customer, now=NOW)


def seen(payment):
    return refresh_payment(payment_id=payment.pk, now=NOW)


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def test_a_payment_is_an_intent_with_the_number_of_the_order(stripe, order):
    payment = begin(order)
    intent = stripe.get(f"/v1/payment_intents/{payment.reference}")
    assert (intent["amount"], intent["currency"]) == (2500, "eur")
    assert intent["metadata"] == {"order": order.number, "payment": payment.public_id}
    step = next_step(payment=payment)
    assert (step.client_secret, step.publishable_key, step.url) == (intent["client_secret"], "pk_test_12345", "")


def test_a_good_card_pays(stripe, order):
    payment = begin(order)
    method = stripe.use_card(payment, GOOD)
    paid = seen(payment)
    assert (paid.status, paid.captured, status_of(order)) == (PaymentStatus.SUCCEEDED, 25, OrderStatus.PAID)
    assert paid.fingerprint == f"stripe_{method['card']['fingerprint']}"
    assert verify_ledger() == []


def test_confirmation_by_the_bank(stripe, order):
    payment = begin(order)
    stripe.use_card(payment, ASKS)
    assert seen(payment).status == PaymentStatus.REQUIRES_ACTION
    stripe.authenticate(payment, next_step(payment=payment).client_secret, success=True)
    assert (seen(payment).status, status_of(order)) == (PaymentStatus.SUCCEEDED, OrderStatus.PAID)


def test_who_is_not_confirmed_does_not_pay_and_may_try_again(stripe, order):
    payment = begin(order)
    stripe.use_card(payment, ASKS)
    stripe.authenticate(payment, next_step(payment=payment).client_secret, success=False)
    failed = seen(payment)
    assert (failed.status, failed.failure) == (
        PaymentStatus.FAILED,
        "The provided PaymentMethod has failed authentication.",
    )
    assert begin(order).pk == payment.pk


def test_a_declined_card(stripe, order):
    payment = begin(order)
    stripe.use_card(payment, DECLINED)
    failed = seen(payment)
    assert (failed.status, failed.failure) == (PaymentStatus.FAILED, "Your card was declined.")
    assert status_of(order) == OrderStatus.PENDING_PAYMENT


def test_a_payment_whose_message_is_lost_is_asked_about(stripe, order):
    payment = begin(order)
    stripe.use_card(payment, GOOD)
    assert check_open_payments(now=payment.updated_at + timedelta(minutes=5)) == 1
    assert status_of(order) == OrderStatus.PAID


def test_an_order_that_is_over_gives_its_payment_up(stripe, order):
    payment = begin(order)
    Order.objects.update(status=OrderStatus.CANCELLED)
    assert seen(payment).status == PaymentStatus.CANCELLED
    assert PROVIDER.cancel(payment.reference).status == PaymentStatus.CANCELLED


def test_refunds_are_made_once_for_a_key(stripe, order):
    payment = begin(order)
    stripe.use_card(payment, GOOD)
    seen(payment)
    line = order.lines.get(position=1)
    promised = refund_order(
        order_id=order.pk, lines=[{"line": line.pk, "quantity": 1}], delivery=False, actor=None, reason="", now=NOW
    )
    done = send_refund(refund_id=promised.pk, now=NOW)
    assert (done.status, done.reference[:3]) == (RefundStatus.SUCCEEDED, "re_")
    again = PROVIDER.refund(payment.reference, Decimal("9.00"), promised.public_id, currency="EUR")
    assert again.reference == done.reference
    assert PROVIDER.fetch_refund(done.reference).status == RefundStatus.SUCCEEDED
    assert len(stripe.get(f"/v1/refunds?payment_intent={payment.reference}")["data"]) == 1
    assert verify_ledger() == []


def test_a_refund_stripe_refuses_fails_with_its_words(stripe):
    with pytest.raises(ProviderRefusedError):
        PROVIDER.refund("pi_nothing", Decimal(1), "k", currency="EUR")


def test_what_stripe_does_not_know_is_refused(stripe):
    with pytest.raises(ProviderRefusedError):
        PROVIDER.fetch("pi_nothing")


def test_yen_have_no_cents(stripe):
    started = PROVIDER.start(PaymentRequest("yen", "n", Decimal(700), "JPY", "http://x"))
    state = PROVIDER.fetch(started.reference)
    assert (state.amount, state.currency, state.captured) == (Decimal(700), "JPY", 0)


def test_a_wrong_key_or_a_server_that_is_away_is_no_answer(stripe, settings, order):
    settings.STRIPE_SECRET_KEY = "not a key"
    with pytest.raises(ProviderUnavailableError):
        begin(order)
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_12345", "http://127.0.0.1:9"
    with pytest.raises(ProviderUnavailableError):
        begin(order)
    settings.STRIPE_API_BASE = stripe.base
    assert (begin(order).reference[:3], Payment.objects.count()) == ("pi_", 1)
    _client_for.cache_clear()


def test_switching_the_provider_starts_another_payment(stripe, settings, order):
    first = begin(order)
    settings.PAYMENT_PROVIDER = "test"
    second = begin(order)
    assert (first.provider, second.provider) == ("stripe", "test")
