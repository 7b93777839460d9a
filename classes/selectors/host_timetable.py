"""What hosts and instructors see of their weeks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.models import ChainStaff, Session, Studio
from fitfoodie.common.wall_time import resolve

BY_ROOM, BY_INSTRUCTOR = "room", "instructor"
DAYS = 7


@dataclass(frozen=True)
class Line:
    """A room or a person, and what they have on each day of the week."""

    name: str
    days: list[list[Session]]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sessions_of_week(studio: Studio, monday: date) -> QuerySet[Session]:
    """On the clocks of the studio, cancelled ones among them."""
    zone = ZoneInfo(studio.time_zone)
    begins, ends = (_midnight(day, zone) for day in (monday, monday + timedelta(days=DAYS)))
    rows = Session.objects.in_chain(studio.chain_id).filter(studio=studio, starts_at__gte=begins, starts_at__lt=ends)
    return rows.select_related("room", "instructor", "studio").order_by("starts_at", "pk")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return resolve(datetime.combine(day, time.min), zone).instant


def lines(sessions: Iterable[Session], monday: date, *, by: str) -> list[Line]:
    """Rooms or instructors by name; what has none comes last."""
    found: dict[str, list[list[Session]]] = {}
    for session in sessions:
        days = found.setdefault(_line_name(session, by), [[] for _day in range(DAYS)])
        days[(local_day(session) - monday).days].append(session)
    return [Line(name or _nobody(by), found[name]) for name in sorted(found, key=lambda name: (not name, name.lower()))]


def _line_name(session: Session, by: str) -> str:
    if by == BY_ROOM:
        return session.room.name if session.room else ""
    return session.instructor.name if session.instructor else ""


def _nobody(by: str) -> str:
    return _("Without a room") if by == BY_ROOM else _("Nobody yet")


def local_day(session: Session) -> date:
    return session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()


def by_day(sessions: Iterable[Session], monday: date) -> list[tuple[date, list[Session]]]:
    days: list[tuple[date, list[Session]]] = [(monday + timedelta(days=number), []) for number in range(DAYS)]
    for session in sessions:
        days[(local_day(session) - monday).days][1].append(session)
    return days


def taught_by(person: User, *, since: datetime, weeks: int = 1) -> QuerySet[Session]:
    """The own classes of an instructor in all chains, from `since` on."""
    rows = Session.objects.of_person(person, "instructor")
    rows = rows.filter(starts_at__gte=since, starts_at__lt=since + timedelta(weeks=weeks))
    return rows.select_related("chain", "studio", "room", "instructor").order_by("starts_at", "pk")


def day_begins(now: datetime, zone: Any) -> datetime:
    return resolve(datetime.combine(now.astimezone(zone).date(), time.min), zone).instant.astimezone(UTC)


def studios_to_schedule(held: Collection[rules.Held], chain: Any, *, is_house: bool) -> QuerySet[Studio]:
    """Where the person may put classes on the timetable, by what they hold."""
    rows = Studio.objects.in_chain(chain).filter(is_active=True).order_by("name", "pk")
    own = [one for one in held if one.chain_id == chain.pk and one.role in rules.SCHEDULES]
    if is_house or any(one.studio_id is None for one in own):
        return rows
    return rows.filter(pk__in={one.studio_id for one in own})


def teachers_of(chain: Any) -> QuerySet[User]:
    """Whoever may stand before a class of the chain."""
    held = ChainStaff.objects.in_chain(chain).filter(is_active=True, role__in=rules.SCHEDULES)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
