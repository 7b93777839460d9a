"""Getting in, waiting, getting out."""

from datetime import timedelta

import pytest

from classes.enums import RsvpStatus as S
from classes.errors import BookingClosedError, ClashError, OfferExpiredError
from classes.models import Rsvp, RsvpMove, Session
from classes.services.line import fill_seats
from classes.services.rsvps import (
    accept_offer,
    decline_offer,
    join_session,
    leave_session,
    leaving_terms,
    release_all,
    release_person,
)
from classes.services.seats import lock_session, recount
from classes.tests.factories import NOW, make_session, make_user
from fitfoodie.common.errors import ConflictError, IllegalTransitionError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session():
    """Two seats, on Wednesday at 08:00 in Zürich."""
    return make_session(capacity=2)


def people(count: int, start: int = 0):
    return [make_user(f"guest_{number}") for number in range(start, start + count)]


def join(user, session, now=NOW):
    return join_session(user=user, session_id=session.pk, now=now)


def leave(user, session, now=NOW):
    return leave_session(user=user, session_id=session.pk, now=now)


def states(session) -> list[str]:
    return [row.status for row in session.rsvps.order_by("id")]


def counts(session) -> tuple[int, int, int]:
    row = Session.everything.get(pk=session.pk)
    assert recount(row) == {"confirmed": row.confirmed, "reserved": row.reserved, "waitlisted": row.waitlisted}
    return row.confirmed, row.reserved, row.waitlisted


def facts() -> list[str]:
    return list(Event.objects.filter(name__startswith="classes.").order_by("id").values_list("name", flat=True))


def test_free_seat_is_confirmed_at_once_and_keeps_the_rules_of_then(session):
    ada = make_user("ada")
    rsvp = join(ada, session)
    assert (rsvp.status, rsvp.confirmed_at, rsvp.free_cancel_until) == (S.CONFIRMED, NOW, NOW + 15 * MINUTE)
    assert rsvp.policy["late_cancel_minutes"] == 720
    assert counts(session) == (1, 0, 0)
    assert facts() == ["classes.rsvp.confirmed"]
    move = RsvpMove.objects.get()
    assert (move.from_status, move.to_status, move.actor, move.moved_at) == ("", S.CONFIRMED, ada, NOW)


def test_joining_twice_is_joining_once(session):
    ada = make_user("ada")
    assert join(ada, session) == join(ada, session, NOW + HOUR)
    assert (counts(session), len(facts())) == ((1, 0, 0), 1)


def test_full_class_has_a_line_in_order(session):
    everybody = people(5)
    rows = [join(user, session) for user in everybody]
    assert [row.status for row in rows] == [S.CONFIRMED] * 2 + [S.WAITLISTED] * 3
    assert counts(session) == (2, 0, 3)
    last = Event.objects.filter(name="classes.rsvp.waitlisted").last()
    assert last.data["position"] == 3


def test_freed_seat_goes_to_the_head_of_the_line_in_the_same_step(session):
    everybody = people(4)
    for user in everybody:
        join(user, session)
    leave(everybody[0], session, NOW + HOUR)
    assert states(session) == [S.CANCELLED, S.CONFIRMED, S.CONFIRMED, S.WAITLISTED]
    promoted = Event.objects.filter(name="classes.rsvp.confirmed").last()
    assert (promoted.data["was_promoted"], promoted.data["user_id"]) == (True, everybody[2].pk)


def test_who_leaves_and_comes_back_stands_at_the_end(session):
    everybody = people(4)
    for user in everybody:
        join(user, session)
    leave(everybody[2], session)
    join(everybody[2], session, NOW + MINUTE)
    leave(everybody[0], session, NOW + HOUR)
    assert states(session) == [S.CANCELLED, S.CONFIRMED, S.CANCELLED, S.CONFIRMED, S.WAITLISTED]


def test_leaving_twice_is_leaving_once_and_strangers_were_never_in(session):
    ada = make_user("ada")
    join(ada, session)
    assert leave(ada, session) == leave(ada, session)
    assert facts() == ["classes.rsvp.confirmed", "classes.rsvp.cancelled"]
    with pytest.raises(Rsvp.DoesNotExist):
        leave(make_user("ben"), session)


def late_class(**fields):
    """Starts in six hours, so the late window has begun; full with one, and two wait."""
    session = make_session(capacity=1, starts_at=NOW + 6 * HOUR, **fields)
    everybody = people(3)
    for user in everybody:
        join(user, session)
    return session, everybody


def test_inside_the_window_the_seat_is_offered_and_reserved():
    session, (ada, ben, _cleo) = late_class()
    leave(ada, session)
    offered = session.rsvps.get(user=ben)
    assert (offered.status, offered.reserved_until) == (S.OFFERED, NOW + 15 * MINUTE)
    assert counts(session) == (0, 1, 1)
    accepted = accept_offer(user=ben, session_id=session.pk, now=NOW + 5 * MINUTE)
    assert (accepted.status, accepted.free_cancel_until) == (S.CONFIRMED, NOW + 20 * MINUTE)
    assert accept_offer(user=ben, session_id=session.pk, now=NOW + 6 * MINUTE) == accepted
    assert counts(session) == (1, 0, 1)


def test_offer_that_is_over_goes_on_though_no_sweep_has_run():
    session, (ada, ben, cleo) = late_class()
    leave(ada, session)
    with pytest.raises(OfferExpiredError):
        accept_offer(user=ben, session_id=session.pk, now=NOW + 15 * MINUTE)
    assert session.rsvps.get(user=cleo).status == S.OFFERED
    assert session.rsvps.get(user=cleo).reserved_until == NOW + 30 * MINUTE
    assert states(session) == [S.CANCELLED, S.EXPIRED, S.OFFERED]
    with pytest.raises(OfferExpiredError):
        accept_offer(user=ben, session_id=session.pk, now=NOW + 16 * MINUTE)


def test_declined_offer_goes_on_at_once():
    session, (ada, ben, cleo) = late_class()
    leave(ada, session)
    decline_offer(user=ben, session_id=session.pk, now=NOW)
    assert states(session) == [S.CANCELLED, S.CANCELLED, S.OFFERED]
    accept_offer(user=cleo, session_id=session.pk, now=NOW)
    with pytest.raises(ConflictError, match="leave the class"):
        decline_offer(user=cleo, session_id=session.pk, now=NOW)


def test_nobody_in_line_may_accept_what_is_not_offered():
    session, (_ada, ben, _cleo) = late_class()
    with pytest.raises(ConflictError) as refusal:
        accept_offer(user=ben, session_id=session.pk, now=NOW)
    assert refusal.value.code == "no_offer"


def open_claim(session):
    session.studio.is_open_claim = True
    session.studio.save()


def test_open_claim_is_for_whoever_clicks_first():
    session, (ada, ben, cleo) = late_class()
    open_claim(session)
    leave(ada, session)
    assert states(session) == [S.CANCELLED, S.WAITLISTED, S.WAITLISTED]
    offers = Event.objects.filter(name="classes.rsvp.offered")
    assert [offer.data["is_open_claim"] for offer in offers] == [True, True]
    assert accept_offer(user=cleo, session_id=session.pk, now=NOW).status == S.CONFIRMED
    with pytest.raises(ConflictError) as refusal:
        accept_offer(user=ben, session_id=session.pk, now=NOW)
    assert refusal.value.code == "seat_gone"


def test_newcomer_waits_behind_an_open_claim():
    session, (ada, *_rest) = late_class()
    open_claim(session)
    leave(ada, session)
    assert join(make_user("newcomer"), session).status == S.WAITLISTED


def test_who_is_shut_out_is_passed_over_visibly(session):
    everybody = people(4)
    for user in everybody:
        join(user, session)
    everybody[2].is_active = False
    everybody[2].save()
    leave(everybody[0], session)
    passed = session.rsvps.get(user=everybody[2])
    assert (passed.status, passed.skipped_because, passed.skipped_at) == (S.WAITLISTED, "suspended", NOW)
    assert session.rsvps.get(user=everybody[3]).status == S.CONFIRMED
    leave(everybody[1], session)
    assert facts().count("classes.rsvp.skipped") == 1
    # Nobody who could have it waits: a newcomer may.
    assert join(make_user("newcomer"), session).status == S.CONFIRMED


def test_promotion_that_clashes_is_a_question():
    session, other = make_session(capacity=1), None
    ada, ben = people(2)
    join(ada, session)
    other = make_session(session.studio, starts_at=session.starts_at + 30 * MINUTE)
    join(ben, other)
    join(ben, session)
    leave(ada, session)
    asked = session.rsvps.get(user=ben)
    assert (asked.status, asked.clashes_with) == (S.OFFERED, other)
    assert accept_offer(user=ben, session_id=session.pk, now=NOW).status == S.CONFIRMED


def test_second_seat_at_the_same_time_is_refused(session):
    ada = make_user("ada")
    join(ada, session)
    other = make_session(session.studio, starts_at=session.starts_at + 30 * MINUTE)
    with pytest.raises(ClashError) as refusal:
        join(ada, other)
    assert refusal.value.other == session
    beside = make_session(session.studio, starts_at=session.ends_at)
    assert join(ada, beside).status == S.CONFIRMED


def test_clash_one_was_not_asked_about_is_refused():
    session, (ada, ben, _cleo) = late_class()
    leave(ada, session)
    other = make_session(session.studio, starts_at=session.starts_at)
    join(ben, other)
    with pytest.raises(ClashError):
        accept_offer(user=ben, session_id=session.pk, now=NOW)


def full_beside(session):
    other = make_session(session.studio, capacity=1, starts_at=session.starts_at + 30 * MINUTE)
    join(make_user("somebody"), other)
    return other


def test_confirmed_seat_ends_other_waits_for_that_time(session):
    other, ada = full_beside(session), make_user("ada")
    join(ada, other)
    join(ada, session)
    assert other.rsvps.get(user=ada).status == S.CANCELLED
    assert counts(other) == (1, 0, 0)


def test_other_waits_stay_where_the_house_says_so(session):
    session.studio.leaves_clashing_waitlists = False
    session.studio.save()
    other, ada = full_beside(session), make_user("ada")
    join(ada, other)
    join(ada, session)
    assert other.rsvps.get(user=ada).status == S.WAITLISTED


@pytest.mark.parametrize(
    ("starts", "policy", "words"),
    [
        (timedelta(days=61), {}, "opens 60 days"),
        (-MINUTE, {}, "begun"),
        (HOUR, {"booking_closes_minutes": 60}, "closed"),
    ],
)
def test_booking_has_a_window(starts, policy, words):
    session = make_session(starts_at=NOW + starts)
    for name, value in policy.items():
        setattr(session.studio, name, value)
    session.studio.save()
    with pytest.raises(BookingClosedError, match=words):
        join(make_user("ada"), session)


def test_cancelled_class_cannot_be_booked(session):
    Session.everything.filter(pk=session.pk).update(status="cancelled")
    with pytest.raises(BookingClosedError, match="cancelled"):
        join(make_user("ada"), session)


def test_shut_account_cannot_book(session):
    ada = make_user("ada")
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    with pytest.raises(NotAllowedError):
        join(ada, session)


def test_waitlist_closes_an_hour_before_and_tells_who_still_waits():
    session, (ada, ben, cleo) = late_class()
    closing = session.starts_at - HOUR
    leave(ada, session, closing)
    assert states(session) == [S.LATE, S.EXPIRED, S.EXPIRED]
    assert counts(session) == (0, 0, 0)
    closed = Event.objects.get(name="classes.waitlist.closed")
    assert closed.data["waiting"] == 2
    assert join(ben, session, closing + MINUTE).status == S.CONFIRMED
    with pytest.raises(BookingClosedError, match="waitlist has closed"):
        join(cleo, session, closing + MINUTE)


def test_late_cancellation_counts_from_the_window_with_grace_after_booking(session):
    ada, ben = people(2)
    join(ada, session)
    late = session.starts_at - 12 * HOUR
    join(ben, session, late)
    assert leave(ben, session, late + 14 * MINUTE).status == S.CANCELLED
    assert not leaving_terms(rsvp=session.rsvps.get(user=ada), now=late - MINUTE).is_late
    assert leave(ada, session, late).status == S.LATE


def test_fee_is_that_of_the_day_of_booking(session):
    session.studio.late_cancel_fee = 10
    session.studio.save()
    ada = make_user("ada")
    rsvp = join(ada, session)
    session.studio.late_cancel_fee = 50
    session.studio.save()
    late = session.starts_at - HOUR
    assert "CHF" in leaving_terms(rsvp=rsvp, now=late).says
    gone = leave(ada, session, late)
    assert (gone.fee, gone.fee_state, gone.fee_charges_at) == (10, "pending", late + timedelta(days=5))


def test_moved_class_may_be_left_for_free_for_a_day(session):
    ada, ben = people(2)
    join(ada, session)
    join(ben, session)
    moved = session.starts_at - 11 * HOUR
    Session.everything.filter(pk=session.pk).update(moved_at=moved)
    assert leave(ada, session, moved + HOUR).status == S.CANCELLED


def test_seat_cannot_be_left_once_the_class_has_begun(session):
    ada = make_user("ada")
    rsvp = join(ada, session)
    with pytest.raises(BookingClosedError):
        leave(ada, session, session.starts_at)
    Rsvp.everything.filter(pk=rsvp.pk).update(status=S.ATTENDED)
    with pytest.raises(IllegalTransitionError):
        leave(ada, session, session.starts_at)


def test_lowered_capacity_sends_nobody_away(session):
    everybody = people(4)
    for user in everybody[:3]:
        join(user, session)
    held = lock_session(session.pk)
    held.capacity = 1
    held.save()
    fill_seats(session=held, now=NOW)
    assert (held.over_by, held.ceiling, states(session)) == (1, 2, [S.CONFIRMED, S.CONFIRMED, S.WAITLISTED])
    leave(everybody[0], session)
    held = Session.everything.get(pk=session.pk)
    assert (held.over_by, held.ceiling, held.waitlisted) == (0, 1, 1)
    held = lock_session(session.pk)
    held.capacity = held.ceiling = 3
    held.save()
    fill_seats(session=held, now=NOW)
    assert (states(session), held.ceiling) == ([S.CANCELLED, S.CONFIRMED, S.CONFIRMED], 3)


def test_cancelled_class_lets_everybody_go_for_free(session):
    everybody = people(3)
    for user in everybody:
        join(user, session)
    held = lock_session(session.pk)
    held.status = "cancelled"
    held.save()
    told = release_all(session=held, now=session.starts_at - HOUR, reason="Flooded")
    assert told == [user.pk for user in everybody]
    assert (states(session), counts(session)) == ([S.CANCELLED] * 3, (0, 0, 0))


def test_person_who_is_shut_out_leaves_everything_and_the_line_moves_up(session):
    everybody = people(3)
    for user in everybody:
        join(user, session)
    assert release_person(user=everybody[0], now=NOW) == 1
    assert states(session) == [S.CANCELLED, S.CONFIRMED, S.CONFIRMED]
    assert release_person(user=everybody[0], now=NOW) == 0
