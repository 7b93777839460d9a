"""From the paid order to the approved commission, and back (AFF-6 to AFF-9, AFF-11)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fitfoodie.events.models import Event
from orders.enums import Account, CommissionStatus, MovementKind, RefundStatus, WhyNotPaid
from orders.models import (
    Commission,
    CommissionAdjustment,
    EarningsFreeze,
    Entry,
    Movement,
    Payout,
    Refund,
    RefundLine,
)
from orders.services import ledger
from orders.services.commissions import (
    approve_due_commissions,
    attribute_order,
    earn_commissions,
    reduce_commissions,
    void_commissions,
)
from orders.services.freezing import follow_suspension
from orders.tests.factories_affiliate import (
    NOW,
    complete,
    make_click,
    make_creator,
    make_link,
    make_meal,
    make_order,
    make_user,
    pay,
)

HOLDING = timedelta(days=14)
SECOND = timedelta(seconds=1)


@pytest.fixture
def link(ada):
    return make_link(ada)


def placed(customer, meals, **fields):
    order = make_order(customer, meals, **fields)
    attribute_order(order=order, cart=None, now=order.placed_at)
    return order


def bought(link, customer, meals, *, fingerprint="", at=NOW, **fields):
    """An order through the link, paid; with its payment."""
    make_click(link, person=customer, at=at)
    order = placed(customer, meals, placed_at=at, **fields)
    payment = pay(order, fingerprint=fingerprint, at=at)
    earn_commissions(order=order, now=at)
    return order, payment


def refund(payment, amounts, *, now=NOW):
    """`amounts` by position of the line; as it stands when it has succeeded."""
    lines = list(payment.order.lines.order_by("position"))
    found = Refund.objects.create(
        payment=payment,
        amount=sum(amounts.values()),
        status=RefundStatus.SUCCEEDED,
        requested_at=now,
        succeeded_at=now,
    )
    for position, amount in amounts.items():
        RefundLine.objects.create(refund=found, line=lines[position], amount=amount)
    reduce_commissions(refund=found, now=now)
    return found


def balance(account, creator):
    rows = Entry.objects.filter(account=account, party=creator).values_list("amount", flat=True)
    return -sum(rows, Decimal(0))


def test_commission_is_a_share_of_the_line_without_tax(sam, soup, ada, link):
    order, _payment = bought(link, sam, [soup], quantity=2)
    row = Commission.objects.get()
    assert (row.base, row.rate, row.amount, row.status) == (
        Decimal("20.00"),
        Decimal("0.1000"),
        Decimal("2.00"),
        CommissionStatus.PENDING,
    )
    assert (row.creator, row.link, row.order, row.approvable_at) == (ada, link, order, NOW + HOLDING)
    assert balance(Account.COMMISSION_PENDING, ada) == Decimal("2.00")
    assert Movement.objects.get().kind == MovementKind.COMMISSION
    assert Event.objects.get(name="orders.commission.earned").data == {
        "commission_id": row.pk,
        "creator_id": ada.pk,
        "order_id": order.pk,
        "line_id": row.line_id,
        "status": "pending",
        "reason": "",
        "amount": "2.00",
        "currency": "EUR",
    }


def test_paying_twice_earns_once(sam, soup, link):
    order, _payment = bought(link, sam, [soup])
    assert earn_commissions(order=order, now=NOW) == []
    assert (Commission.objects.count(), Movement.objects.count()) == (1, 1)


def test_orders_for_trying_out_earn_nothing(sam, soup, link):
    order, payment = bought(link, sam, [soup], is_test=True)
    void_commissions(order=order, now=NOW)
    refund(payment, {0: Decimal(1)})
    assert not Commission.objects.exists()


def test_self_referral_pays_nothing_and_says_why(ada, soup, link):
    bought(link, ada, [soup])
    row = Commission.objects.get()
    assert (row.amount, row.status, row.reason) == (0, CommissionStatus.SELF_REFERRAL, WhyNotPaid.OWN_ACCOUNT)
    assert not Movement.objects.exists()


def test_same_means_of_payment_is_a_self_referral(sam, ada, soup, link):
    pay(make_order(ada, [soup]), fingerprint="card-1")
    bought(link, sam, [soup], fingerprint="card-1")
    row = Commission.objects.get()
    assert (row.amount, row.status, row.reason) == (0, CommissionStatus.SELF_REFERRAL, WhyNotPaid.OWN_PAYMENT)


def test_line_that_was_free_earns_nothing_and_says_why(sam, soup, link):
    make_click(link, person=sam)
    order = make_order(sam, [soup], subtotal=Decimal("10.70"), discount=Decimal("10.70"), total=0, tax=0)
    order.lines.update(discount=Decimal("10.70"), total=0, tax=0)
    attribute_order(order=order, cart=None, now=NOW)
    earn_commissions(order=order, now=NOW)
    row = Commission.objects.get()
    assert (row.amount, row.status, row.reason) == (0, CommissionStatus.VOIDED, WhyNotPaid.NOTHING_PAID)


def test_many_orders_through_one_link_are_held(sam, soup, link, settings):
    settings.AFFILIATE_BURST_ORDERS = 2
    for number in range(3):
        bought(link, make_user(f"buyer{number}", email=f"buyer{number}@house{number}.test"), [soup])
    found = Commission.objects.order_by("pk").values_list("status", "reason")
    assert list(found) == [("pending", ""), ("pending", ""), ("hold", "burst")]


def test_many_orders_of_one_card_are_held_and_an_hour_later_no_more(soup, link, settings):
    settings.AFFILIATE_BURST_SAME_BUYER = 1
    for number, at in enumerate([NOW, NOW + timedelta(minutes=59), NOW + timedelta(minutes=119, seconds=1)]):
        customer = make_user(f"buyer{number}", email=f"buyer{number}@house{number}.test")
        bought(link, customer, [soup], fingerprint="card", at=at)
    assert list(Commission.objects.order_by("pk").values_list("status", flat=True)) == ["pending", "hold", "pending"]


def test_creator_who_is_suspended_earns_frozen(sam, soup, ada, link):
    ada.is_active = False
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=None, reason="Spam", key="event:1", now=NOW)
    assert not Event.objects.filter(name="orders.earnings.frozen").exists()
    bought(link, sam, [soup])
    row = Commission.objects.get()
    assert (row.status, row.frozen_from, row.frozen_reason) == ("frozen", "pending", "Spam")
    assert row.amount == Decimal("1.00")
    freeze = EarningsFreeze.objects.get()
    assert Event.objects.get(name="orders.earnings.frozen").data == {
        "creator_id": ada.pk,
        "count": 1,
        "reason": "Spam",
        "freeze_id": freeze.pk,
    }


def test_what_was_earned_while_a_freeze_was_decided_is_frozen_instead_of_approved(sam, soup, ada, link):
    order, _payment = bought(link, sam, [soup])
    complete(order)
    EarningsFreeze.objects.create(creator=ada, cause="staff", key="staff:1", reason="Odd", frozen_at=NOW)
    assert approve_due_commissions(now=NOW + HOLDING) == 0
    row = Commission.objects.get()
    assert (row.status, row.frozen_from, row.frozen_reason) == ("frozen", "pending", "Odd")


def test_approval_takes_the_holding_period_and_a_completed_order(sam, soup, ada, link):
    order, _payment = bought(link, sam, [soup])
    assert approve_due_commissions(now=NOW + HOLDING) == 0
    complete(order)
    assert approve_due_commissions(now=NOW + HOLDING - SECOND) == 0
    assert approve_due_commissions(now=NOW + HOLDING) == 1
    assert approve_due_commissions(now=NOW + HOLDING) == 0
    row = Commission.objects.get()
    assert row.status == CommissionStatus.APPROVED
    assert (balance(Account.COMMISSION_PENDING, ada), balance(Account.CREATOR_PAYABLE, ada)) == (0, Decimal("1.00"))
    assert Event.objects.get(name="orders.commission.approved").data == {
        "commission_id": row.pk,
        "creator_id": ada.pk,
        "order_id": order.pk,
        "amount": "1.00",
        "currency": "EUR",
    }


def test_partial_refund_takes_back_in_proportion_and_the_rest_exactly(sam, soup, ada, link):
    order, payment = bought(link, sam, [soup])
    for amount, left in (("3.57", "0.67"), ("3.57", "0.33"), ("3.56", "0.00")):
        refund(payment, {0: Decimal(amount)})
        assert balance(Account.COMMISSION_PENDING, ada) == Decimal(left)
    row = Commission.objects.get()
    assert (row.reversed, row.status, row.reason) == (Decimal("1.00"), "voided", WhyNotPaid.REFUNDED)
    told = Event.objects.filter(name="orders.commission.reduced").order_by("pk")
    assert [event.data for event in told][-1] == {
        "commission_id": row.pk,
        "creator_id": ada.pk,
        "order_id": order.pk,
        "amount": "0.33",
        "currency": "EUR",
        "is_voided": True,
        "is_after_payout": False,
    }


def test_refund_told_twice_takes_back_once(sam, soup, ada, link):
    _order, payment = bought(link, sam, [soup])
    found = refund(payment, {0: Decimal("5.35")})
    reduce_commissions(refund=found, now=NOW)
    assert Commission.objects.get().reversed == Decimal("0.50")


def test_refund_of_another_line_leaves_a_commission_alone(sam, soup, ada, link):
    stew = make_meal(ada, "Stew", publish=True)
    _order, payment = bought(link, sam, [soup, stew])
    refund(payment, {1: Decimal("10.70")})
    assert list(Commission.objects.order_by("pk").values_list("status", flat=True)) == ["pending", "voided"]


def test_refund_of_an_approved_commission_comes_off_what_is_payable(sam, soup, ada, link):
    order, payment = bought(link, sam, [soup])
    complete(order)
    approve_due_commissions(now=NOW + HOLDING)
    refund(payment, {0: Decimal("10.70")}, now=NOW + HOLDING)
    assert Commission.objects.get().status == CommissionStatus.VOIDED
    assert (balance(Account.COMMISSION_PENDING, ada), balance(Account.CREATOR_PAYABLE, ada)) == (0, 0)


def test_refund_after_the_payout_is_a_new_negative_row(sam, soup, ada, link):
    order, payment = bought(link, sam, [soup])
    complete(order)
    approve_due_commissions(now=NOW + HOLDING)
    payout = Payout.objects.create(creator=ada, amount=1, currency="EUR", status="paid", requested_at=NOW)
    Commission.objects.update(status=CommissionStatus.PAID, payout=payout)
    found = refund(payment, {0: Decimal("5.35")}, now=NOW + HOLDING)
    reduce_commissions(refund=found, now=NOW + HOLDING)
    row, adjustment = Commission.objects.get(), CommissionAdjustment.objects.get()
    assert (row.status, row.reversed) == (CommissionStatus.PAID, 0)
    assert (adjustment.amount, adjustment.reason, adjustment.commission) == (
        Decimal("-0.50"),
        WhyNotPaid.REFUNDED,
        row,
    )


def test_order_that_is_not_carried_out_voids_and_says_so_without_its_words(sam, soup, ada, link):
    order, payment = bought(link, sam, [soup])
    refund(payment, {0: Decimal("5.35")})
    void_commissions(order=order, reason="Sam Miller moved away", now=NOW)
    void_commissions(order=order, reason="", now=NOW)
    row = Commission.objects.get()
    assert (row.status, row.reversed, row.reason) == ("voided", Decimal("1.00"), WhyNotPaid.NOT_COMPLETED)
    assert balance(Account.COMMISSION_PENDING, ada) == 0


def test_discount_that_a_creator_pays_for_is_in_the_statement_at_once(sam, soup, ada, link):
    make_click(link, person=sam)
    order = placed(sam, [soup])
    entries = [(Account.COMMISSION_PENDING, Decimal("2.00"), ada), (Account.SALES, Decimal("-2.00"), None)]
    ledger.book(key="sale:1", kind=MovementKind.SALE, order=order, currency="EUR", entries=entries, now=NOW)
    for _again in range(2):
        earn_commissions(order=order, now=NOW)
    adjustment = CommissionAdjustment.objects.get()
    assert (adjustment.amount, adjustment.commission, adjustment.creator) == (Decimal("-2.00"), None, ada)
    assert balance(Account.COMMISSION_PENDING, ada) == Decimal("1.00")
    assert balance(Account.CREATOR_PAYABLE, ada) == Decimal("-2.00")


def test_every_movement_sums_to_zero(sam, soup, link):
    order, payment = bought(link, sam, [soup, make_meal(make_creator("eve"), "Stew", publish=True)])
    refund(payment, {0: Decimal("1.01"), 1: Decimal("9.99")})
    complete(order)
    approve_due_commissions(now=NOW + HOLDING)
    for movement in Movement.objects.all():
        assert sum(movement.entries.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_earning_asks_the_same_questions_for_one_line_and_three(sam, ada, link, django_assert_num_queries, count):
    make_click(link, person=sam)
    order = placed(sam, [make_meal(ada, f"Soup {number}", publish=True) for number in range(count)])
    pay(order, fingerprint="card")
    with django_assert_num_queries(QUESTIONS):
        earn_commissions(order=order, now=NOW)


QUESTIONS = 17
