"""What calendar programs read, read back with a parser."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from icalendar import Calendar

from classes.enums import RsvpStatus, SessionStatus
from classes.models import CalendarFeed
from classes.selectors.calendar import person_calendar, session_calendar
from classes.services.calendar import read_calendar, renew_calendar, revoke_calendar
from classes.tests.factories import NOW, make_rsvp, make_session, make_user

pytestmark = pytest.mark.django_db


def events(body):
    return Calendar.from_ical(body).walk("VEVENT")


def only(body):
    (event,) = events(body)
    return event


def test_one_class_for_anybody(settings):
    session = make_session(online_url="https://meet.example/secret", instructor=make_user("coach"), equipment="Mat")
    event = only(session_calendar(session, AnonymousUser()))
    assert event["uid"] == f"{session.public_id}@{settings.SITE_URL.split('//')[1].split(':')[0]}"
    assert (event["summary"], event["status"], event["sequence"]) == ("Gentle Yoga", "CONFIRMED", 0)
    assert event["location"] == "Limmat Hall, Zürich"
    assert event["description"].startswith("With Coach\nMat\nhttp")
    assert "secret" not in session_calendar(session, AnonymousUser()).decode()
    assert event["geo"].to_ical() == "47.3769;8.5417"
    assert event.walk("VALARM") == []


@pytest.mark.parametrize(
    ("starts_at", "wall", "offset"),
    [
        # Clocks went back on 25 October 2026, forward on 28 March 2027.
        (datetime(2026, 10, 24, 16, tzinfo=UTC), "20261024T180000", 2),
        (datetime(2026, 10, 31, 17, tzinfo=UTC), "20261031T180000", 1),
        (datetime(2027, 3, 27, 17, tzinfo=UTC), "20270327T180000", 1),
        (datetime(2027, 3, 28, 16, tzinfo=UTC), "20270328T180000", 2),
    ],
)
def test_wall_time_with_its_zone_over_the_change_of_clocks(starts_at, wall, offset):
    body = session_calendar(make_session(starts_at=starts_at), AnonymousUser())
    assert f"DTSTART;TZID=Europe/Zurich:{wall}" in body.decode()
    (zone,) = Calendar.from_ical(body).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Zurich"
    # A program that trusts the zone in the file alone comes to the same instant.
    there = datetime.strptime(wall, "%Y%m%dT%H%M%S").replace(tzinfo=zone.to_tz(lookup_tzid=False))
    assert there.utcoffset() == timedelta(hours=offset)
    assert there.astimezone(UTC) == starts_at
    assert only(body)["dtstart"].dt.astimezone(ZoneInfo("UTC")) == starts_at


def test_feed_holds_what_is_booked_and_what_one_waits_for():
    user = make_user("ada")
    seat = make_session(online_url="https://meet.example/room")
    waiting = make_session(seat.studio, starts_at=NOW + timedelta(days=3), online_url="https://meet.example/other")
    left = make_session(seat.studio, starts_at=NOW + timedelta(days=4))
    old = make_session(seat.studio, starts_at=NOW - timedelta(days=95))
    make_rsvp(seat, user)
    make_rsvp(waiting, user, RsvpStatus.WAITLISTED)
    make_rsvp(left, user, RsvpStatus.CANCELLED, ended_at=NOW)
    make_rsvp(old, user, RsvpStatus.ATTENDED)
    make_rsvp(left, make_user("ben"))
    body = person_calendar(user, now=NOW)
    assert [event["status"] for event in events(body)] == ["CONFIRMED", "TENTATIVE"]
    assert "meet.example/room" in events(body)[0]["description"]
    assert "meet.example" not in events(body)[1]["description"]
    assert person_calendar(user, now=NOW) == body


def test_cancelled_class_stays_as_cancelled_with_a_higher_sequence():
    user, gone = make_user("ada"), make_user("gone")
    session = make_session()
    make_rsvp(session, user)
    before = only(person_calendar(user, now=NOW))
    session.status, session.cancelled_at, session.cancel_reason = SessionStatus.CANCELLED, NOW, "The coach is ill"
    session.save()
    user.rsvps.update(status=RsvpStatus.CANCELLED, ended_at=NOW)
    make_rsvp(session, gone, RsvpStatus.CANCELLED, ended_at=NOW - timedelta(hours=1))
    after = only(person_calendar(user, now=NOW))
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]
    assert "The coach is ill" in after["description"]
    assert events(person_calendar(gone, now=NOW)) == []
    assert only(session_calendar(session, AnonymousUser()))["status"] == "CANCELLED"


def test_moved_class_keeps_its_name_and_says_so():
    session = make_session()
    before = only(session_calendar(session, AnonymousUser()))
    session.version += 1
    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)
    after = only(session_calendar(session, AnonymousUser()))
    assert (after["uid"], after["sequence"] - before["sequence"]) == (before["uid"], 1)


@pytest.mark.parametrize("count", [1, 3])
def test_feed_in_two_queries(count, django_assert_num_queries):
    user = make_user("ada")
    studio = make_session().studio
    for number in range(count):
        make_rsvp(make_session(studio, starts_at=NOW + timedelta(days=number), instructor=user), user)
    with django_assert_num_queries(2):  # the classes, and which of the teachers are there for the person
        assert len(events(person_calendar(user, now=NOW))) == count


def test_address_is_made_renewed_and_taken_back():
    user = make_user("ada")
    first = renew_calendar(user=user, now=NOW)
    assert read_calendar(token=first.token, now=NOW) == user
    second = renew_calendar(user=user, now=NOW)
    assert len(second.token) == 43
    with pytest.raises(CalendarFeed.DoesNotExist):
        read_calendar(token=first.token, now=NOW)
    for minutes, noted in ((0, 0), (59, 0), (60, 60)):
        read_calendar(token=second.token, now=NOW + timedelta(minutes=minutes))
        assert CalendarFeed.objects.get().last_read_at == NOW + timedelta(minutes=noted)
    assert [revoke_calendar(user=user) for _twice in range(2)] == [True, False]
    with pytest.raises(CalendarFeed.DoesNotExist):
        read_calendar(token=second.token, now=NOW)


def test_nobody_reads_the_calendar_of_who_is_suspended():
    user = make_user("ada")
    feed = renew_calendar(user=user, now=NOW)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(CalendarFeed.DoesNotExist):
        read_calendar(token=feed.token, now=NOW)
