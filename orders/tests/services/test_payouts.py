"""Payouts, what staff decide, and that the balance is what the books say, to the cent (AFF-9 to AFF-11, SEC-11)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from fitfoodie.events.models import Event
from orders.checks import check_affiliate_settings
from orders.enums import Account, CommissionStatus
from orders.models import Commission, CommissionAdjustment, EarningsFreeze, Entry, Payout
from orders.selectors.earnings import balances, owed_by_the_books, statement_lines, why
from orders.services import commission_decisions as decisions
from orders.services.commissions import approve_due_commissions, void_commissions
from orders.services.freezing import follow_suspension
from orders.services.payouts import mark_paid, refuse_payout, request_final_payouts, request_payout
from orders.tests.factories_affiliate import NOW, complete, make_link, make_user
from orders.tests.services.test_commissions import HOLDING, bought, refund

LATER = NOW + HOLDING


def with_second_factor(person):
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


@pytest.fixture
def link(ada):
    return make_link(ada)


@pytest.fixture
def admin(db):
    return with_second_factor(UserFactory(roles_held=[Role.ADMIN]))


@pytest.fixture
def earned(sam, soup, link, ada, settings):
    """An approved commission of 1.00, of an order that is completed."""
    settings.PAYOUT_MINIMUM = Decimal("1.00")
    with_second_factor(ada)
    order, payment = bought(link, sam, [soup])
    complete(order)
    approve_due_commissions(now=LATER)
    return payment


def ask(creator):
    return request_payout(creator=creator, currency="EUR", now=LATER)


def owed_agrees(creator):
    shown = {balance.currency: balance.owed for balance in balances(creator=creator)}
    assert {"EUR": Decimal(0)} | owed_by_the_books(creator=creator) == shown
    return shown["EUR"]


def test_payout_takes_all_that_is_approved_and_pays_it(ada, earned, admin):
    payout = ask(ada)
    assert (payout.amount, Commission.objects.get().payout) == (Decimal("1.00"), payout)
    mark_paid(payout_id=payout.pk, actor=admin, reference=" SEPA 4711 ", now=LATER)
    payout.refresh_from_db()
    assert (payout.status, payout.reference, payout.decided_by) == ("paid", "SEPA 4711", admin)
    assert Commission.objects.get().status == CommissionStatus.PAID
    assert owed_agrees(ada) == 0
    assert sum(line.amount for line in statement_lines(payout)) == payout.amount
    told = Event.objects.filter(name__startswith="orders.payout").order_by("pk")
    facts = {"payout_id": payout.pk, "creator_id": ada.pk, "amount": "1.00", "currency": "EUR"}
    assert [(event.name, event.data) for event in told] == [
        ("orders.payout.requested", facts),
        ("orders.payout.paid", facts | {"reference": "SEPA 4711"}),
    ]


def test_creator_without_a_second_factor_is_not_paid(ada, earned):
    Authenticator.objects.all().delete()
    with pytest.raises(NotAllowedError) as refused:
        ask(ada)
    assert refused.value.code == "mfa_required"


def test_staff_without_a_second_factor_pay_nobody(ada, earned):
    payout = ask(ada)
    with pytest.raises(NotAllowedError) as refused:
        mark_paid(payout_id=payout.pk, actor=UserFactory(roles_held=[Role.ADMIN]), reference="x", now=LATER)
    assert refused.value.code == "mfa_required"


def test_nobody_pays_themselves_and_strangers_pay_nobody(ada, earned, sam):
    payout = ask(ada)
    ada.is_superuser = True
    for actor in (ada, sam):
        with pytest.raises(NotAllowedError):
            mark_paid(payout_id=payout.pk, actor=actor, reference="x", now=LATER)


def test_too_little_is_not_paid(ada, earned, settings):
    settings.PAYOUT_MINIMUM = Decimal("1.01")
    with pytest.raises(ConflictError) as refused:
        ask(ada)
    assert refused.value.code == "below_minimum"


def test_second_request_waits_for_the_first(ada, earned):
    ask(ada)
    with pytest.raises(ConflictError) as refused:
        ask(ada)
    assert (refused.value.code, Payout.objects.count()) == ("payout_open", 1)


def test_refused_payout_gives_its_rows_back(ada, earned, admin):
    payout = refuse_payout(payout_id=ask(ada).pk, actor=admin, reason="The account number is wrong", now=LATER)
    row = Commission.objects.get()
    assert (payout.status, row.status, row.payout) == ("refused", CommissionStatus.APPROVED, None)
    assert owed_agrees(ada) == Decimal("1.00")
    assert ask(ada).amount == Decimal("1.00")


def test_decided_payouts_stay_decided(ada, earned, admin):
    payout = ask(ada)
    mark_paid(payout_id=payout.pk, actor=admin, reference="x", now=LATER)
    for again in (
        lambda: mark_paid(payout_id=payout.pk, actor=admin, reference="x", now=LATER),
        lambda: refuse_payout(payout_id=payout.pk, actor=admin, reason="x", now=LATER),
    ):
        with pytest.raises(IllegalTransitionError):
            again()
    assert Entry.objects.filter(account=Account.CASH).count() == 1


def test_reference_is_asked_for(ada, earned, admin):
    with pytest.raises(DomainError) as refused:
        mark_paid(payout_id=ask(ada).pk, actor=admin, reference="  ", now=LATER)
    assert refused.value.field == "reference"


def test_refund_while_a_payout_is_under_way_and_after_it(ada, earned, admin, link, sam, soup):
    payout = ask(ada)
    refund(earned, {0: Decimal("5.35")}, now=LATER)
    assert owed_agrees(ada) == Decimal("0.50")
    mark_paid(payout_id=payout.pk, actor=admin, reference="x", now=LATER)
    refund(earned, {0: Decimal("5.35")}, now=LATER)
    assert (payout.amount, owed_agrees(ada)) == (Decimal("1.00"), Decimal("-1.00"))
    order, _payment = bought(link, sam, [soup], quantity=3, at=LATER)
    complete(order)
    approve_due_commissions(now=LATER + HOLDING)
    second = request_payout(creator=ada, currency="EUR", now=LATER + HOLDING)
    assert second.amount == Decimal("2.00")
    assert sum(line.amount for line in statement_lines(second)) == second.amount


def suspended(person):
    person.is_active = False
    person.save()
    return person


def test_suspension_freezes_with_its_reason_and_freedom_gives_it_back(ada, earned, link, sam, soup):
    bought(link, sam, [soup], at=LATER)
    payout = ask(ada)
    follow_suspension(creator_id=suspended(ada).pk, actor=None, reason="Bought followers", key="event:1", now=LATER)
    rows = Commission.objects.order_by("pk")
    assert [row.status for row in rows] == ["frozen", "frozen"]
    assert why(rows[0], now=LATER).endswith("Bought followers")
    payout.refresh_from_db()
    assert (payout.status, owed_agrees(ada)) == ("refused", Decimal("2.00"))
    assert approve_due_commissions(now=LATER + HOLDING) == 0
    ada.is_active = True
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=None, reason="Appeal", key="event:2", now=LATER)
    assert [row.status for row in Commission.objects.order_by("pk")] == ["approved", "pending"]
    assert owed_agrees(ada) == Decimal("2.00")
    names = ["orders.earnings.frozen", "orders.earnings.unfrozen"]
    told = Event.objects.filter(name__in=names).order_by("pk")
    assert [event.data for event in told] == [
        {"creator_id": ada.pk, "count": 2, "reason": "Bought followers", "freeze_id": EarningsFreeze.objects.get().pk},
        {"creator_id": ada.pk, "count": 2, "reason": "Appeal", "freeze_id": EarningsFreeze.objects.get().pk},
    ]


def test_suspended_account_is_followed_and_a_leaving_one_is_paid_out(ada, earned):
    follow_suspension(creator_id=suspended(ada).pk, actor=None, reason="Fraud", key="event:1", now=LATER)
    assert Commission.objects.get().status == CommissionStatus.FROZEN
    ada.is_active = True
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=None, reason="", key="event:2", now=LATER)
    ada.is_active, ada.deletion_requested_at = False, LATER
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=None, reason="The grace period is over", key="event:3", now=LATER)
    assert Commission.objects.get().status == CommissionStatus.APPROVED
    assert (request_final_payouts(now=LATER), request_final_payouts(now=LATER)) == (1, 0)
    assert Payout.objects.get().amount == Decimal("1.00")


def test_staff_hold_release_and_void_with_a_reason(sam, soup, ada, link, admin):
    bought(link, sam, [soup])
    pk = Commission.objects.get().pk
    decide = {"commission_id": pk, "actor": admin, "now": NOW}
    decisions.hold_commission(**decide, reason="Looks odd")
    row = Commission.objects.get()
    assert (row.status, why(row, now=NOW)) == ("hold", "Looks odd")
    decisions.release_commission(**decide, reason="It is fine")
    with pytest.raises(DomainError):
        decisions.release_commission(**decide, reason="Again")
    decisions.void_commission(**decide, reason="Made up")
    row = Commission.objects.get()
    assert (row.status, row.reversed, row.reason) == ("voided", Decimal("1.00"), "Made up")
    assert owed_agrees(ada) == 0
    with pytest.raises(IllegalTransitionError):
        decisions.hold_commission(**decide, reason="Too late")
    names = ["orders.commission.held", "orders.commission.released", "orders.commission.voided"]
    told = Event.objects.filter(name__in=names).order_by("pk")
    facts = {"commission_id": pk, "creator_id": ada.pk}
    assert [(event.name, event.data) for event in told] == [
        (name, facts | {"reason": reason})
        for name, reason in zip(names, ["Looks odd", "It is fine", "Made up"], strict=True)
    ]


def test_decisions_take_permission_a_reason_and_somebody_else(sam, soup, ada, link, admin):
    bought(link, sam, [soup])
    pk = Commission.objects.get().pk
    ada.is_superuser = True
    for actor in (ada, sam):
        with pytest.raises(NotAllowedError):
            decisions.hold_commission(commission_id=pk, actor=actor, reason="x", now=NOW)
    with pytest.raises(DomainError):
        decisions.hold_commission(commission_id=pk, actor=admin, reason=" ", now=NOW)


def test_commission_in_a_payout_is_refused_with_the_payout(ada, earned, admin):
    ask(ada)
    with pytest.raises(DomainError) as refused:
        decisions.void_commission(commission_id=Commission.objects.get().pk, actor=admin, reason="x", now=LATER)
    assert refused.value.code == "in_a_payout"


def test_corrections_of_staff_are_in_the_books_and_the_next_payout(ada, earned, admin):
    give = {"creator": ada, "currency": "EUR", "actor": admin, "now": LATER}
    decisions.adjust_earnings(**give, amount=Decimal("2.50"), reason="We miscounted", key="one")
    decisions.adjust_earnings(**give, amount=Decimal("-0.50"), reason="A little too much", key="two")
    assert owed_agrees(ada) == Decimal("3.00")
    assert ask(ada).amount == Decimal("3.00")
    adjustment = CommissionAdjustment.objects.first()
    assert Event.objects.filter(name="orders.earnings.adjusted").first().data == {
        "adjustment_id": adjustment.pk,
        "creator_id": ada.pk,
        "amount": "2.50",
        "currency": "EUR",
        "reason": "We miscounted",
    }
    for wrong in ({"amount": Decimal(0)}, {"actor": make_user("kim")}):
        with pytest.raises(DomainError):
            decisions.adjust_earnings(**give | {"amount": Decimal(1)} | wrong, reason="x", key="three")


def test_rates_begin_now_or_later(ada, admin, sam):
    give = {"creator": ada, "actor": admin, "reason": "Deal", "now": NOW}
    row = decisions.set_rate(**give, rate=Decimal("0.2"), valid_from=NOW)
    assert (row.rate, row.set_by) == (Decimal("0.2"), admin)
    assert Event.objects.get(name="orders.rate.set").data == {
        "creator_id": ada.pk,
        "rate": "0.2",
        "valid_from": NOW.isoformat(),
        "reason": "Deal",
    }
    for wrong in ({"rate": Decimal(2)}, {"valid_from": NOW - timedelta(seconds=1)}, {"actor": sam}):
        with pytest.raises(DomainError):
            decisions.set_rate(**give | {"rate": Decimal("0.2"), "valid_from": NOW} | wrong)


def test_every_unpaid_line_says_why(sam, soup, ada, link, settings):
    order, _payment = bought(link, sam, [soup])
    bought(link, ada, [soup])
    said = [why(row, now=NOW) for row in Commission.objects.order_by("pk")]
    assert said == ["The order is not completed yet.", "You ordered it yourself."]
    complete(order)
    row = Commission.objects.first()
    assert why(row, now=NOW) == "In the holding period until 18 May 2026."
    assert why(row, now=LATER) == "It will be approved within the hour."
    approve_due_commissions(now=LATER)
    assert why(Commission.objects.first(), now=LATER) == "Approved: ask for a payout."
    void_commissions(order=order, now=LATER)
    assert why(Commission.objects.first(), now=LATER) == "The order was not carried out."


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("COMMISSION_RATE", Decimal("1.5"), "orders.E020"),
        ("AFFILIATE_WINDOW_DAYS", 0, "orders.E021"),
        ("PAYOUT_MINIMUM", Decimal(-1), "orders.E022"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(settings, name, value, check):
    assert check_affiliate_settings(None) == []
    setattr(settings, name, value)
    assert [problem.id for problem in check_affiliate_settings(None)] == [check]
