"""At the door and after: check-in, closing, corrections, fees and disputes."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from classes.enums import FeeState, RsvpStatus, SessionStatus, StaffRole
from classes.models import Rsvp
from classes.services.attendance import close_attendance, close_due_attendance, hide_from_others, mark_missed
from classes.services.check_in import check_in_code, check_in_person, opens_at, undo_check_in
from classes.services.fees import charge_due_fees, decide_fee, dispute_fee
from classes.tests.factories import make_chain, make_rsvp, make_session, make_staff, make_user
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def desk(session):
    person = make_user("desk")
    make_staff(session.chain, person, StaffRole.DESK)
    return person


@pytest.fixture
def owner(session):
    person = make_user("owner")
    make_staff(session.chain, person, StaffRole.OWNER)
    return person


@pytest.fixture
def seat(session):
    return make_rsvp(session, make_user("ada"), policy={"no_show_fee": "8.00"})


@pytest.fixture
def other_seat(session):
    return make_rsvp(session, make_user("ben"), policy={"no_show_fee": "8.00"})


def refusal(call, **kwargs):
    with pytest.raises(DomainError) as caught:
        call(**kwargs)
    return caught.value.code


def facts(prefix="classes."):
    return list(Event.objects.filter(name__startswith=prefix).order_by("pk").values_list("name", flat=True))


def door(session):
    return session.starts_at - timedelta(minutes=5)


def tap(session, actor, seat, now=None, **more):
    return check_in_person(actor=actor, session_id=session.pk, rsvp_id=seat.public_id, now=now or door(session), **more)


def scan(session, actor, code, now=None, **more):
    return check_in_code(actor=actor, session_id=session.pk, code=code, now=now or door(session), **more)


def test_scan_checks_in_once_and_says_who_was_first(session, desk, owner, seat):
    first = scan(session, desk, seat.nonce)
    assert (first.is_new, first.rsvp.status, first.rsvp.checked_in_at) == (True, RsvpStatus.ATTENDED, door(session))
    second = scan(session, owner, seat.nonce, now=door(session) + timedelta(minutes=1))
    assert (second.is_new, second.rsvp.checked_in_by, second.rsvp.checked_in_at) == (False, desk, door(session))
    assert facts() == ["classes.rsvp.attended"]
    assert Event.objects.get().data["checked_in_by_id"] == desk.pk
    assert [move.to_status for move in seat.moves.all()] == ["attended"]


def test_typed_code_forgives_how_it_is_read(session, desk):
    seat = make_rsvp(session, make_user("ada"), nonce="0a1b2c3d4e5f")
    assert scan(session, desk, " OA-lb 2c3d 4e5f ").rsvp == seat


def test_code_of_another_class_is_unknown(session, desk):
    other = make_session(session.studio)
    seat = make_rsvp(other, make_user("ada"))
    assert refusal(scan, session=session, actor=desk, code=seat.nonce) == "unknown_code"
    assert refusal(scan, session=session, actor=desk, code="") == "unknown_code"


def test_door_opens_when_the_policy_says(session, desk, seat):
    opens = session.starts_at - timedelta(minutes=30)
    assert opens_at(session) == opens
    early = opens - timedelta(seconds=1)
    assert refusal(tap, session=session, actor=desk, seat=seat, now=early) == "check_in_not_open"
    session.class_type.check_in_opens_minutes = 60
    session.class_type.save()
    assert tap(session, desk, seat, now=early).is_new


def test_only_hosts_of_the_chain(session, seat):
    stranger = make_user("stranger")
    make_staff(make_chain("Other"), stranger, StaffRole.OWNER)
    for actor in (stranger, seat.user):
        with pytest.raises(NotAllowedError):
            tap(session, actor, seat)
        with pytest.raises(NotAllowedError):
            scan(session, actor, seat.nonce)
        with pytest.raises(NotAllowedError):
            mark_missed(actor=actor, session_id=session.pk, rsvp_id=seat.public_id, now=door(session))


@pytest.mark.parametrize("status", [RsvpStatus.WAITLISTED, RsvpStatus.CANCELLED])
def test_without_a_seat_nobody_comes_in(session, desk, status):
    seat = make_rsvp(session, make_user("ada"), status)
    assert refusal(tap, session=session, actor=desk, seat=seat) == "no_seat"


def test_cancelled_class_has_no_door(session, desk, seat):
    session.status = SessionStatus.CANCELLED
    session.save()
    assert refusal(tap, session=session, actor=desk, seat=seat) == "session_cancelled"


def test_offline_scan_is_accepted_late(session, desk, seat, other_seat):
    scanned = session.starts_at
    tap(session, desk, other_seat)
    close_attendance(session_id=session.pk, now=session.ends_at + timedelta(hours=1))
    late = session.ends_at + timedelta(days=4)
    done = scan(session, desk, seat.nonce, now=late, scanned_at=scanned)
    assert (done.is_new, done.rsvp.checked_in_at, done.rsvp.fee_state) == (True, scanned, FeeState.NONE)
    assert facts("classes.rsvp.corrected") == ["classes.rsvp.corrected"]


def test_scan_that_claims_the_future_or_came_too_late(session, desk, seat, other_seat):
    tomorrow = session.starts_at + timedelta(days=1)
    assert scan(session, desk, seat.nonce, scanned_at=tomorrow).rsvp.checked_in_at == door(session)
    late = session.ends_at + timedelta(days=6)
    refused = refusal(scan, session=session, actor=desk, code=other_seat.nonce, now=late, scanned_at=session.starts_at)
    assert refused == "attendance_final"


def test_wrong_tap_is_undone(session, desk, seat):
    tap(session, desk, seat)
    for _twice in range(2):
        undone = undo_check_in(actor=desk, session_id=session.pk, rsvp_id=seat.public_id, now=door(session))
        assert (undone.status, undone.checked_in_at, undone.checked_in_by) == (RsvpStatus.CONFIRMED, None, None)
    assert facts() == ["classes.rsvp.attended", "classes.rsvp.corrected"]


def test_unchecked_did_not_come_30_minutes_after_the_end(session, desk, seat, other_seat):
    tap(session, desk, other_seat)
    closes = session.ends_at + timedelta(minutes=30)
    assert close_due_attendance(now=closes - timedelta(seconds=1)) == 0
    assert [close_due_attendance(now=closes) for _twice in range(2)] == [1, 0]
    seat.refresh_from_db()
    assert (seat.status, seat.fee, seat.fee_state) == (RsvpStatus.NO_SHOW, Decimal("8.00"), FeeState.PENDING)
    assert seat.fee_charges_at == closes + timedelta(days=5)
    assert facts("classes.rsvp.missed") == ["classes.rsvp.missed"]


def test_paid_seat_costs_no_fee_on_top(session, desk, other_seat):
    paid = make_rsvp(session, make_user("eve"), policy={"no_show_fee": "8.00"}, price=Decimal("20.00"))
    tap(session, desk, other_seat)
    close_attendance(session_id=session.pk, now=session.ends_at + timedelta(hours=1))
    paid.refresh_from_db()
    assert (paid.status, paid.fee_state) == (RsvpStatus.NO_SHOW, FeeState.NONE)


def test_attendance_never_taken_marks_nobody(session, seat, other_seat):
    assert close_attendance(session_id=session.pk, now=session.ends_at + timedelta(hours=1)) == 0
    session.refresh_from_db()
    assert session.attendance_closed_at == session.ends_at + timedelta(hours=1)
    assert set(Rsvp.objects.across_chains().values_list("status", flat=True)) == {RsvpStatus.CONFIRMED}


def test_host_corrects_for_24_hours(session, desk, seat, other_seat):
    tap(session, desk, other_seat)
    closes = session.ends_at + timedelta(minutes=30)
    early = {"actor": desk, "session_id": session.pk, "rsvp_id": other_seat.public_id, "now": closes}
    assert refusal(mark_missed, **early) == "not_closed"
    close_attendance(session_id=session.pk, now=closes)
    last = closes + timedelta(hours=24)
    assert tap(session, desk, seat, now=last).rsvp.fee_state == FeeState.NONE
    missed = mark_missed(actor=desk, session_id=session.pk, rsvp_id=other_seat.public_id, now=last)
    assert (missed.status, missed.fee_charges_at) == (RsvpStatus.NO_SHOW, last + timedelta(days=5))
    assert mark_missed(actor=desk, session_id=session.pk, rsvp_id=other_seat.public_id, now=last) == missed
    over = last + timedelta(seconds=1)
    assert refusal(tap, session=session, actor=desk, seat=other_seat, now=over) == "attendance_final"
    again = {"actor": desk, "session_id": session.pk, "rsvp_id": seat.public_id, "now": over}
    assert refusal(mark_missed, **again) == "attendance_final"
    assert refusal(undo_check_in, **again) == "attendance_final"


def missed_seat(session, desk, seat, other_seat) -> datetime:
    tap(session, desk, other_seat)
    closed = session.ends_at + timedelta(minutes=30)
    close_attendance(session_id=session.pk, now=closed)
    return closed


def test_fee_is_charged_after_five_days_and_a_dispute_pauses_it(session, desk, owner, seat, other_seat):
    closed = missed_seat(session, desk, seat, other_seat)
    due = closed + timedelta(days=5)
    assert charge_due_fees(now=due - timedelta(seconds=1)) == 0
    dispute_fee(user=seat.user, rsvp_id=seat.public_id, text="I was there, the desk was empty.", now=closed)
    assert charge_due_fees(now=due) == 0
    again = {"user": seat.user, "rsvp_id": seat.public_id, "text": "Again", "now": closed}
    assert refusal(dispute_fee, **again) == "not_disputable"
    decided = decide_fee(rsvp_id=seat.pk, actor=owner, is_charged=True, reason="The door film says no", now=due)
    assert (decided.fee_state, decided.status) == (FeeState.DUE, RsvpStatus.NO_SHOW)
    assert Event.objects.get(name="classes.fee.decided").data == {
        "rsvp_id": seat.pk,
        "session_id": session.pk,
        "chain_id": session.chain_id,
        "user_id": seat.user_id,
        "state": "due",
        "amount": "8.00",
        "currency": "CHF",
        "reason": "The door film says no",
    }


def test_undisputed_fee_falls_due_once(session, desk, seat, other_seat):
    due = missed_seat(session, desk, seat, other_seat) + timedelta(days=5)
    assert [charge_due_fees(now=due) for _twice in range(2)] == [1, 0]
    seat.refresh_from_db()
    assert (seat.fee_state, seat.fee_charges_at) == (FeeState.DUE, None)


def test_waiving_may_also_set_the_record_right(session, desk, owner, seat, other_seat):
    closed = missed_seat(session, desk, seat, other_seat)
    dispute_fee(user=seat.user, rsvp_id=seat.public_id, text="I was there", now=closed)
    for actor in (desk, seat.user):
        with pytest.raises(NotAllowedError):
            decide_fee(rsvp_id=seat.pk, actor=actor, is_charged=False, reason="x", now=closed)
    nothing = {"rsvp_id": other_seat.pk, "actor": owner, "is_charged": False, "reason": "x", "now": closed}
    assert refusal(decide_fee, **nothing) == "no_fee"
    decided = decide_fee(
        rsvp_id=seat.pk, actor=owner, is_charged=False, reason="Seen on the photo", now=closed, was_there=True
    )
    assert (decided.fee_state, decided.status) == (FeeState.WAIVED, RsvpStatus.ATTENDED)


def test_no_show_without_a_fee_can_be_disputed_for_five_days(session, desk, owner, other_seat):
    seat = make_rsvp(session, make_user("eve"))
    closed = missed_seat(session, desk, seat, other_seat)
    words = {"user": seat.user, "rsvp_id": seat.public_id, "text": "No."}
    assert refusal(dispute_fee, **words, now=session.ends_at + timedelta(days=5, seconds=1)) == "not_disputable"
    dispute_fee(**words, now=closed)
    decided = decide_fee(rsvp_id=seat.pk, actor=owner, is_charged=True, reason="Sorry", now=closed)
    assert (decided.fee_state, decided.fee) == (FeeState.WAIVED, 0)


def test_strangers_dispute_nothing(seat):
    with pytest.raises(Rsvp.DoesNotExist):
        dispute_fee(user=make_user("stranger"), rsvp_id=seat.public_id, text="x", now=seat.joined_at)


def test_person_hides_from_the_others(session, seat):
    for is_hidden in (True, False):
        args = {"user": seat.user, "session_id": session.pk, "is_hidden": is_hidden, "now": door(session)}
        assert hide_from_others(**args).is_hidden is is_hidden
    with pytest.raises(Rsvp.DoesNotExist):
        hide_from_others(user=make_user("eve"), session_id=session.pk, is_hidden=True, now=door(session))
