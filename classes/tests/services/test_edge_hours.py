# ruff: noqa: DTZ001  wall time has no zone
"""Hours at the edge: the nights on which the clocks change, the grace after booking, rules that change in between, and
classes in whose past something happened (CLS-9 to CLS-13, TEN-3)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from classes.enums import FeeState, StaffRole
from classes.enums import RsvpStatus as S
from classes.models import Rsvp, RsvpMove, Session
from classes.services.attendance import close_attendance, close_due_attendance, mark_missed
from classes.services.check_in import check_in_code, check_in_person
from classes.services.rsvps import accept_offer, join_session, leave_session, leaving_terms
from classes.services.series import create_series
from classes.services.series_edits import edit_series
from classes.services.sessions import move_session
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_rsvp,
    make_session,
    make_staff,
    make_studio,
    make_user,
)
from fitfoodie.common.errors import ConflictError, DomainError

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WINTER = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MARCH, OCTOBER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.MANAGER)
    return person


def series_from(studio, host, starts, *, now, rule="FREQ=WEEKLY;BYDAY=SU;COUNT=3", minutes=60):
    kind = make_class_type(studio.chain, "Dawn run")
    return create_series(
        actor=host,
        class_type=kind,
        studio=studio,
        room=None,
        instructor=None,
        rule=rule,
        starts_local=starts,
        minutes=minutes,
        capacity=5,
        now=now,
    )


def instants(series):
    return [f"{one.starts_at:%d.%m. %H:%M}" for one in series.sessions.order_by("starts_at")]


def join(user, session, now=NOW):
    return join_session(user=user, session_id=session.pk, now=now)


def leave(user, session, now):
    return leave_session(user=user, session_id=session.pk, now=now)


@pytest.mark.parametrize(
    ("first", "at", "now"),
    [
        (datetime(2026, 3, 22, 9, 0), ["22.03. 08:00", "29.03. 07:00", "05.04. 07:00"], MARCH),
        (datetime(2026, 10, 18, 9, 0), ["18.10. 07:00", "25.10. 08:00", "01.11. 08:00"], OCTOBER),
    ],
    ids=["spring", "autumn"],
)
def test_nine_in_the_morning_stays_nine_and_the_late_window_is_counted_in_hours_that_pass(studio, host, first, at, now):
    series = series_from(studio, host, first, now=now)
    assert instants(series) == at
    session = series.sessions.order_by("starts_at")[1]
    ada = make_user("ada")
    rsvp = join(ada, session, now)
    # Twelve hours that really pass, whatever the clocks on the wall did in the night between.
    assert leaving_terms(rsvp=rsvp, now=now).free_until == session.starts_at - 12 * HOUR
    assert not leaving_terms(rsvp=rsvp, now=session.starts_at - 12 * HOUR - MINUTE).is_late
    assert leave(ada, session, session.starts_at - 12 * HOUR).status == S.LATE


def test_a_class_through_the_night_of_the_change_lasts_as_long_as_it_was_meant(studio, host):
    now = datetime(2026, 10, 1, tzinfo=UTC)
    series = series_from(studio, host, datetime(2026, 10, 24, 23, 0), now=now, rule="FREQ=DAILY;COUNT=1", minutes=300)
    session = series.sessions.get()
    assert (session.starts_at, session.ends_at - session.starts_at) == (
        datetime(2026, 10, 24, 21, 0, tzinfo=UTC),
        5 * HOUR,
    )


@pytest.mark.parametrize(("day", "hour"), [((2026, 3, 29), 1), ((2026, 10, 25), 1)])
def test_a_time_that_is_skipped_or_comes_twice_is_one_instant_when_a_class_is_moved_there(studio, host, day, hour):
    session = make_session(studio, starts_at=WINTER + 40 * DAY)
    wall = datetime(*day, 2, 30)
    moved = move_session(actor=host, session_id=session.pk, starts_local=wall, now=WINTER)
    # 02:30 does not exist in March and is 03:30; in October it is the first of the two, still on summer time.
    expected = {3: datetime(2026, 3, 29, 1, 30, tzinfo=UTC), 10: datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}
    assert moved.starts_at == expected[day[1]]


def test_following_ones_keep_their_new_time_across_the_change(studio, host):
    now = datetime(2026, 10, 1, tzinfo=UTC)
    series = series_from(studio, host, datetime(2026, 10, 18, 9, 0), now=now)
    second = series.sessions.order_by("starts_at")[1]
    changes = {"starts_local": datetime(2026, 10, 25, 10, 0)}
    edit_series(actor=host, session=second, scope="following", changes=changes, now=now)
    walls = Session.objects.across_chains().order_by("starts_at").values_list("starts_local", "starts_at")
    assert [(wall[5:], f"{at:%H:%M}") for wall, at in walls] == [
        ("10-18T09:00", "07:00"),
        ("10-25T10:00", "09:00"),
        ("11-01T10:00", "09:00"),
    ]


def test_the_grace_ends_to_the_second(studio):
    session = make_session(studio)
    late = session.starts_at - HOUR
    ada, ben = make_user("ada"), make_user("ben")
    join(ada, session, late)
    join(ben, session, late)
    assert leave(ada, session, late + 15 * MINUTE - timedelta(seconds=1)).status == S.CANCELLED
    assert leave(ben, session, late + 15 * MINUTE).status == S.LATE


def test_who_moves_up_inside_the_window_has_a_grace_of_their_own(studio):
    session = make_session(studio, capacity=1)
    ada, ben = make_user("ada"), make_user("ben")
    join(ada, session)
    join(ben, session)
    leave(ada, session, session.starts_at - 3 * HOUR)
    said_yes = session.starts_at - 3 * HOUR + MINUTE
    rsvp = accept_offer(user=ben, session_id=session.pk, now=said_yes)
    assert (rsvp.status, rsvp.free_cancel_until) == (S.CONFIRMED, said_yes + 15 * MINUTE)
    assert leave(ben, session, said_yes + 14 * MINUTE).status == S.CANCELLED


def test_a_class_moved_after_the_booking_is_free_for_a_day_but_not_for_who_booked_after(studio, host):
    session = make_session(studio, starts_at=NOW + 3 * DAY)
    ada, ben = make_user("ada"), make_user("ben")
    join(ada, session)
    moved_at = NOW + HOUR
    moved = move_session(actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 15, 20, 0), now=moved_at)
    join(ben, session, moved_at + MINUTE)
    late = moved.starts_at - HOUR
    assert late < moved_at + DAY
    assert leave(ben, session, late).status == S.LATE
    assert leave(ada, session, late).status == S.CANCELLED


def test_rules_that_change_after_the_booking_are_for_whoever_books_then(studio):
    session = make_session(studio, starts_at=NOW + 3 * DAY)
    ada, ben = make_user("ada"), make_user("ben")
    join(ada, session)
    studio.late_cancel_minutes, studio.late_cancel_fee, studio.grace_minutes = 48 * 60, Decimal(9), 0
    studio.save()
    join(ben, session)
    then = session.starts_at - 40 * HOUR
    assert leave(ada, session, then).status == S.CANCELLED
    gone = leave(ben, session, then)
    assert (gone.status, gone.fee, gone.fee_state) == (S.LATE, Decimal(9), FeeState.PENDING)


def test_who_waits_is_moved_up_by_the_rules_of_when_they_joined(studio):
    session = make_session(studio, capacity=1, starts_at=NOW + 3 * DAY)
    ada, ben = make_user("ada"), make_user("ben")
    join(ada, session)
    waiting = join(ben, session)
    studio.no_show_fee = Decimal(30)
    studio.save()
    leave(ada, session, NOW + MINUTE)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.policy["no_show_fee"]) == (S.CONFIRMED, "0")


def test_all_of_a_series_changes_nothing_that_somebody_attended(studio, host):
    series = series_from(studio, host, datetime(2026, 6, 21, 9, 0), now=NOW)
    first, second, third = series.sessions.order_by("starts_at")
    seat = make_rsvp(first, make_user("ada"))
    check_in_person(actor=host, session_id=first.pk, rsvp_id=seat.public_id, now=first.starts_at)
    before = (
        Session.objects.across_chains().filter(pk=first.pk).values().get(),
        Rsvp.objects.across_chains().filter(pk=seat.pk).values().get(),
        list(RsvpMove.objects.filter(rsvp=seat).values()),
    )
    after_it = first.ends_at + HOUR
    changes = {"starts_local": datetime(2026, 6, 28, 11, 0), "capacity": 9, "title": "Later run"}
    edit_series(actor=host, session=second, scope="all", changes=changes, now=after_it)
    after = (
        Session.objects.across_chains().filter(pk=first.pk).values().get(),
        Rsvp.objects.across_chains().filter(pk=seat.pk).values().get(),
        list(RsvpMove.objects.filter(rsvp=seat).values()),
    )
    assert after == before
    walls = Session.objects.across_chains().order_by("starts_at").values_list("starts_local", "capacity", "title")
    assert list(walls)[1:] == [("2026-06-28T11:00", 9, "Later run"), ("2026-07-05T11:00", 9, "Later run")]
    assert third.pk in Session.objects.across_chains().values_list("pk", flat=True)


def test_following_from_a_class_that_was_held_is_refused(studio, host):
    series = series_from(studio, host, datetime(2026, 6, 21, 9, 0), now=NOW)
    held = series.sessions.order_by("starts_at")[0]
    with pytest.raises(DomainError):
        edit_series(actor=host, session=held, scope="following", changes={"capacity": 9}, now=held.ends_at)
    assert set(Session.objects.across_chains().values_list("capacity", flat=True)) == {5}


def test_nobody_marked_and_then_the_scans_of_the_door_arrive(studio, host):
    session = make_session(studio)
    fee = {"no_show_fee": "8.00"}
    ada, ben = (make_rsvp(session, make_user(name), policy=fee) for name in ("ada", "ben"))
    closed = session.ends_at + 30 * MINUTE
    assert close_due_attendance(now=closed) == 0

    scanned = {"actor": host, "session_id": session.pk, "code": ada.nonce, "scanned_at": session.starts_at}
    first = check_in_code(**scanned, now=closed + 2 * DAY)
    again = check_in_code(**scanned, now=closed + 2 * DAY + HOUR)

    assert (first.is_new, first.rsvp.checked_in_at) == (True, session.starts_at)
    assert (again.is_new, again.rsvp.checked_in_at) == (False, session.starts_at)
    ben.refresh_from_db()
    assert (ben.status, ben.fee_state) == (S.CONFIRMED, FeeState.NONE)
    assert close_attendance(session_id=session.pk, now=closed + 3 * DAY) == 0


def test_a_scan_that_arrives_takes_back_a_fee_that_waits_or_is_disputed(studio, host):
    session = make_session(studio)
    fee = {"no_show_fee": "8.00"}
    ada, ben, cleo = (make_rsvp(session, make_user(name), policy=fee) for name in ("ada", "ben", "cleo"))
    check_in_person(actor=host, session_id=session.pk, rsvp_id=cleo.public_id, now=session.starts_at)
    close_attendance(session_id=session.pk, now=session.ends_at + 30 * MINUTE)
    Rsvp.objects.across_chains().filter(pk=ben.pk).update(fee_state=FeeState.DISPUTED)
    for seat in (ada, ben):
        done = check_in_code(
            actor=host,
            session_id=session.pk,
            code=seat.nonce,
            scanned_at=session.starts_at - 5 * MINUTE,
            now=session.ends_at + 4 * DAY,
        )
        row = done.rsvp
        assert (row.status, row.fee, row.fee_state, row.fee_charges_at) == (S.ATTENDED, 0, FeeState.NONE, None)


def test_a_scan_from_before_the_door_opened_is_not_believed(studio, host):
    session = make_session(studio)
    seat = make_rsvp(session, make_user("ada"))
    early = session.starts_at - 31 * MINUTE
    with pytest.raises(ConflictError) as refused:
        check_in_code(
            actor=host, session_id=session.pk, code=seat.nonce, scanned_at=early, now=session.starts_at + HOUR
        )
    assert refused.value.code == "check_in_not_open"


def test_the_list_can_be_mended_for_a_day_from_the_close_though_the_close_came_late(studio, host):
    """A house that was down closes later; hosts have their day all the same."""
    session = make_session(studio)
    ada, ben = (make_rsvp(session, make_user(name)) for name in ("ada", "ben"))
    check_in_person(actor=host, session_id=session.pk, rsvp_id=ada.public_id, now=session.starts_at)
    closed = session.ends_at + 2 * DAY
    assert close_attendance(session_id=session.pk, now=closed) == 1
    tap = {"actor": host, "session_id": session.pk, "rsvp_id": ben.public_id}
    assert check_in_person(**tap, now=closed + DAY).rsvp.status == S.ATTENDED
    with pytest.raises(ConflictError) as refused:
        mark_missed(**tap, now=closed + DAY + timedelta(seconds=1))
    assert refused.value.code == "attendance_final"
