"""Classes that come again: a rule is kept, and its sessions are made some weeks ahead, each occurrence once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from classes.events.schedule import SeriesCreated, SessionScheduled
from classes.models import ClassType, Room, Series, Session, Studio
from classes.recurrence import Occurrence, Rule, need_sensible_size, occurrences, parse
from classes.services.double_booking import Booking, Clash, clashes, lock_places
from classes.services.session_rows import (
    LOCAL_FORM,
    as_json,
    need_fitting,
    need_may_schedule,
    need_valid,
    new_session,
    teaches_in,
)
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record

logger = structlog.get_logger(__name__)


@transaction.atomic
def create_series(
    *,
    actor: User | None,
    class_type: ClassType,
    studio: Studio,
    room: Room | None,
    instructor: User | None,
    rule: str,
    starts_local: datetime,
    minutes: int,
    capacity: int,
    now: datetime,
    about: Mapping[str, Any] | None = None,
    skips_clashes: bool = False,
    reason: str = "",
) -> Series:
    """A rule and its sessions of the weeks ahead, from `starts_local` (naive, on the clocks of the studio) on. Locks
    room and instructor.

    With `skips_clashes` dates on which room or instructor is taken are left out; otherwise the first raises ClashError.
    Raises RuleError about the rule, NotAllowedError, DomainError with the field at fault.
    """
    need_may_schedule(actor, studio)
    need_fitting(studio=studio, class_type=class_type, room=room, instructor=instructor)
    parsed = parse(rule)
    series = Series(
        chain_id=studio.chain_id,
        class_type=class_type,
        studio=studio,
        room=room,
        instructor=instructor,
        rule=str(parsed),
        starts_local=need_sensible_size(parsed, starts_local).strftime(LOCAL_FORM),
        time_zone=studio.time_zone,
        minutes=minutes,
        capacity=capacity,
        about=as_json(about or {}),
    )
    need_valid(_sessions(series, _days(series, first_of(series).date()))[0])
    series.save()
    made = fill_series(series=series, until=horizon(now), now=now, actor=actor, skips_clashes=skips_clashes)
    fact = SeriesCreated(series_id=series.pk, chain_id=series.chain_id, sessions=len(made), reason=reason)
    record(fact, actor=actor, subject=series)
    return series


@transaction.atomic
def create_series_in_a_row(
    *,
    actor: User | None,
    class_types: Iterable[ClassType],
    studio: Studio,
    room: Room | None,
    rule: str,
    starts_local: datetime,
    reason: str,
    now: datetime,
) -> list[Series]:
    """The same days for several class types, each beginning where the one before it ends; a clash of one refuses all.

    Raises as `create_series` does, and DomainError (`reason_needed`).
    """
    said, starts, made = clean_reason(reason), starts_local, []
    for kind in class_types:
        series = create_series(
            actor=actor,
            class_type=kind,
            studio=studio,
            room=room,
            instructor=None,
            rule=rule,
            starts_local=starts,
            minutes=kind.minutes,
            capacity=kind.capacity,
            reason=said,
            now=now,
        )
        made.append(series)
        starts += timedelta(minutes=kind.minutes)
    return made


def horizon(now: datetime) -> date:
    """Sessions are on the timetable up to this day."""
    return (now + timedelta(weeks=settings.CLASS_WEEKS_AHEAD)).date()


def make_sessions(*, until: date, now: datetime) -> int:
    """What every series makes up to and with the day `until`; how many are new. Run by the schedule.

    One transaction for each series. Twice at once makes each occurrence once, and a date on which room or instructor is
    taken is left out.
    """
    due = Series.objects.across_chains().filter(
        chain__is_active=True, studio__is_active=True, class_type__is_active=True
    )
    due = due.filter(Q(made_until=None) | Q(made_until__lt=until))
    due = due.filter(Q(ended_on=None) | Q(made_until=None) | Q(ended_on__gt=F("made_until")))
    return sum(_make(series_id, until, now) for series_id in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _make(series_id: int, until: date, now: datetime) -> int:
    series = lock_series(series_id)
    return len(fill_series(series=series, until=until, now=now, actor=None, skips_clashes=True))


def lock_series(series_id: int) -> Series:
    """Before its sessions. Raises Series.DoesNotExist."""
    rows = Series.objects.across_chains().select_for_update(no_key=True, of=("self",))
    return rows.select_related("chain", "studio", "class_type", "room", "instructor").get(pk=series_id)


def fill_series(
    *, series: Series, until: date, now: datetime, actor: User | None, skips_clashes: bool
) -> Sequence[Session]:
    """The missing sessions up to `until`. Call under the lock of the series, or with a new one. Locks room and
    instructor; raises ClashError unless `skips_clashes`."""
    known = set(series.sessions.values_list("series_day", flat=True))
    days = [one for one in _days(series, until) if one.day not in known and one.starts_at > now]
    sessions = _sessions(series, days)
    in_the_way = _in_the_way(sessions, skips_clashes=skips_clashes)
    made = [session for session in sessions if session not in in_the_way]
    Session.objects.bulk_create(made)
    for session in made:
        payload = SessionScheduled(session_id=session.pk, chain_id=session.chain_id, series_id=series.pk)
        record(payload, actor=actor, subject=session)
    if series.made_until is None or series.made_until < until:
        series.made_until = until
        series.save(update_fields=["made_until", "updated_at"])
    return made


def _in_the_way(sessions: list[Session], *, skips_clashes: bool) -> list[Session]:
    lock_places((session.room for session in sessions), (session.instructor for session in sessions))
    bookings = {Booking.of(session): session for session in sessions}
    found = clashes(list(bookings))
    if found and not skips_clashes:
        raise found[0].error()
    for clash in found:
        logger.info("occurrence_left_out", day=clash.booking.starts_at.isoformat(), other=clash.other.pk)
    return [bookings[clash.booking] for clash in found]


def preview(series: Series, *, now: datetime) -> list[tuple[Occurrence, Clash | None]]:
    """The dates of the weeks ahead of a series that need not be saved, each with what stands in its way."""
    days = [one for one in _days(series, horizon(now)) if one.starts_at > now]
    bookings = [Booking.of(session) for session in _sessions(series, days)]
    found = {clash.booking: clash for clash in clashes(bookings)}
    return [(day, found.get(booking)) for day, booking in zip(days, bookings, strict=True)]


def rule_of(series: Series) -> Rule:
    return parse(series.rule)


def first_of(series: Series) -> datetime:
    """Naive: what the clocks of the studio show at the first occurrence."""
    return datetime.strptime(series.starts_local, LOCAL_FORM)  # noqa: DTZ007  wall time


def _days(series: Series, until: date) -> list[Occurrence]:
    """`ended_on` is the first day that is no longer of it."""
    last = until if series.ended_on is None else min(until, series.ended_on - timedelta(days=1))
    return occurrences(rule_of(series), first_of(series), ZoneInfo(series.time_zone), through=last)


def _sessions(series: Series, days: Sequence[Occurrence]) -> list[Session]:
    instructor = series.instructor
    if instructor is not None and not teaches_in(instructor, series.chain_id):
        # Who lost the role gives no further classes; the host finds them without an instructor.
        instructor = None
    return [_session(series, day, instructor) for day in days]


def _session(series: Series, day: Occurrence, instructor: User | None) -> Session:
    session = new_session(
        studio=series.studio,
        class_type=series.class_type,
        wall=day.wall,
        minutes=series.minutes,
        room=series.room,
        instructor=instructor,
        about={"capacity": series.capacity} | series.about,
    )
    session.series, session.series_day = series, day.day
    return session
