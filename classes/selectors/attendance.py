"""Who is in a class and who was, for the door, for the others in it, and for oneself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from classes import rules
from classes.enums import SEATED, RsvpStatus
from classes.models import Rsvp, Session
from social import policy

# What stands in a person's history: they had the seat when the class began, or gave it up too late.
PAST = frozenset({RsvpStatus.ATTENDED, RsvpStatus.NO_SHOW, RsvpStatus.LATE})
ROSTER_HEADER = ("name", "handle", "status", "checked_in_at", "checked_in_by", "booked_at", "booking")


def roster_of(session: Session) -> "QuerySet[Any]":
    """Everybody with a seat, by name, for those who work at the door: nobody is hidden from them. Whoever left the
    house for good comes last, without a name."""
    seats: QuerySet[Any] = session.rsvps.filter(status__in=SEATED)
    seats = seats.select_related("user__profile__photo", "checked_in_by")
    return seats.order_by(Case(When(user=None, then=1), default=0), Lower(Coalesce("user__name", "user__handle")), "id")


def roster_lines(seats: Iterable[Any], zone: str) -> Iterator[tuple[str, ...]]:
    """For the download; times on the clocks of the studio."""
    clocks = ZoneInfo(zone)
    for rsvp in seats:
        yield (
            str(rsvp.user.name) if rsvp.user else _("Deleted user"),
            str(rsvp.user.handle) if rsvp.user else "",
            str(rsvp.status),
            _clock(rsvp.checked_in_at, clocks),
            str(rsvp.checked_in_by.name) if rsvp.checked_in_by else "",
            _clock(rsvp.confirmed_at or rsvp.joined_at, clocks),
            str(rsvp.public_id),
        )


def _clock(at: datetime | None, clocks: ZoneInfo) -> str:
    return f"{at.astimezone(clocks):%Y-%m-%d %H:%M}" if at else ""


def may_see_attendees(viewer: Any, session: Session) -> bool:
    """Whoever has a seat, and the hosts (CLS-18)."""
    if not viewer.is_authenticated:
        return False
    has_seat = session.rsvps.filter(user_id=viewer.pk, status__in=SEATED).exists()
    return has_seat or rules.may_take_attendance(viewer, session)


def attendees_of(session: Session, viewer: Any) -> "QuerySet[Any]":
    """The seats whose people show themselves, and one's own. Blocked pairs are hidden from each other, as are people
    who are suspended or leaving (CLS-17). Empty for those who may not see the list."""
    if not may_see_attendees(viewer, session):
        nobody: QuerySet[Any] = session.rsvps.none()
        return nobody
    shows = Q(is_hidden=False) | Q(user_id=viewer.pk)
    seats: QuerySet[Any] = session.rsvps.filter(policy.there_for(viewer, "user"), shows, status__in=SEATED)
    rows: QuerySet[Any] = seats.select_related("user__profile__photo").order_by("confirmed_at", "id")
    return rows


def history_of(person: Any) -> "QuerySet[Any]":
    """One's past classes with what became of them; the caller orders."""
    mine = Rsvp.objects.of_person(person).filter(status__in=PAST)
    rows: QuerySet[Any] = mine.annotate(starts_at=F("session__starts_at"))
    return rows


@dataclass(frozen=True)
class Totals:
    classes: int
    # Of class time, rounded down to halves.
    hours: float
    # Weeks in a row with a class, this one or the last included.
    streak_weeks: int
    missed: int


def totals_of(person: Any, *, now: datetime) -> Totals:
    """Weeks begin on Monday, on the person's own clocks."""
    mine = Rsvp.objects.of_person(person)
    there = mine.filter(status=RsvpStatus.ATTENDED)
    spent = there.aggregate(total=Sum(F("session__ends_at") - F("session__starts_at")))["total"] or timedelta()
    clocks = ZoneInfo(person.preferences.time_zone)
    starts = list(there.values_list("session__starts_at", flat=True))
    days = [at.astimezone(clocks).date() for at in starts]
    streak = weeks_in_a_row(days, now.astimezone(clocks).date())
    missed = mine.filter(status=RsvpStatus.NO_SHOW).count()
    return Totals(len(starts), spent // timedelta(minutes=30) / 2, streak, missed)


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """A week that has only begun breaks nothing."""
    weeks = {_monday(day) for day in days}
    week = _monday(today)
    if week not in weeks:
        week -= timedelta(weeks=1)
    count = 0
    while week in weeks:
        count, week = count + 1, week - timedelta(weeks=1)
    return count


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
