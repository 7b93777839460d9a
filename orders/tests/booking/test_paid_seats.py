"""N124, CLS-5, TEN-3: a seat that costs money is held, paid in an order, and given back when it is given up in time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from classes import booking_doors
from classes.enums import RsvpStatus
from classes.models import Rsvp, Session
from classes.services import seats as class_seats
from classes.services.rsvps import accept_offer, decline_offer, join_session, leave_session, release_all
from classes.tests.factories import NOW, make_chain, make_class_type, make_session, make_studio, make_user
from orders.enums import OrderStatus, PaymentStatus
from orders.models import Invoice, Kitchen, Order, OrderLine, Payment, Refund
from orders.providers.base import ProviderState
from orders.rules import Hand, legal_moves
from orders.selectors.ledger import verify_ledger
from orders.services.booking import DOOR, pay_address, till_of
from orders.services.expiry import expire_orders
from orders.services.payments import apply_state
from orders.services.reorder import reorder
from orders.services.seats import complete_orders, follow_seat
from orders.tests.factories_money import pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio(db):
    chain = make_chain()
    make_class_type(chain, "Reformer", price=Decimal("24.00"), capacity=1)
    return make_studio(chain)


@pytest.fixture
def session(studio):
    return make_session(studio, starts_at=NOW + timedelta(days=3))


@pytest.fixture
def ada(db):
    return make_user("ada")


@pytest.fixture
def ben(db):
    return make_user("ben")


def book(user, session, now=NOW):
    rsvp = join_session(user=user, session_id=session.pk, now=now)
    return rsvp, Order.objects.filter(lines__seat=rsvp).first()


def states(rsvp, order):
    rsvp = Rsvp.objects.across_chains().get(pk=rsvp.pk)
    order.refresh_from_db()
    return rsvp.status, order.status


def counts(session):
    session = Session.objects.across_chains().get(pk=session.pk)
    return session.confirmed, session.reserved, session.waitlisted


def test_a_paid_class_holds_the_seat_and_asks_for_its_price(ada, session):
    rsvp, order = book(ada, session)
    assert states(rsvp, order) == (RsvpStatus.HELD, OrderStatus.PENDING_PAYMENT)
    assert (order.total, order.currency, order.tax) == (Decimal("24.00"), "CHF", Decimal("3.83"))
    assert (order.slot_starts_at, order.expires_at) == (session.starts_at, rsvp.reserved_until)
    line = order.lines.get()
    assert (line.seat_id, line.meal_id, line.snapshot["class"]) == (rsvp.pk, None, session.public_id)
    assert line.title.startswith("Reformer, ")
    assert pay_address(rsvp) == f"/orders/{order.number}/pay/"


def test_asking_twice_is_one_order(ada, session):
    book(ada, session)
    book(ada, session)
    assert Order.objects.count() == 1


def test_paying_confirms_the_seat_and_balances_the_books(ada, session):
    rsvp, order = book(ada, session)
    payment = pay(order)
    assert payment.status == PaymentStatus.SUCCEEDED
    assert states(rsvp, order) == (RsvpStatus.CONFIRMED, OrderStatus.PAID)
    assert counts(session) == (1, 0, 0)
    assert Invoice.objects.get().content["seller"]["name"] == "Limmat Movement"
    assert verify_ledger() == []


def test_one_till_for_each_chain(ada, ben, session, studio):
    other = make_session(studio, starts_at=NOW + timedelta(days=4))
    book(ada, session)
    book(ben, other)
    till = Kitchen.objects.get()
    assert till == till_of(studio.chain)
    assert (till.chain, till.currency, till.delivers, till.offers_pickup) == (studio.chain, "CHF", False, False)


def test_a_seat_nobody_pays_goes_to_the_next_in_line(ada, ben, session):
    rsvp, order = book(ada, session)
    waiting, _none = book(ben, session)
    assert waiting.status == RsvpStatus.WAITLISTED
    assert expire_orders(now=order.expires_at) == 1
    assert states(rsvp, order) == (RsvpStatus.EXPIRED, OrderStatus.EXPIRED)
    waiting = Rsvp.objects.across_chains().get(pk=waiting.pk)
    assert waiting.status == RsvpStatus.OFFERED
    accepted = accept_offer(user=ben, session_id=session.pk, now=order.expires_at)
    assert accepted.status == RsvpStatus.HELD
    assert Order.objects.get(lines__seat=accepted).status == OrderStatus.PENDING_PAYMENT


def test_money_that_comes_when_the_seat_has_gone_goes_back(ada, ben, session):
    rsvp, order = book(ada, session)
    book(ben, session)
    expire_orders(now=order.expires_at)
    payment = _pay_late(order)
    assert payment.is_surplus
    assert Refund.objects.get().amount == Decimal("24.00")
    assert states(rsvp, order) == (RsvpStatus.EXPIRED, OrderStatus.EXPIRED)
    assert verify_ledger() == []


def test_money_that_comes_after_the_seat_went_but_before_its_order_was_closed_goes_back(ada, session):
    rsvp, order = book(ada, session)
    Rsvp.objects.across_chains().filter(pk=rsvp.pk).update(status=RsvpStatus.EXPIRED)
    payment = pay(order)
    assert payment.is_surplus
    assert states(rsvp, order) == (RsvpStatus.EXPIRED, OrderStatus.EXPIRED)


def _pay_late(order):
    """The bank had the card before the time was over; its message comes after."""
    payment = Payment.objects.create(order=order, provider="test", amount=order.total, currency=order.currency)
    paid = {"amount": order.total, "captured": order.total, "currency": order.currency, "fingerprint": "x"}
    state = ProviderState(reference="charge", status=PaymentStatus.SUCCEEDED, **paid)
    return apply_state(payment=payment, state=state, now=order.expires_at + timedelta(minutes=1))


def test_leaving_in_time_gives_the_money_back(ada, session):
    rsvp, order = book(ada, session)
    pay(order)
    leave_session(user=ada, session_id=session.pk, now=NOW + timedelta(hours=1))
    assert follow_seat(rsvp_id=rsvp.pk, now=NOW + timedelta(hours=1)) == "paid back"
    assert states(rsvp, order) == (RsvpStatus.CANCELLED, OrderStatus.CANCELLED)
    assert Refund.objects.get().amount == Decimal("24.00")
    assert follow_seat(rsvp_id=rsvp.pk, now=NOW) == "as it was"
    assert verify_ledger() == []


def test_leaving_late_keeps_the_price(ada, session):
    rsvp, order = book(ada, session)
    pay(order)
    late = session.starts_at - timedelta(hours=1)
    assert leave_session(user=ada, session_id=session.pk, now=late).status == RsvpStatus.LATE
    assert follow_seat(rsvp_id=rsvp.pk, now=late) == "as it was"
    assert states(rsvp, order)[1] == OrderStatus.PAID
    assert Refund.objects.count() == 0


def test_giving_up_a_held_seat_closes_its_order(ada, session):
    rsvp, order = book(ada, session)
    decline_offer(user=ada, session_id=session.pk, now=NOW)
    assert follow_seat(rsvp_id=rsvp.pk, now=NOW) == "now cancelled"
    assert states(rsvp, order) == (RsvpStatus.CANCELLED, OrderStatus.CANCELLED)


def test_a_cancelled_class_pays_everybody_back(ada, session, django_capture_on_commit_callbacks):
    rsvp, order = book(ada, session)
    pay(order)
    with django_capture_on_commit_callbacks(execute=True):
        locked = class_seats.lock_session(session.pk)
        release_all(session=locked, now=NOW, reason="The boiler is broken.")
    assert states(rsvp, order) == (RsvpStatus.CANCELLED, OrderStatus.CANCELLED)
    assert Refund.objects.get().amount == Decimal("24.00")


def test_the_order_is_complete_when_the_class_is_over(ada, session):
    rsvp, order = book(ada, session)
    pay(order)
    assert complete_orders(now=session.ends_at - timedelta(seconds=1)) == 0
    assert complete_orders(now=session.ends_at) == 1
    assert states(rsvp, order)[1] == OrderStatus.COMPLETED
    assert complete_orders(now=session.ends_at) == 0


def test_a_seat_without_an_order_is_nobody_elses_business(ada, studio):
    free = make_session(studio, price=None)
    rsvp, order = book(ada, free)
    assert (rsvp.status, order) == (RsvpStatus.CONFIRMED, None)
    assert follow_seat(rsvp_id=rsvp.pk, now=NOW) == "no order"
    assert pay_address(rsvp) == free.get_absolute_url()


@pytest.mark.parametrize("hand", [Hand.CUSTOMER, Hand.KITCHEN, Hand.STAFF])
def test_a_seat_is_given_up_in_the_class_not_in_its_order(hand):
    for status in OrderStatus:
        assert legal_moves(status=status, fulfilment="class", hand=hand) == frozenset()


def test_a_seat_is_not_ordered_again(ada, session):
    _rsvp, order = book(ada, session)
    with pytest.raises(Order.DoesNotExist):
        reorder(order_id=order.pk, customer=ada, now=NOW)


def test_a_line_is_a_dish_or_a_seat(ada, session):
    _rsvp, order = book(ada, session)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=order).update(seat=None)


def test_one_door_alone():
    with pytest.raises(ValueError, match="twice"):
        booking_doors.register(DOOR)


def test_the_pages_of_the_order_speak_of_a_seat(client, ada, session):
    _rsvp, order = book(ada, session)
    client.force_login(ada)
    shown = client.get(f"/orders/{order.number}/").content.decode()
    assert "Your seat is held for you until" in shown
    assert "Order the same again" not in shown
    assert "portions" not in shown.partition("<main")[2]
    assert client.post(f"/orders/{order.number}/again").status_code == 404
    assert "Reformer" in client.get("/orders/").content.decode()
    assert "Your seat is held" in client.get(f"/orders/{order.number}/pay/").content.decode()


def test_the_api_says_which_class(client, ada, session):
    _rsvp, order = book(ada, session)
    client.force_login(ada)
    [line] = client.get(f"/api/v1/orders/{order.number}").json()["lines"]
    assert (line["meal"], line["class"], line["cover"]) == (None, session.public_id, None)
