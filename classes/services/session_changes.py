"""What changes on classes that are on the timetable: first put on all of them, then looked at, then written and told.

The callers hold the locks of the sessions, and of their series before them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.models import User
from classes.events.schedule import (
    SessionCapacityChanged,
    SessionChanged,
    SessionMoved,
    SessionSubstituted,
)
from classes.models import Session
from classes.services.double_booking import at_the_end
from classes.services.line import fill_seats
from classes.services.session_rows import (
    ABOUT,
    minutes_of,
    need_fitting,
    need_future,
    need_place,
    need_valid,
    put_at,
    wall_of,
)
from fitfoodie.events.services import record

CHANGEABLE: Final = (*ABOUT, "room", "instructor", "starts_local", "minutes")
# A change of these may put it in the way of another class.
PLACES: Final = frozenset({"room", "instructor", "starts_local", "minutes"})


@dataclass(frozen=True)
class Before:
    """A session as it was; `values` by the names of CHANGEABLE."""

    session: Session
    values: Mapping[str, Any]
    starts_at: datetime

    @property
    def changed(self) -> list[str]:
        after = values_of(self.session)
        return [name for name in CHANGEABLE if after[name] != self.values[name]]


def values_of(session: Session) -> dict[str, Any]:
    own: dict[str, Any] = {name: getattr(session, name) for name in ABOUT}
    own |= {"room": session.room, "instructor": session.instructor}
    return own | {"starts_local": wall_of(session), "minutes": minutes_of(session)}


def put_changes(session: Session, changes: Mapping[str, Any], *, is_single: bool) -> Before:
    """In memory; `starts_local` is a naive datetime. A single change stands out from the series from now on."""
    unknown = sorted(changes.keys() - set(CHANGEABLE))
    if unknown:
        raise TypeError(f"Of a class one cannot change {', '.join(unknown)}.")
    before = Before(session, values_of(session), session.starts_at)
    for name in changes.keys() - {"starts_local", "minutes", "instructor"}:
        setattr(session, name, changes[name])
    if "instructor" in changes:
        _put_instructor(session, changes["instructor"], is_single=is_single)
    if changes.keys() & {"starts_local", "minutes"}:
        now_at = {**before.values, **changes}
        put_at(session, now_at["starts_local"], minutes=now_at["minutes"])
    if is_single and session.series_id and before.changed:
        session.is_edited = True
    return before


def _put_instructor(session: Session, person: User | None, *, is_single: bool) -> None:
    """For once they stand in for somebody; for the whole series they are who teaches."""
    usual = session.substitutes if session.substitutes_id else session.instructor
    session.instructor = person
    session.substitutes = usual if is_single and usual != person else None


def save_changes(befores: Sequence[Before], *, actor: User | None, now: datetime, reason: str = "") -> None:
    """Locks rooms and instructors; looks at all, writes all, tells of each. Raises as `schedule_session` does."""
    touched = [before for before in befores if before.changed]
    for before in touched:
        _need_possible(before, now)
    booked = [
        before.session for before in touched if {*before.changed} & {"room", "instructor", "starts_local", "minutes"}
    ]
    need_place(*booked)
    with at_the_end():
        for before in touched:
            _write(before, now)
    for before in touched:
        _tell(before, actor=actor, reason=reason)
        if "capacity" in before.changed:
            fill_seats(session=before.session, now=now)


def _need_possible(before: Before, now: datetime) -> None:
    session, changed = before.session, before.changed
    need_fitting(
        studio=session.studio,
        class_type=None,
        room=session.room if "room" in changed else None,
        instructor=session.instructor if "instructor" in changed else None,
    )
    need_future(session, now)
    need_valid(session)


def _write(before: Before, now: datetime) -> None:
    session = before.session
    session.version += 1
    if session.starts_at != before.starts_at:
        session.moved_at = now
    # Nobody is sent away: the ceiling comes down with the seats that are given back (CLS-8).
    session.ceiling = max(session.capacity, min(session.ceiling, session.taken))
    session.save()


def _tell(before: Before, *, actor: User | None, reason: str) -> None:
    session, changed = before.session, before.changed
    about: dict[str, Any] = {"session_id": session.pk, "chain_id": session.chain_id}
    facts: list[Any] = []
    if session.starts_at != before.starts_at:
        old, new = before.starts_at.isoformat(), session.starts_at.isoformat()
        facts.append(SessionMoved(**about, from_starts_at=old, to_starts_at=new))
    if "instructor" in changed:
        gone = before.values["instructor"]
        facts.append(
            SessionSubstituted(
                **about,
                instructor_id=session.instructor_id,
                substitutes_id=gone.pk if gone is not None else None,
                reason=reason,
            )
        )
    if "capacity" in changed:
        old_capacity = before.values["capacity"]
        facts.append(SessionCapacityChanged(**about, from_capacity=old_capacity, to_capacity=session.capacity))
    others = [name for name in changed if name not in {"starts_local", "instructor", "capacity"}]
    if others:
        facts.append(SessionChanged(**about, fields=others))
    for fact in facts:
        record(fact, actor=actor, subject=session)


def over_by_words(session: Session) -> str:
    """What a host reads after seats became fewer than people (CLS-8); empty when all fit."""
    if not session.over_by:
        return ""
    return _("Over by %(people)d: nobody is sent away, and nobody else gets in until it fits.") % {
        "people": session.over_by
    }
