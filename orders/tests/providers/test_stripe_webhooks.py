"""ORD-14: Stripe's messages replayed, reordered, doubled, forged and wrong; the state is right each time.

They come in through the address Stripe calls, in the shape Stripe sends, with true signatures of the secret.
"""

import hashlib
import hmac
import json
import time
from decimal import Decimal

import pytest

from orders.enums import OrderStatus, PaymentStatus, RefundStatus
from orders.models import Invoice, Movement, Order, Payment, ProviderEvent, Refund
from orders.providers.base import Refunded
from orders.selectors.ledger import verify_ledger
from orders.services.payments import start_payment
from orders.services.refunds import refund_order, settle_refund
from orders.tests.factories_money import NOW, make_order
from orders.views.webhooks import MAX_BYTES

pytestmark = pytest.mark.django_db
URL = "/payments/stripe/webhook"
SECRET = "whsec_of_the_tests"
GOOD, DECLINED = "4242424242424242", "4000000000000341"


def message(kind, reference, *, event_id="evt_1", created=1_790_000_000, **subject):
    """As recorded of Stripe, with what a payer types left in: none of it may be kept."""
    return {
        "id": event_id,
        "object": "event",
        "api_version": "2026-09-30.basil",
        "created": created,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": "req_1", "idempotency_key": "payment-x"},
        "type": kind,
        "data": {
            "object": {
                "id": reference,
                "object": "payment_intent",
                "amount": 2500,
                "amount_capturable": 0,
                "amount_received": 2500,
                "currency": "eur",
                "receipt_email": "payer@example.test",
                "shipping": {"name": "Paula Payer"},
                "status": "succeeded",
            }
            | subject
        },
    }


def signature(body, *, secret=SECRET, at=None):
    at = int(at or time.time())
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


@pytest.fixture
def send(client):
    def deliver(content, **signing):
        body = json.dumps(content).encode()
        given = signing.pop("header", None) or signature(body, **signing)
        return client.post(URL, body, content_type="application/json", headers={"Stripe-Signature": given})

    return deliver


@pytest.fixture
def order(stripe):
    return make_order()


@pytest.fixture
def payment(order):
    return start_payment(order_id=order.pk, actor=order.customer, now=NOW)


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def test_a_signed_message_pays_the_order(stripe, order, payment, send):
    stripe.use_card(payment, GOOD)
    answer = send(message("payment_intent.succeeded", payment.reference))
    assert (answer.status_code, answer.json(), status_of(order)) == (200, {"received": "evt_1"}, OrderStatus.PAID)
    assert (Invoice.objects.count(), verify_ledger()) == (1, [])


def test_what_the_payer_typed_is_not_kept(stripe, payment, send):
    send(message("payment_intent.processing", payment.reference))
    event = ProviderEvent.objects.get()
    assert event.payload == {
        "id": "evt_1",
        "type": "payment_intent.processing",
        "created": 1_790_000_000,
        "livemode": False,
        "object": {
            "id": payment.reference,
            "object": "payment_intent",
            "amount": 2500,
            "amount_received": 2500,
            "currency": "eur",
            "status": "succeeded",
        },
    }


def test_replayed_it_acts_once(stripe, order, payment, send):
    stripe.use_card(payment, GOOD)
    codes = [send(message("payment_intent.succeeded", payment.reference)).status_code for _ in range(3)]
    assert (codes, ProviderEvent.objects.count(), Movement.objects.count()) == ([200] * 3, 1, 1)


def test_doubled_under_another_id_it_acts_once(stripe, order, payment, send):
    stripe.use_card(payment, GOOD)
    for number in range(3):
        send(message("payment_intent.succeeded", payment.reference, event_id=f"evt_{number}"))
    outcomes = list(ProviderEvent.objects.order_by("pk").values_list("outcome", flat=True))
    assert (outcomes, Movement.objects.count()) == (["order paid", "as it was", "as it was"], 1)


def test_reordered_the_state_is_that_of_now(stripe, order, payment, send):
    """The decline of the first card arrives after the success of the second."""
    stripe.use_card(payment, DECLINED)
    retry = start_payment(order_id=order.pk, actor=order.customer, now=NOW)
    assert retry.pk == payment.pk
    send(message("payment_intent.created", payment.reference, event_id="evt_0", status="requires_payment_method"))
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.FAILED
    Payment.objects.update(status=PaymentStatus.SUCCEEDED, captured=25)
    send(
        message("payment_intent.payment_failed", payment.reference, event_id="evt_1", status="requires_payment_method")
    )
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.SUCCEEDED


@pytest.mark.parametrize("order_of_arrival", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_in_any_order_the_end_is_the_same(stripe, order, payment, send, order_of_arrival):
    stripe.use_card(payment, GOOD)
    messages = [
        message("payment_intent.created", payment.reference, event_id="evt_a", status="requires_payment_method"),
        message("payment_intent.processing", payment.reference, event_id="evt_b", status="processing"),
        message("payment_intent.succeeded", payment.reference, event_id="evt_c"),
    ]
    for index in order_of_arrival:
        assert send(messages[index]).status_code == 200
    assert (status_of(order), Movement.objects.count(), verify_ledger()) == (OrderStatus.PAID, 1, [])


@pytest.mark.parametrize(
    "signing",
    [{"secret": "whsec_another"}, {"at": 1_000_000_000}, {"header": "t=1,v1=00"}, {"header": "nonsense"}],
    ids=["another secret", "too old", "made up", "nonsense"],
)
def test_a_wrong_signature_changes_nothing(stripe, order, payment, send, signing):
    stripe.use_card(payment, GOOD)
    assert send(message("payment_intent.succeeded", payment.reference), **signing).status_code == 400
    assert (status_of(order), ProviderEvent.objects.count()) == (OrderStatus.PENDING_PAYMENT, 0)


def test_a_changed_body_changes_nothing(stripe, order, payment, client):
    body = json.dumps(message("payment_intent.succeeded", payment.reference)).encode()
    headers = {"Stripe-Signature": signature(body)}
    answer = client.post(URL, body.replace(b"2500", b"2501"), content_type="application/json", headers=headers)
    assert (answer.status_code, ProviderEvent.objects.count()) == (400, 0)


def test_a_signed_body_that_is_no_message_is_refused(stripe, client):
    for body in (b"[]", b"{}", b"\xff", b"not json"):
        headers = {"Stripe-Signature": signature(body)}
        assert client.post(URL, body, content_type="application/json", headers=headers).status_code == 400


def test_without_a_secret_nothing_is_believed(stripe, settings, payment, send):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert send(message("payment_intent.succeeded", payment.reference)).status_code == 400


def test_a_lie_with_a_true_signature_pays_nothing(stripe, order, payment, send):
    """The message says succeeded; Stripe, asked, says that nothing was paid."""
    assert send(message("payment_intent.succeeded", payment.reference)).status_code == 200
    assert status_of(order) == OrderStatus.PENDING_PAYMENT


def test_the_wrong_amount_is_flagged_and_pays_nothing(stripe, order, payment, send):
    stripe.post(f"/v1/payment_intents/{payment.reference}", amount=2400)
    stripe.use_card(payment, GOOD)
    assert send(message("payment_intent.succeeded", payment.reference, amount=2400)).status_code == 200
    payment.refresh_from_db()
    assert (payment.status, payment.captured) == (PaymentStatus.FLAGGED, Decimal("24.00"))
    assert (status_of(order), ProviderEvent.objects.get().outcome) == (
        OrderStatus.PENDING_PAYMENT,
        "flagged: 24.00 EUR instead of 25.00 EUR",
    )
    assert verify_ledger() == []


def test_the_wrong_currency_is_flagged_and_pays_nothing(stripe, order, payment, send):
    stripe.post(f"/v1/payment_intents/{payment.reference}", currency="usd")
    stripe.use_card(payment, GOOD)
    send(message("payment_intent.succeeded", payment.reference, currency="usd"))
    payment.refresh_from_db()
    assert (payment.status, payment.captured, status_of(order)) == ("flagged", 0, OrderStatus.PENDING_PAYMENT)


def test_after_the_order_was_cancelled_the_money_goes_back(
    stripe, order, payment, send, django_capture_on_commit_callbacks
):
    stripe.use_card(payment, GOOD)
    Order.objects.update(status=OrderStatus.CANCELLED)
    with django_capture_on_commit_callbacks(execute=True):
        send(message("payment_intent.succeeded", payment.reference))
    assert (Refund.objects.get().status, status_of(order)) == (RefundStatus.SUCCEEDED, OrderStatus.CANCELLED)
    assert stripe.get(f"/v1/refunds?payment_intent={payment.reference}")["data"][0]["amount"] == 2500
    assert verify_ledger() == []


def test_a_message_about_nothing_of_ours_is_answered_and_kept(stripe, send):
    assert send(message("customer.created", "cus_1", object="customer")).status_code == 200
    assert send(message("payment_intent.succeeded", "pi_elsewhere", event_id="evt_2")).status_code == 200
    assert list(ProviderEvent.objects.values_list("outcome", flat=True)) == ["nothing of ours"] * 2


def test_while_stripe_is_away_it_is_asked_to_send_again(stripe, settings, order, payment, send):
    stripe.use_card(payment, GOOD)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    assert send(message("payment_intent.succeeded", payment.reference)).status_code == 503
    assert ProviderEvent.objects.count() == 0
    settings.STRIPE_API_BASE = stripe.base
    assert send(message("payment_intent.succeeded", payment.reference)).status_code == 200
    assert status_of(order) == OrderStatus.PAID


def test_a_message_about_a_refund_settles_it(stripe, order, payment, send):
    """Stripe took it, our answer was lost on the way."""
    stripe.use_card(payment, GOOD)
    send(message("payment_intent.succeeded", payment.reference))
    promised = refund_order(order_id=order.pk, lines=[], delivery=True, actor=None, reason="", now=NOW)
    made = stripe.post("/v1/refunds", payment_intent=payment.reference, amount=250)
    settle_refund(refund_id=promised.pk, answer=Refunded(made["id"], RefundStatus.PENDING), now=NOW)
    about = {"object": "refund", "payment_intent": payment.reference, "amount": 250}
    assert send(message("refund.updated", made["id"], event_id="evt_2", **about)).status_code == 200
    promised.refresh_from_db()
    assert (promised.status, ProviderEvent.objects.last().outcome) == ("succeeded", "refund succeeded")
    assert verify_ledger() == []


def test_the_door_is_narrow(stripe, client):
    assert client.get(URL).status_code == 405
    assert client.post("/payments/nobody/webhook", b"{}", content_type="application/json").status_code == 404
    big = b"x" * (MAX_BYTES + 1)
    assert client.post(URL, big, content_type="application/json").status_code == 413
