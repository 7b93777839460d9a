"""A seat with a price: held, paid or not, given back. The door is a double of whoever takes the money."""

from datetime import timedelta

import pytest

from classes import booking_doors
from classes.enums import RsvpStatus as S
from classes.errors import BookingClosedError, OfferExpiredError
from classes.models import Rsvp, Session
from classes.services.rsvps import (
    accept_offer,
    confirm_paid,
    decline_offer,
    join_session,
    leave_session,
    leaving_terms,
    release_all,
    release_held,
)
from classes.services.seats import lock_session
from classes.services.sweeps import expire_reservations
from classes.tests.factories import NOW, make_session, make_user
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def door(monkeypatch):
    """What the door was told."""
    told = []
    paid = booking_doors.PaidBooking(
        begin=lambda rsvp, now: told.append(("begin", rsvp.pk)),
        address=lambda rsvp: f"/pay/{rsvp.public_id}",
    )
    monkeypatch.setattr(booking_doors, "_door", paid)
    return told


def given_up():
    """What the log says of the seat that was given up last: whoever took the money follows it."""
    data = Event.objects.filter(name="classes.rsvp.cancelled").latest("id").data
    return data["rsvp_id"], data["from_status"], data["is_late"], data["by_house"]


@pytest.fixture
def session():
    return make_session(capacity=1, price="20.00")


@pytest.fixture
def ada():
    return make_user("ada")


def join(user, session, now=NOW):
    return join_session(user=user, session_id=session.pk, now=now)


def test_without_a_door_no_seat_is_given_away(session, ada, monkeypatch):
    monkeypatch.setattr(booking_doors, "_door", None)
    with pytest.raises(BookingClosedError) as refusal:
        join(ada, session)
    assert refusal.value.code == "payment_unavailable"
    assert Rsvp.everything.count() == 0


def test_held_until_paid(session, ada, door):
    rsvp = join(ada, session)
    assert (rsvp.status, rsvp.reserved_until, rsvp.price) == (S.HELD, NOW + HALF_HOUR, 20)
    assert door == [("begin", rsvp.pk)]
    assert confirm_paid(rsvp_id=rsvp.pk, now=NOW).status == S.CONFIRMED
    assert confirm_paid(rsvp_id=rsvp.pk, now=NOW).status == S.CONFIRMED
    row = Session.everything.get(pk=session.pk)
    assert (row.confirmed, row.reserved) == (1, 0)


def test_not_paid_in_time_goes_on_and_late_money_goes_back(session, ada, door):
    rsvp = join(ada, session)
    ben = make_user("ben")
    assert join(ben, session).status == S.WAITLISTED
    expire_reservations(now=NOW + HALF_HOUR)
    assert session.rsvps.get(user=ben).status == S.OFFERED
    with pytest.raises(OfferExpiredError):
        confirm_paid(rsvp_id=rsvp.pk, now=NOW + HALF_HOUR)


def test_money_that_comes_late_to_a_seat_still_held_is_taken(session, ada, door):
    rsvp = join(ada, session)
    assert confirm_paid(rsvp_id=rsvp.pk, now=NOW + 2 * HALF_HOUR).status == S.CONFIRMED


def test_from_the_line_always_asked_then_held(session, ada, door):
    ben = make_user("ben")
    first = join(ada, session)
    join(ben, session)
    assert release_held(rsvp_id=first.pk, now=NOW, reason="Card declined").status == S.CANCELLED
    assert release_held(rsvp_id=first.pk, now=NOW, reason="Card declined").status == S.CANCELLED
    asked = session.rsvps.get(user=ben)
    assert asked.status == S.OFFERED
    accepted = accept_offer(user=ben, session_id=session.pk, now=NOW)
    assert (accepted.status, door[-1]) == (S.HELD, ("begin", asked.pk))
    assert decline_offer(user=ben, session_id=session.pk, now=NOW).status == S.CANCELLED
    assert given_up() == (asked.pk, "held", False, False)


def test_order_that_ran_out_lets_go_as_expired(session, ada, door):
    rsvp = join(ada, session)
    assert release_held(rsvp_id=rsvp.pk, now=NOW + HALF_HOUR, reason="").status == S.EXPIRED


def test_left_in_time_the_price_goes_back_and_late_it_does_not(session, ada, door):
    rsvp = join(ada, session)
    confirm_paid(rsvp_id=rsvp.pk, now=NOW)
    rsvp.refresh_from_db()
    assert "get back what you paid" in leaving_terms(rsvp=rsvp, now=NOW).says
    leave_session(user=ada, session_id=session.pk, now=NOW)
    assert given_up() == (rsvp.pk, "confirmed", False, False)
    again = join(ada, session)
    confirm_paid(rsvp_id=again.pk, now=NOW)
    again.refresh_from_db()
    late = session.starts_at - timedelta(hours=1)
    terms = leaving_terms(rsvp=again, now=late)
    assert (terms.keeps_price, terms.fee, "not given back" in terms.says) == (True, 0, True)
    assert leave_session(user=ada, session_id=session.pk, now=late).status == S.LATE
    assert given_up() == (again.pk, "confirmed", True, False)


def test_cancelled_class_gives_everything_back(session, ada, door):
    rsvp = join(ada, session)
    confirm_paid(rsvp_id=rsvp.pk, now=NOW)
    held = lock_session(session.pk)
    held.status = "cancelled"
    held.save()
    release_all(session=held, now=session.starts_at - timedelta(hours=1), reason="Flooded")
    assert given_up() == (rsvp.pk, "confirmed", False, True)
