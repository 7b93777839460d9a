"""Two desks, many taps: with real threads and real transactions on PostgreSQL."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from classes.enums import RsvpStatus, StaffRole
from classes.models import ClassType, PeerReview, RsvpMove, SessionRating
from classes.services.attendance import close_attendance
from classes.services.check_in import CheckIn, check_in_code
from classes.services.peer_reviews import write_peer_review
from classes.services.ratings import rate_session
from classes.tests.factories import NOW, make_rsvp, make_session, make_staff, make_user
from fitfoodie.common.errors import DomainError
from fitfoodie.common.tests.races import at_once
from fitfoodie.events.models import Event
from social.models import Connection

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
AFTER = NOW + timedelta(days=3)


def test_two_desks_scan_at_once_and_one_is_first():
    session = make_session()
    desks = [make_user(f"desk{number}") for number in range(2)]
    for desk in desks:
        make_staff(session.chain, desk, StaffRole.DESK)
    seat = make_rsvp(session, make_user("ada"))
    door = {"session_id": session.pk, "code": seat.nonce, "now": session.starts_at}
    results = at_once([partial(check_in_code, actor=desk, **door) for desk in desks] * 10)
    assert all(isinstance(result, CheckIn) for result in results)
    assert sum(result.is_new for result in results) == 1
    assert len({result.rsvp.checked_in_by_id for result in results}) == 1
    assert (RsvpMove.objects.count(), Event.objects.filter(name="classes.rsvp.attended").count()) == (1, 1)


def test_a_scan_while_attendance_is_closed_counts():
    session = make_session()
    desk = make_user("desk")
    make_staff(session.chain, desk, StaffRole.DESK)
    make_rsvp(session, make_user("ada"), RsvpStatus.ATTENDED)
    seat = make_rsvp(session, make_user("ben"))
    closes = session.ends_at + timedelta(minutes=30)
    scan = partial(check_in_code, actor=desk, session_id=session.pk, code=seat.nonce, now=closes)
    at_once([partial(close_attendance, session_id=session.pk, now=closes), scan] * 5)
    seat.refresh_from_db()
    assert seat.status == RsvpStatus.ATTENDED


def test_rating_sent_20_times_at_once_is_one():
    session = make_session()
    user = make_user("ada")
    make_rsvp(session, user, RsvpStatus.ATTENDED)
    results = at_once([partial(rate_session, author=user, session_id=session.pk, stars=5, text="", now=AFTER)] * 20)
    assert sum(isinstance(result, SessionRating) for result in results) == 1
    assert {result.code for result in results if isinstance(result, DomainError)} == {"already_rated"}
    assert ClassType.objects.across_chains().get().rating_count == 1


def test_many_rate_two_classes_of_one_instructor_at_once_and_nothing_is_lost():
    coach = make_user("coach")
    first = make_session(instructor=coach)
    second = make_session(
        first.studio, class_type=first.class_type, instructor=coach, starts_at=NOW + timedelta(days=1)
    )
    calls = []
    for number in range(20):
        session = (first, second)[number % 2]
        user = make_user(f"p{number}")
        make_rsvp(session, user, RsvpStatus.ATTENDED)
        calls.append(partial(rate_session, author=user, session_id=session.pk, stars=4, text="", now=AFTER))
    at_once(calls)
    assert ClassType.objects.across_chains().values_list("rating_count", "rating_average").get() == (20, 4.0)
    assert coach.teaching_rating.rating_count == 20


def test_partners_who_write_at_once_both_see_it():
    session = make_session()
    ada, ben = (make_rsvp(session, make_user(name), RsvpStatus.ATTENDED).user for name in ("ada", "ben"))
    Connection.objects.create(low=ada, high=ben, requested_by=ada, state="accepted", requested_at=NOW, accepted_at=NOW)
    words = {"session_id": session.pk, "tags": ["safe"], "text": "", "now": AFTER}
    calls = [
        partial(write_peer_review, author=ada, subject_id=ben.pk, **words),
        partial(write_peer_review, author=ben, subject_id=ada.pk, **words),
    ]
    at_once(calls * 5)
    assert list(PeerReview.objects.values_list("shown_at", flat=True)) == [AFTER, AFTER]
    assert Event.objects.filter(name="classes.peer_review.shown").count() == 1
