"""Classes as iCalendar (RFC 5545), for any calendar program (CLS-19, W25). Times are wall times with their zone, so
that a class at 18:00 is at 18:00 after the clocks change; there are no alarms: those are each one's own."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vGeo, vUri

from accounts.models import User
from classes.enums import ACTIVE, SEATED, SessionStatus
from classes.models import Rsvp, Session
from classes.selectors.timetable import shown_instructors

LOOKS_BACK = timedelta(days=90)
_TENTATIVE, _CONFIRMED, _CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


def session_calendar(session: Session, viewer: Any) -> bytes:
    """One class, as anybody may see it: without the link to join online. Who teaches is named to those who may meet
    them."""
    status = _CANCELLED if session.status == SessionStatus.CANCELLED else _CONFIRMED
    teachers = shown_instructors([session], viewer)
    return _calendar([_event(session, status, teachers, with_link=False)], name=session.title)


def person_calendar(person: Any, *, now: datetime) -> bytes:
    """What one has booked or waits for, and what was cancelled with one in it, from 90 days ago. The same until
    something changes, to the byte."""
    rows = list(bookings_of(person, now=now))
    teachers = shown_instructors((row.session for row in rows), person)
    return _calendar((_booked(row, teachers) for row in rows), name=_("My classes"))


def bookings_of(person: Any, *, now: datetime) -> "QuerySet[Any]":
    """Of several tries at one class the last."""
    is_on = Q(status__in=ACTIVE)
    # Released with the class: who had left before it was cancelled has no part in it.
    went_with_it = Q(session__status=SessionStatus.CANCELLED, ended_at__gte=F("session__cancelled_at"))
    rows: QuerySet[Any] = Rsvp.objects.of_person(person).filter(is_on | went_with_it)
    rows = rows.filter(session__ends_at__gte=now - LOOKS_BACK).select_related("session__studio")
    return rows.order_by("session__starts_at", "session_id", "id")


def _booked(rsvp: Rsvp, teachers: Mapping[int, User]) -> Event:
    session = rsvp.session
    if session.status == SessionStatus.CANCELLED:
        return _event(session, _CANCELLED, teachers, with_link=False)
    has_seat = rsvp.status in SEATED
    return _event(session, _CONFIRMED if has_seat else _TENTATIVE, teachers, with_link=has_seat)


def _calendar(events: Iterable[Event], *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//FitFoodie//Classes//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT1H")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(session: Session, status: str, teachers: Mapping[int, User], *, with_link: bool) -> Event:
    zone = ZoneInfo(session.time_zone)
    address = f"{settings.SITE_URL}{session.get_absolute_url()}"
    event = Event()
    event.add("uid", f"{session.public_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", session.updated_at.replace(microsecond=0))
    event.add("last-modified", session.updated_at.replace(microsecond=0))
    # Never falls, and rises when the class is cancelled whoever else counts the version.
    event.add("sequence", session.version - 1 + int(status == _CANCELLED))
    event.add("status", status)
    event.add("summary", session.title)
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("location", _place(session))
    event.add("description", _about(session, teachers, address, with_link=with_link))
    event.add("url", vUri(address))
    event.add("transp", "OPAQUE" if status == _CONFIRMED else "TRANSPARENT")
    latitude, longitude = session.studio.latitude, session.studio.longitude
    if latitude is not None and longitude is not None:
        event.add("geo", vGeo((latitude, longitude)))
    return event


def _place(session: Session) -> str:
    studio = session.studio
    return ", ".join(part for part in (studio.name, studio.street, studio.city) if part)


def _about(session: Session, teachers: Mapping[int, User], address: str, *, with_link: bool) -> str:
    teacher = teachers.get(session.instructor_id or 0)
    lines = [_("With %(name)s") % {"name": teacher.name} if teacher else "", session.equipment]
    if with_link and session.online_url:
        lines.append(session.online_url)
    if session.status == SessionStatus.CANCELLED and session.cancel_reason:
        lines.append(session.cancel_reason)
    return "\n".join([line for line in lines if line] + [address])
