"""Double entry: every movement sums to zero, and the verifier finds what does not agree."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from meals.tests.factories import make_creator
from orders.enums import Account, Funder, MovementKind, PayoutStatus
from orders.health import LedgerCheck
from orders.models import Entry, Invoice, LedgerReport, Movement, Order, OrderLine, Payment, Payout, Refund
from orders.selectors.ledger import balance, verify_ledger
from orders.services.ledger import UnbalancedError, book, book_sale, share_between
from orders.services.ledger_check import check_ledger
from orders.tests.factories_money import NOW, make_code, make_order, make_paid_order

pytestmark = pytest.mark.django_db


def write(key="k", entries=((Account.CASH, Decimal(5), None), (Account.SALES, Decimal(-5), None)), order=None):
    return book(key=key, kind=MovementKind.SALE, order=order, currency="EUR", entries=entries, now=NOW)


def booked(order):
    return dict(Entry.objects.filter(movement__key=f"sale:{order.pk}").values_list("account", "amount"))


def test_entries_of_one_account_and_party_are_one():
    movement = write(
        entries=[
            (Account.CASH, Decimal(2), None),
            (Account.CASH, Decimal(3), None),
            (Account.TAX, Decimal(0), None),
            (Account.SALES, Decimal(-5), None),
        ]
    )
    assert list(movement.entries.order_by("pk").values_list("account", "amount")) == [("cash", 5), ("sales", -5)]


def test_what_does_not_sum_to_zero_is_not_booked():
    with pytest.raises(UnbalancedError):
        write(entries=[(Account.CASH, Decimal(1), None)])
    assert Movement.objects.count() == 0


def test_a_key_is_booked_once():
    assert (write() is None, write() is None, Movement.objects.count()) == (False, True, 1)


def test_nothing_is_not_booked():
    assert write(entries=[(Account.CASH, Decimal(0), None)]) is None


def test_the_ledger_is_never_shortened():
    movement = write()
    for row in (movement, movement.entries.first()):
        with pytest.raises(TypeError):
            row.delete()


def test_a_sale_stands_before_discounts_and_without_tax():
    order = make_paid_order(lines=[(2, "10.00", "3.00", make_code())], delivery="2.14")
    assert booked(order) == {
        "cash": Decimal("19.14"),
        "discounts": Decimal("3.00"),
        "tax": Decimal("-1.25"),
        "delivery": Decimal("-2.00"),
        "sales": Decimal("-18.89"),
    }
    assert verify_ledger() == []


def test_a_creator_pays_for_their_own_discount():
    creator = make_creator()
    order = make_paid_order(lines=[(1, "10.00", "1.00", make_code(Funder.CREATOR, creator))], delivery="0")
    assert booked(order)["commission_pending"] == Decimal("1.00")
    assert "discounts" not in booked(order)
    assert balance(Account.CREATOR_PAYABLE, party=creator, currency="EUR") == Decimal("1.00")


def test_a_free_order_is_booked_too():
    order = make_order(lines=[(1, "10.00", "10.00", make_code())], delivery="0")
    book_sale(order=order, now=NOW)
    assert booked(order) == {"discounts": Decimal("10.00"), "sales": Decimal("-10.00")}


def test_stretches_of_a_share_add_up():
    parts = [share_between(Decimal("1.00"), Decimal(at), Decimal(at + 1), Decimal(3), "EUR") for at in range(3)]
    assert (parts, share_between(Decimal(1), Decimal(0), Decimal(1), Decimal(0), "EUR")) == (
        [Decimal("0.33"), Decimal("0.34"), Decimal("0.33")],
        0,
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deferred triggers")
@pytest.mark.postgres
def test_the_database_refuses_what_does_not_sum_to_zero():
    Entry.objects.create(movement=write(), account=Account.CASH, amount=1)
    with pytest.raises(IntegrityError, match="does not sum to zero"):
        connection.check_constraints()
    transaction.set_rollback(True)


# --- the verifier finds each kind of trouble


@pytest.fixture
def order(db):
    return make_paid_order()


def test_finds_a_movement_that_does_not_sum_to_zero(order):
    if connection.vendor == "postgresql":
        pytest.skip("the database refuses it before")
    Entry.objects.filter(account=Account.TAX).update(amount=Decimal("-1.00"))
    assert verify_ledger() == [f"Movement sale:{order.pk} sums to 0.63 over 4 entries."]


def test_finds_cash_that_is_not_there(order):
    Payment.objects.update(captured=Decimal("26.00"))
    assert verify_ledger() == [
        f"Order {order.number}: cash is 25.00, captured 26.00 less refunded 0.00.",
        f"Order {order.number} costs 25.00, but 26.00 pays it.",
    ]


def test_finds_a_sale_without_payment_and_a_payment_without_sale(order):
    other = make_order(kitchen=order.kitchen, paid_at=NOW)
    Order.objects.filter(pk=order.pk).update(paid_at=None)
    assert verify_ledger() == [
        f"Order {other.number} is paid, but its sale is not booked.",
        f"Order {order.number} is not paid, but its sale is booked.",
        f"Order {other.number} costs 25.00, but 0.00 pays it.",
        f"Order {other.number} is paid, but has no invoice.",
    ]


def test_finds_refunds_that_do_not_agree(order):
    payment = Payment.objects.get()
    OrderLine.objects.filter(position=1).update(refunded=Decimal("1.00"))
    lost = Refund.objects.create(payment=payment, amount=2, status="succeeded", requested_at=NOW)
    assert verify_ledger() == [
        f"Order {order.number}: cash is 25.00, captured 25.00 less refunded 2.00.",
        f"Payment {payment.public_id} says 0.00 refunded, its refunds sum to 2.00.",
        f"Line 1 of order {order.number} says 1.00 refunded, its refunds sum to 0.00.",
        f"Refund {lost.public_id} is done, but not booked.",
    ]


def test_finds_payouts_that_are_not_booked():
    creator = make_creator()
    payout = Payout.objects.create(
        creator=creator, amount=5, currency="EUR", status=PayoutStatus.PAID, requested_at=NOW
    )
    assert verify_ledger() == ["Payouts in EUR are 5.00, booked 0.00."]
    entries = [(Account.CREATOR_PAYABLE, Decimal(5), creator), (Account.CASH, Decimal(-5), None)]
    book(key=f"payout:{payout.pk}", kind=MovementKind.PAYOUT, order=None, currency="EUR", entries=entries, now=NOW)
    assert verify_ledger() == []


def test_finds_a_changed_invoice(order):
    invoice = Invoice.objects.get()
    Invoice.objects.update(content=invoice.content | {"total": "1.00"})
    assert verify_ledger() == [f"Invoice {invoice.number} is not what was issued."]


def test_takes_as_many_queries_for_many_orders(order, django_assert_num_queries):
    def count():
        with django_assert_num_queries(13):
            verify_ledger()

    count()
    for _ in range(2):
        make_paid_order(kitchen=order.kitchen)
    count()


# --- the command, the night, the health page


def test_the_command_says_that_all_is_right(order):
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert out.getvalue() == "1 movements of money, all is right.\n"


def test_the_command_names_what_is_wrong_and_fails(order):
    Payment.objects.update(captured=Decimal("26.00"))
    errors = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_ledger", stderr=errors)
    assert (left.value.code, len(errors.getvalue().splitlines())) == (1, 2)


def test_health_shows_what_the_last_night_found():
    check = LedgerCheck()
    check.run()
    make_paid_order()
    check_ledger(now=NOW)
    check.run()
    Payment.objects.update(captured=Decimal("26.00"))
    assert len(check_ledger(now=NOW).problems) == 2
    with pytest.raises(Exception, match="2 things are wrong in the books as of 2026-05-04 12:00 UTC"):
        check.run()
    assert LedgerReport.objects.count() == 2
