"""ORD-15: never more than was captured, by line and by portion, booked when it has gone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from meals.tests.factories import make_creator, make_user
from orders.enums import Account, Funder, OrderStatus, RefundStatus
from orders.models import DailyPortions, Entry, Invoice, KitchenMember, Order, Payment, Refund, TrialCharge
from orders.providers.base import Refunded
from orders.selectors.ledger import balance, verify_ledger
from orders.services.order_locks import locked_order
from orders.services.refunds import (
    NothingToRefundError,
    RefundTooLargeError,
    give_back_surplus,
    refund_order,
    refund_rest,
    refund_surplus,
    send_open_refunds,
    send_refund,
    settle_refund,
)
from orders.tests.factories_money import NOW, make_code, make_order, make_paid_order, pay, start, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db):
    return make_paid_order()


@pytest.fixture
def cook(order):
    cook = make_user("cook")
    KitchenMember.objects.create(kitchen=order.kitchen, person=cook)
    return cook


def refund(order, *, lines=(), delivery=False, actor=None, reason="Burnt", now=NOW):
    items = [{"line": order.lines.get(position=position).pk, **what} for position, what in lines]
    found = refund_order(order_id=order.pk, lines=items, delivery=delivery, actor=actor, reason=reason, now=now)
    return send_refund(refund_id=found.pk, now=now)


def rest(order):
    return refund_rest(order=locked_order(order.pk), actor=None, reason="Cancelled", now=NOW)


def entries(refund):
    return dict(Entry.objects.filter(movement__key=f"refund:{refund.pk}").values_list("account", "amount"))


def test_a_portion_is_refunded_at_its_price(order, cook):
    done = refund(order, lines=[(1, {"quantity": 1})], actor=cook)
    assert (done.amount, done.status, done.actor) == (Decimal("9.00"), RefundStatus.SUCCEEDED, cook)
    assert Payment.objects.get().refunded == TrialCharge.objects.get().refunded == Decimal("9.00")
    line = order.lines.get(position=1)
    assert (line.refunded, line.refunded_quantity) == (Decimal("9.00"), 1)
    assert entries(done) == {"cash": Decimal("-9.00"), "tax": Decimal("0.59"), "sales": Decimal("8.41")}
    assert verify_ledger() == []


def test_facts_of_a_refund(order, cook):
    done = refund(order, lines=[(1, {"quantity": 1})], actor=cook)
    about = {
        "refund_id": done.pk,
        "payment_id": done.payment_id,
        "order_id": order.pk,
        "amount": "9.00",
        "currency": "EUR",
    }
    found = Event.objects.filter(name__startswith="orders.refund.").order_by("pk")
    assert list(found.values_list("name", "data", "actor")) == [
        ("orders.refund.requested", about | {"reason": "Burnt"}, cook.pk),
        ("orders.refund.succeeded", about, cook.pk),
    ]


def test_customers_and_strangers_give_no_money_back(order):
    for person in (order.customer, make_user()):
        with pytest.raises(NotAllowedError):
            refund(order, delivery=True, actor=person)
    assert Refund.objects.count() == 0


def test_delivery_and_an_amount_are_refunded(order):
    done = refund(order, lines=[(2, {"amount": "1.25"})], delivery=Decimal("1.00"))
    assert (done.amount, done.delivery_amount) == (Decimal("2.25"), Decimal("1.00"))
    assert refund(order, delivery=True).amount == Decimal("1.50")
    assert verify_ledger() == []


def test_bit_by_bit_comes_out_at_what_was_booked():
    """Thirds of a cent on the way, nothing left at the end: not on a line, not in the tax, not in the discount."""
    code = make_code()
    order = make_paid_order(lines=[(3, "3.33", "0.50", code)], delivery="0")
    parts = [refund(order, lines=[(1, {"quantity": 1})]).amount for _ in range(3)]
    assert parts == [Decimal("3.16"), Decimal("3.17"), Decimal("3.16")]
    balance = {}
    for account, amount in Entry.objects.values_list("account", "amount"):
        balance[account] = balance.get(account, 0) + amount
    assert set(balance.values()) == {0}
    assert set(balance) == {"cash", "tax", "sales", "discounts"}
    assert verify_ledger() == []


def test_a_discount_of_a_creator_is_given_back_to_the_creator():
    creator = make_creator("dora")
    code = make_code(Funder.CREATOR, creator)
    order = make_paid_order(lines=[(2, "10.00", "4.00", code)], delivery="0")
    done = refund(order, lines=[(1, {"quantity": 1})])
    rows = Entry.objects.filter(account="commission_pending", movement__kind__in=["sale", "refund"]).order_by("pk")
    assert list(rows.values_list("amount", "party")) == [(Decimal("4.00"), creator.pk), (Decimal("-2.00"), creator.pk)]
    assert balance(Account.CREATOR_PAYABLE, party=creator, currency="EUR") == Decimal("2.00")
    assert entries(done)["sales"] == Decimal("8.00") + Decimal("2.00") - entries(done)["tax"]


def test_waived_delivery_is_not_refunded():
    code = make_code(kind="free_delivery", percent=None)
    order = make_order(
        lines=[(1, "10.00")],
        delivery="2.00",
        discount=Decimal("2.00"),
        total=Decimal("10.00"),
        tax=Decimal("0.65"),
        delivery_discount=Decimal("2.00"),
        delivery_discount_funder=Funder.PLATFORM,
    )
    order.redemptions.create(promo=code, amount=2, redeemed_at=NOW)
    pay(order)
    with pytest.raises(NothingToRefundError):
        refund(order, delivery=True)
    assert dict(Entry.objects.values_list("account", "amount"))["discounts"] == Decimal("2.00")
    assert verify_ledger() == []


def test_half_waived_delivery_comes_out_even():
    code = make_code(kind="free_delivery", percent=None)
    order = make_order(
        lines=[(1, "10.00")],
        delivery="2.00",
        discount=Decimal("1.00"),
        total=Decimal("11.00"),
        tax=Decimal("0.72"),
        delivery_discount=Decimal("1.00"),
        delivery_discount_funder=Funder.PLATFORM,
    )
    order.redemptions.create(promo=code, amount=1, redeemed_at=NOW)
    pay(order)
    done = refund(order, delivery=True)
    assert entries(done) == {
        "cash": Decimal("-1.00"),
        "tax": Decimal("0.07"),
        "discounts": Decimal("-1.00"),
        "delivery": Decimal("1.93"),
    }


@pytest.mark.parametrize(
    ("lines", "delivery", "code"),
    [
        ([], False, "nothing_chosen"),
        ([], Decimal("2.51"), "refund_too_large"),
        ([(1, {"quantity": 3})], False, "refund_too_large"),
        ([(1, {"quantity": 0})], False, "refund_too_large"),
        ([(1, {"amount": "18.01"})], False, "refund_too_large"),
        ([(1, {"amount": "0"})], False, "amount_needed"),
        ([(1, {"amount": "0.001"})], False, "amount_needed"),
        ([(1, {"amount": "-1"})], False, "amount_needed"),
        ([(1, {})], False, "amount_needed"),
        ([(1, {"quantity": 1}), (1, {"quantity": 1})], False, "unknown_line"),
    ],
)
def test_what_makes_no_sense_is_refused(order, lines, delivery, code):
    with pytest.raises(DomainError) as refusal:
        refund(order, lines=lines, delivery=delivery)
    assert (refusal.value.code, Refund.objects.count()) == (code, 0)


def test_a_line_of_another_order_is_not_known(order):
    other = make_paid_order(kitchen=order.kitchen)
    with pytest.raises(DomainError) as refusal:
        refund_order(
            order_id=order.pk,
            lines=[{"line": other.lines.first().pk, "quantity": 1}],
            delivery=False,
            actor=None,
            reason="",
            now=NOW,
        )
    assert refusal.value.code == "unknown_line"


def test_what_nobody_paid_is_not_refunded():
    order = make_order()
    with pytest.raises(NothingToRefundError):
        refund(order, lines=[(1, {"quantity": 1})])
    free = make_paid_order(kitchen=order.kitchen, lines=[(1, "9.00", "9.00", make_code()), (1, "4.00")])
    with pytest.raises(NothingToRefundError):
        refund(free, lines=[(1, {"quantity": 1})])


def test_never_more_than_the_payment_holds(order):
    Payment.objects.update(refunded=Decimal("20.00"))
    with pytest.raises(RefundTooLargeError) as refusal:
        refund(order, lines=[(1, {"quantity": 1})])
    assert refusal.value.left == Decimal("5.00")


def test_the_rest_is_what_is_left(order):
    refund(order, lines=[(1, {"quantity": 1})], delivery=Decimal("0.50"))
    done = rest(order)
    assert (done.amount, done.delivery_amount, done.lines.count()) == (Decimal("15.50"), Decimal("2.00"), 2)
    send_refund(refund_id=done.pk, now=NOW)
    assert rest(order) is None
    assert Payment.objects.get().refundable == 0
    assert verify_ledger() == []


def test_of_an_order_nobody_paid_there_is_no_rest():
    assert rest(make_order()) is None


# --- sent after commit, settled by the answer


def test_sent_when_the_promise_is_committed(order, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rest(order)
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED


def test_sent_twice_is_one_refund(order):
    done = refund(order, lines=[(1, {"quantity": 1})])
    assert send_refund(refund_id=done.pk, now=NOW).status == RefundStatus.SUCCEEDED
    assert (TrialCharge.objects.get().refunded, Invoice.objects.filter(refund=done).count()) == (9, 1)


def test_a_lost_sending_is_made_up_for(order):
    rest(order)
    assert send_open_refunds(now=NOW + timedelta(minutes=1)) == 0
    assert Refund.objects.get().status == RefundStatus.PENDING
    assert send_open_refunds(now=NOW + timedelta(minutes=3)) == 0
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED


def test_staff_are_told_of_a_refund_that_bounces_after_it_went(order):
    done = refund(order, lines=[(1, {"quantity": 1})])
    for _ in range(2):
        settle_refund(refund_id=done.pk, answer=Refunded("x", RefundStatus.FAILED, "account closed"), now=NOW)
    done.refresh_from_db()
    assert (done.status, done.failure) == (RefundStatus.SUCCEEDED, "account closed")
    assert Event.objects.filter(name="orders.refund.failed").count() == 1


def test_an_answer_that_is_not_final_is_waited_for(order):
    promised = rest(order)
    settle_refund(refund_id=promised.pk, answer=Refunded("re_1", RefundStatus.PENDING), now=NOW)
    promised.refresh_from_db()
    assert (promised.status, promised.reference, entries(promised)) == (RefundStatus.PENDING, "re_1", {})
    assert verify_ledger() == []


def test_what_the_bank_refuses_can_be_promised_again(order):
    TrialCharge.objects.update(captured=Decimal("5.00"))
    failed = refund(order, lines=[(1, {"quantity": 1})])
    assert (failed.status, failed.failure) == (RefundStatus.FAILED, "More than was paid.")
    line = order.lines.get(position=1)
    assert (line.refunded, line.refunded_quantity, Payment.objects.get().refunded) == (0, 0, 0)
    assert Event.objects.filter(name="orders.refund.failed").get().data["failure"] == "More than was paid."
    TrialCharge.objects.update(captured=Decimal("25.00"))
    assert refund(order, lines=[(1, {"quantity": 2})]).status == RefundStatus.SUCCEEDED
    assert verify_ledger() == []


def test_a_bank_that_knows_nothing_refuses(order):
    TrialCharge.objects.all().delete()
    assert refund(order, delivery=True).failure == "The bank knows nothing of this payment."


# --- portions (ORD-15), test money (ORD-18)


def portions(order):
    meal = order.lines.get(position=1).meal
    row, _created = DailyPortions.objects.get_or_create(meal=meal, day=order.day, defaults={"capacity": 5, "taken": 2})
    return row


@pytest.mark.parametrize(
    ("status", "taken", "restocked"),
    [(OrderStatus.PAID, 1, 1), (OrderStatus.ACCEPTED, 1, 1), (OrderStatus.PREPARING, 2, 0), (OrderStatus.READY, 2, 0)],
)
def test_portions_go_back_on_sale_unless_they_are_cooked(order, status, taken, restocked):
    portions(order)
    Order.objects.update(status=status)
    refund(order, lines=[(1, {"quantity": 1})])
    assert (portions(order).taken, order.lines.get(position=1).restocked) == (taken, restocked)


def test_an_amount_puts_no_portion_back(order):
    portions(order)
    refund(order, lines=[(1, {"amount": "1.00"})])
    assert portions(order).taken == 2


def test_test_money_touches_neither_portions_nor_books():
    order = make_paid_order(is_test=True)
    portions(order)
    done = refund(order, lines=[(1, {"quantity": 1})])
    assert (done.status, portions(order).taken, Entry.objects.count()) == (RefundStatus.SUCCEEDED, 2, 0)
    assert verify_ledger() == []


def test_test_money_that_comes_too_late_is_not_booked_either():
    order = make_order(is_test=True)
    payment = start(order)
    Order.objects.update(status=OrderStatus.CANCELLED)
    TrialCharge.objects.update(status="succeeded", captured=Decimal("25.00"))
    tell(payment)
    assert (Refund.objects.count(), Entry.objects.count()) == (1, 0)


# --- money that pays for nothing


def test_staff_send_a_flagged_payment_back(cook):
    payment = start(make_order())
    TrialCharge.objects.update(status="succeeded", captured=Decimal("20.00"))
    tell(payment)
    found = refund_surplus(payment_id=payment.pk, actor=cook, reason="Wrong amount", now=NOW)
    assert send_refund(refund_id=found.pk, now=NOW).amount == Decimal("20.00")
    assert verify_ledger() == []
    with pytest.raises(NothingToRefundError):
        refund_surplus(payment_id=payment.pk, actor=cook, reason="Again", now=NOW)


def test_a_payment_that_pays_an_order_is_refunded_through_it(order):
    payment = Payment.objects.get()
    with pytest.raises(NotAllowedError):
        give_back_surplus(payment=payment, actor=None, reason="", now=NOW)
