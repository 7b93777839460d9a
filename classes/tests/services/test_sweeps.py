"""What the clock does, and what follows from an account that is shut."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services.deletion import request_deletion
from accounts.services.people import deactivate
from classes.enums import RsvpStatus as S
from classes.models import Rsvp, Session
from classes.services.clashes import leave_overtaken_waitlists
from classes.services.rsvps import join_session, leave_session
from classes.services.sweeps import close_waitlists, expire_reservations, fill_empty_seats
from classes.tasks import close_waitlists as close_task
from classes.tasks import expire_reservations as expire_task
from classes.tasks import release_seats_of, tidy_seats
from classes.tests.factories import NOW, make_session, make_user
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def join(user, session, now=NOW):
    return join_session(user=user, session_id=session.pk, now=now)


def states(session) -> list[str]:
    return [row.status for row in session.rsvps.order_by("id")]


@pytest.fixture
def late():
    """Six hours before it begins, full with one, two wait; the one has left, so the first is asked."""
    session = make_session(capacity=1, starts_at=NOW + 6 * HOUR)
    people = [make_user(f"guest_{number}") for number in range(3)]
    for user in people:
        join(user, session)
    leave_session(user=people[0], session_id=session.pk, now=NOW)
    return session


def test_offer_goes_on_by_the_sweep(late):
    assert expire_reservations(now=NOW + 14 * MINUTE) == 0
    assert expire_reservations(now=NOW + 15 * MINUTE) == 1
    assert states(late) == [S.CANCELLED, S.EXPIRED, S.OFFERED]
    assert expire_reservations(now=NOW + 15 * MINUTE) == 0


def test_waitlist_closes_by_the_sweep(late):
    assert close_waitlists(now=late.starts_at - 61 * MINUTE) == 0
    assert close_waitlists(now=late.starts_at - HOUR) == 1
    assert states(late) == [S.CANCELLED, S.EXPIRED, S.EXPIRED]
    assert Event.objects.get(name="classes.waitlist.closed").data["waiting"] == 1


def test_who_was_let_in_again_gets_the_seat_that_went_past(late):
    Rsvp.everything.filter(session=late).exclude(status=S.WAITLISTED).delete()
    Session.everything.filter(pk=late.pk).update(reserved=0)
    assert fill_empty_seats(now=NOW) == 1
    assert states(late) == [S.OFFERED]


def test_open_claim_is_told_once(late):
    late.studio.is_open_claim = True
    late.studio.save()
    expire_reservations(now=NOW + HOUR)
    told = Event.objects.filter(name="classes.rsvp.offered").count()
    assert fill_empty_seats(now=NOW + HOUR) == 0
    assert Event.objects.filter(name="classes.rsvp.offered").count() == told


def test_wait_that_was_overtaken_ends_and_one_begun_after_stays():
    session = make_session(capacity=1)
    sits, ada = make_user("sits"), make_user("ada")
    join(sits, session)
    other = make_session(session.studio, starts_at=session.starts_at)
    waits = join(ada, session)
    seat = join(ada, other, NOW + MINUTE)
    Rsvp.everything.filter(pk=waits.pk).update(status=S.WAITLISTED, ended_at=None)
    Session.everything.filter(pk=session.pk).update(waitlisted=1)
    assert leave_overtaken_waitlists(now=NOW) == 1
    assert states(session) == [S.CONFIRMED, S.CANCELLED]
    again = join(ada, session, NOW + HOUR)
    assert again.status == S.WAITLISTED
    assert leave_overtaken_waitlists(now=NOW) == 0
    assert seat.status == S.CONFIRMED


def test_tasks_take_the_hour_of_now(late):
    """Long after: what was open is over, and running them again changes nothing."""
    assert (expire_task(), close_task()) == (0, 0) or states(late)[-1] == S.EXPIRED
    assert tidy_seats() >= 0
    after = states(late)
    assert (expire_task(), close_task()) == (0, 0)
    assert states(late) == after


def in_a_class(*users):
    session = make_session(capacity=1, starts_at=timezone.now() + timedelta(days=3))
    for user in users:
        join(user, session, timezone.now())
    return session


def test_suspended_person_is_out_and_the_line_moves_up(django_capture_on_commit_callbacks):
    ada, ben = make_user("ada"), make_user("ben")
    boss = make_user("boss")
    type(boss).objects.filter(pk=boss.pk).update(is_superuser=True, is_staff=True)
    session = in_a_class(ada, ben)
    with django_capture_on_commit_callbacks(execute=True):
        deactivate(user=ada, actor=type(boss).objects.get(pk=boss.pk), reason="Spam", now=timezone.now())
    assert states(session) == [S.CANCELLED, S.CONFIRMED]
    fact = Event.objects.filter(name="classes.rsvp.cancelled").get()
    assert (fact.data["by_house"], fact.data["user_id"]) == (True, ada.pk)


def test_leaving_person_is_out(django_capture_on_commit_callbacks):
    ada, ben = make_user("ada"), make_user("ben")
    session = in_a_class(ada, ben)
    with django_capture_on_commit_callbacks(execute=True):
        request_deletion(user=ada, handle="ada", now=timezone.now())
    assert states(session) == [S.CANCELLED, S.CONFIRMED]


def test_late_news_of_somebody_who_is_back_changes_nothing(django_capture_on_commit_callbacks):
    ada = make_user("ada")
    session = in_a_class(ada)
    request_deletion(user=ada, handle="ada", now=timezone.now())
    event = Event.objects.get(name="accounts.deletion.requested")
    type(ada).objects.filter(pk=ada.pk).update(deletion_requested_at=None)
    assert release_seats_of(event_id=event.pk) == 0
    assert release_seats_of(event_id=0) == 0
    assert states(session) == [S.CONFIRMED]
