"""Change this class, this and the following, or all of a series. The past stays as it was (CLS-13)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import SessionStatus
from classes.events.schedule import SeriesSplit
from classes.models import Series, Session
from classes.recurrence import Rule, need_sensible_size, occurrences, parse
from classes.services.seats import lock_sessions
from classes.services.series import fill_series, first_of, horizon, lock_series, rule_of
from classes.services.session_changes import CHANGEABLE, Before, put_changes, save_changes, values_of
from classes.services.session_rows import (
    ABOUT,
    LOCAL_FORM,
    as_json,
    need_ahead,
    need_may_manage,
    need_may_schedule,
    need_version,
    wall_of,
)
from classes.services.sessions import cancel_session, change_session
from fitfoodie.common.errors import DomainError
from fitfoodie.events.services import record

Scope = Literal["this", "following", "all"]
SCOPES: Final = ("this", "following", "all")
# What a series has columns for; the rest of ABOUT it keeps as `about`.
COLUMNS: Final = ("room", "instructor", "minutes", "capacity")


@transaction.atomic
def edit_series(
    *,
    actor: User | None,
    session: Session,
    scope: Scope,
    changes: Mapping[str, Any],
    now: datetime,
    version: int | None = None,
) -> Session:
    """`changes` as in `change_session`; for more than this class also `rule`, and `starts_local` moves the time of day.

    "following" ends the series before this class and continues it in a new one; "all" does so before the first class
    that has not begun, or changes the series itself when none has. What was changed on a class by itself stays. Days
    that a new rule drops are cancelled with word to whoever is in, or taken away when nobody ever was. Locks the
    series, its sessions ahead, then rooms and instructors. Raises as `change_session` does, and RuleError.
    """
    if scope == "this" or session.series_id is None:
        plain = _without_rule(changes)
        return change_session(actor=actor, session_id=session.pk, changes=plain, now=now, version=version)
    need_may_schedule(actor, session.studio)
    need_may_manage(actor, session)
    series = lock_series(session.series_id)
    ahead = _ahead(series, now=now, since=session.series_day if scope == "following" else None)
    locked = next((one for one in ahead if one.pk == session.pk), session)
    need_ahead(locked, now)
    need_version(locked, version)
    changes = dict(changes)
    at = _time(changes.pop("starts_local", None), session)
    before = _usual(series)
    series = _from(series, ahead[0], actor=actor)
    for one in ahead:
        one.series = series
    _put(series, changes, at)
    ahead = _drop_days(series, ahead, actor=actor, now=now) if "rule" in changes else ahead
    changes.pop("rule", None)
    touched = [_changed(one, changes, at, before) for one in ahead]
    save_changes(touched, actor=actor, now=now)
    fill_series(series=series, until=_until(series, now), now=now, actor=actor, skips_clashes=False)
    return Session.objects.in_chain(series.chain_id).filter(pk=session.pk).first() or session


def _without_rule(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name != "rule"}


def _ahead(series: Series, *, now: datetime, since: date | None) -> list[Session]:
    """Locked, in the order of their days."""
    rows = series.sessions.filter(starts_at__gt=now, status=SessionStatus.SCHEDULED, series_day__isnull=False)
    if since is not None:
        rows = rows.filter(series_day__gte=since)
    locked = lock_sessions(rows.values_list("pk", flat=True))
    still = [one for one in locked if one.starts_at > now and one.status == SessionStatus.SCHEDULED]
    if not still:
        raise DomainError(_("Nothing of this series lies ahead."), field="scope")
    return sorted(still, key=lambda one: str(one.series_day))


def _time(starts: datetime | None, session: Session) -> time | None:
    """The time of day that all are to have; None when it stays."""
    if starts is None or starts == wall_of(session):
        return None
    if starts.date() != wall_of(session).date():
        message = _("To move the whole series to other days, change its days. A new date is for this class alone.")
        raise DomainError(message, field="starts_local")
    return starts.time()


def _usual(series: Series) -> dict[str, Any]:
    """What its classes say unless they were changed by themselves. Text, as JSON keeps it, is compared as text."""
    about = {name: series.about.get(name, getattr(series.class_type, name)) for name in ABOUT if name != "online_url"}
    about["online_url"] = series.about.get("online_url", "")
    return about | {name: getattr(series, name) for name in COLUMNS} | {"at": first_of(series).time()}


def _from(series: Series, first: Session, *, actor: User | None) -> Series:
    """The series that has `first` and what follows: the same when nothing lies before, otherwise a new one."""
    if first.series_day is None or not series.sessions.filter(series_day__lt=first.series_day).exists():
        return series
    day = first.series_day
    rule, starts = rule_of(series), first_of(series)
    earlier = [one for one in occurrences(rule, starts, ZoneInfo(series.time_zone)) if one.day < day]
    left = rule if rule.count is None else rule.ending(count=max(rule.count - len(earlier), 1))
    new = Series.objects.create(
        **{name: getattr(series, name) for name in ("chain", "class_type", "studio", "time_zone", "about", *COLUMNS)},
        rule=str(left),
        starts_local=datetime.combine(day, starts.time()).strftime(LOCAL_FORM),
        continues=series,
        ended_on=series.ended_on,
        made_until=series.made_until,
    )
    series.ended_on = day
    series.save(update_fields=["ended_on", "updated_at"])
    series.sessions.filter(series_day__gte=day).update(series=new)
    record(
        SeriesSplit(series_id=series.pk, chain_id=series.chain_id, new_series_id=new.pk), actor=actor, subject=series
    )
    return new


def _put(series: Series, changes: Mapping[str, Any], at: time | None) -> None:
    for name in COLUMNS:
        if name in changes:
            setattr(series, name, changes[name])
    about = {name: changes[name] for name in ABOUT if name in changes and name not in COLUMNS}
    series.about = {**series.about, **as_json(about)}
    starts = datetime.combine(first_of(series).date(), at or first_of(series).time())
    rule: Rule = parse(changes["rule"]) if "rule" in changes else rule_of(series)
    series.rule = str(rule)
    series.starts_local = need_sensible_size(rule, starts).strftime(LOCAL_FORM)
    series.save()


def _drop_days(series: Series, ahead: list[Session], *, actor: User | None, now: datetime) -> list[Session]:
    """Without those that the rule makes no longer, unless they were changed by themselves; what stays."""
    days = occurrences(rule_of(series), first_of(series), ZoneInfo(series.time_zone), through=series.made_until)
    kept = {one.day for one in days}
    dropped = [one for one in ahead if one.series_day not in kept and not one.is_edited]
    for session in dropped:
        if session.rsvps.exists():
            cancel_session(actor=actor, session_id=session.pk, reason=_("The timetable has changed."), now=now)
        else:
            session.delete()
    return [one for one in ahead if one not in dropped]


def _changed(session: Session, changes: Mapping[str, Any], at: time | None, before: Mapping[str, Any]) -> Before:
    own = dict(changes) | ({"starts_local": _new_wall(session, at)} if at else {})
    if session.is_edited:
        own = {name: value for name, value in own.items() if not _stands_out(session, name, before)}
    return put_changes(session, own, is_single=False)


def _new_wall(session: Session, at: time) -> datetime:
    return datetime.combine(session.series_day or wall_of(session).date(), at)


def _stands_out(session: Session, name: str, before: Mapping[str, Any]) -> bool:
    """Whether it was changed on this class by itself."""
    if name == "starts_local":
        return wall_of(session) != _new_wall(session, before["at"])
    mine = values_of(session)[name]
    return str(mine) != str(before[name]) if name == "price" else bool(mine != before[name])


def _until(series: Series, now: datetime) -> date:
    return max(series.made_until or horizon(now), horizon(now))


__all__ = ["CHANGEABLE", "SCOPES", "Scope", "edit_series"]
