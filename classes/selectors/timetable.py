"""What is on: classes that anybody may find, narrowed to what somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Left, Substr
from django.utils import timezone

from accounts import cities
from accounts.models import Profile, User
from classes.enums import ClassLevel, DayPart, OnDay, SessionStatus
from classes.filters import ME, SessionFilters
from classes.models import Session
from classes.search import CLASSES
from classes.spoken import understand
from fitfoodie.common.geo import Columns, Point, near
from fitfoodie.search import services as search
from social import policy

STUDIO_POINT: Final = Columns("studio__latitude", "studio__longitude")
# Weekdays are looked for this far ahead; nothing is on the timetable longer before.
WEEKS_AHEAD: Final = 53
# Between clocks that are furthest ahead of UTC and those furthest behind.
AHEAD, BEHIND = timedelta(hours=14), timedelta(hours=12)
HOURS: Final[dict[str, tuple[str, str]]] = {
    DayPart.MORNING: ("04:00", "11:59"),
    DayPart.NOON: ("11:00", "13:59"),
    DayPart.AFTERNOON: ("12:00", "16:59"),
    DayPart.EVENING: ("17:00", "23:59"),
}
_WEEKDAYS: Final = tuple(OnDay.values)[3:]

Sessions = QuerySet[Any, Any]


def open_sessions() -> Sessions:
    """All that anybody may open by its address: past and cancelled ones too."""
    return Session.objects.open_to_all()


def upcoming(now: datetime) -> Sessions:
    """What may stand in a list: past and cancelled classes are hidden (N47), those of closed studios too."""
    return open_sessions().filter(status=SessionStatus.SCHEDULED, starts_at__gt=now, studio__is_active=True)


def sessions_for(viewer: Any, filters: SessionFilters, *, now: datetime, within: Sessions | None = None) -> Sessions:
    """Upcoming classes that fit, unordered; each has `distance_km` when the filters name a place, and `search_rank`
    when they hold words. What is said in words is understood first: see `classes.spoken`.

    Somebody blocked, suspended or leaving is not found by name; `shows_instructor` says who is shown.
    """
    filters = understand(filters)
    sessions = upcoming(now) if within is None else within
    for narrow in (_in_time, _on_days, _by_level, _by_interest, _by_place, _by_person, _by_price_and_seats, _by_words):
        sessions = narrow(sessions, filters, viewer, now)
    return sessions


def place_of(filters: SessionFilters, viewer: Any) -> Point | None:
    """Where to look: as the address says, or for "me" the city in the person's profile."""
    if filters.near != ME:
        return filters.point
    return _home(viewer) or filters.point


def is_place_missing(filters: SessionFilters, viewer: Any) -> bool:
    """ "Near me" was asked for and nobody knows where that is."""
    return filters.near == ME and place_of(filters, viewer) is None


def shows_instructor(viewer: Any) -> Case:
    """Whether the viewer is shown who teaches: nobody who is blocked, either way, suspended or leaving."""
    is_there = policy.there_for(viewer, "instructor") & Q(instructor__isnull=False)
    return Case(When(is_there, then=Value(True)), default=Value(False))


def shown_instructors(sessions: Iterable[Session], viewer: Any) -> dict[int, User]:
    """By id: who teaches these classes, as far as `shows_instructor` would show them. One query."""
    ids = {session.instructor_id for session in sessions if session.instructor_id}
    return User.objects.filter(policy.there_for(viewer), pk__in=ids).in_bulk()


def _home(viewer: Any) -> Point | None:
    if viewer.pk is None:
        return None
    found = Profile.objects.filter(user_id=viewer.pk).values_list("city", "country").first()
    city = cities.find(", ".join(part for part in found if part)) if found and found[0] else None
    return Point(city.latitude, city.longitude) if city else None


def _in_time(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    if filters.starts_from:
        sessions = sessions.filter(_from(filters.starts_from))
    if filters.starts_to:
        sessions = sessions.filter(_to(filters.starts_to))
    return sessions


def _from(moment: str) -> Q:
    if len(moment) > 10:
        return Q(starts_at__gte=datetime.fromisoformat(moment))
    # The column of the studio's clocks decides; the instant lets the database begin inside its index.
    return Q(starts_local__gte=moment, starts_at__gte=_midnight(date.fromisoformat(moment), -AHEAD))


def _to(moment: str) -> Q:
    if len(moment) > 10:
        return Q(starts_at__lte=datetime.fromisoformat(moment))
    return Q(
        starts_local__lt=f"{moment}~", starts_at__lt=_midnight(date.fromisoformat(moment), timedelta(days=1) + BEHIND)
    )


def _midnight(day: date, offset: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + offset


def _on_days(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    if filters.day:
        days = days_meant(filters.day, timezone.localtime(now).date())
        sessions = sessions.alias(local_day=Left("starts_local", 10)).filter(local_day__in=days)
    if filters.part:
        sessions = sessions.alias(local_hour=Substr("starts_local", 12, 5)).filter(_any(map(_hours, filters.part)))
    return sessions


def _hours(part: str) -> Q:
    return Q(local_hour__range=HOURS[part])


def _any(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def days_meant(names: Iterable[str], today: date) -> list[str]:
    """ISO days of the coming year that the names mean, seen from `today`. The weekend is the next one, or this."""
    wanted: set[date] = set()
    for name in names:
        wanted.update(_days(name, today))
    return sorted(day.isoformat() for day in wanted)


def _days(name: str, today: date) -> list[date]:
    if name == OnDay.TODAY:
        return [today]
    if name == OnDay.TOMORROW:
        return [today + timedelta(days=1)]
    if name == OnDay.WEEKEND:
        saturday = today + timedelta(days=5 - today.weekday()) if today.weekday() != 6 else today - timedelta(days=1)
        return [saturday, saturday + timedelta(days=1)]
    first = today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday()) % 7)
    return [first + timedelta(weeks=week) for week in range(WEEKS_AHEAD)]


def _by_level(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    """A class for all levels fits every level."""
    if filters.level:
        sessions = sessions.filter(level__in={*filters.level, ClassLevel.ALL})
    return sessions.filter(format__in=filters.format) if filters.format else sessions


def _by_interest(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    if not filters.interest:
        return sessions
    named = sessions.alias(interests_text=Cast("interests", TextField()))
    found: Sessions = named.filter(_any(Q(interests_text__contains=f'"{sport}"') for sport in filters.interest))
    return found


def _by_place(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    point = place_of(filters, viewer)
    if point is not None:
        sessions = near(sessions, point, filters.radius, columns=STUDIO_POINT)
    if filters.chain:
        sessions = sessions.filter(chain__slug__in=filters.chain)
    if filters.studio:
        sessions = sessions.filter(Q(studio__public_id__in=filters.studio) | Q(studio__slug__in=filters.studio))
    return sessions


def _by_person(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    if filters.class_type:
        sessions = sessions.filter(class_type__public_id__in=filters.class_type)
    if filters.instructor:
        handles = [handle.lower() for handle in filters.instructor]
        sessions = sessions.filter(policy.there_for(viewer, "instructor"), instructor__handle__in=handles)
    return sessions


def _by_price_and_seats(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    is_free = Q(price=None) | Q(price=0)
    has_seats = Q(waitlisted=0, capacity__gt=F("confirmed") + F("reserved"))
    if filters.free is not None:
        sessions = sessions.filter(is_free if filters.free else ~is_free)
    if filters.has_seats is not None:
        sessions = sessions.filter(has_seats if filters.has_seats else ~has_seats)
    return sessions


def _by_words(sessions: Sessions, filters: SessionFilters, viewer: Any, now: datetime) -> Sessions:
    return found_by_words(sessions, search.prepare(CLASSES, filters.q), viewer) if filters.q else sessions


def found_by_words(sessions: Sessions, asked: search.Prepared, viewer: Any) -> Sessions:
    """With their `search_rank`. Neither what was typed nor what was meant by it finds a teacher who is hidden."""
    words = f"{asked.question.text} {asked.corrected_text or ''}"
    found: Sessions = asked.apply(sessions).filter(_not_by_hidden_name(viewer, words))
    return found


def _not_by_hidden_name(viewer: Any, words: str) -> Q:
    """The index knows every teacher by name. Whom the viewer may not meet is not found by it, unless the title says the
    word too."""
    by_name = Q(pk__in=[])
    for word in words.replace("@", " ").split():
        is_named = Q(instructor__name__icontains=word) | Q(instructor__handle__icontains=word)
        by_name |= is_named & ~Q(title__icontains=word)
    return Q(instructor=None) | policy.there_for(viewer, "instructor") | ~by_name
