"""One class: put on the timetable, moved, changed, given to somebody else, called off."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import SessionStatus
from classes.events.schedule import SessionCancelled, SessionScheduled
from classes.models import ClassType, Room, Session, Studio
from classes.services.rsvps import release_all
from classes.services.seats import lock_session, lock_sessions
from classes.services.session_changes import put_changes, save_changes
from classes.services.session_rows import (
    need_ahead,
    need_fitting,
    need_future,
    need_may_manage,
    need_may_schedule,
    need_place,
    need_valid,
    need_version,
    new_session,
)
from fitfoodie.common.errors import ConflictError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record


@transaction.atomic
def schedule_session(
    *,
    actor: User | None,
    studio: Studio,
    class_type: ClassType,
    starts_local: datetime,
    room: Room | None,
    instructor: User | None,
    now: datetime,
    minutes: int | None = None,
    **about: Any,
) -> Session:
    """One class at one time, `starts_local` (naive) on the clocks of the studio. `about` are columns that it says
    otherwise than its type. Locks room and instructor.

    Raises NotAllowedError, ClashError with the class in the way, DomainError with the field at fault.
    """
    need_may_schedule(actor, studio)
    need_fitting(studio=studio, class_type=class_type, room=room, instructor=instructor)
    session = new_session(
        studio=studio,
        class_type=class_type,
        wall=starts_local,
        minutes=class_type.minutes if minutes is None else minutes,
        room=room,
        instructor=instructor,
        about=about,
    )
    need_future(session, now)
    need_valid(session)
    need_place(session)
    session.save()
    record(SessionScheduled(session_id=session.pk, chain_id=session.chain_id), actor=actor, subject=session)
    return session


@transaction.atomic
def change_session(
    *, actor: User | None, session_id: int, changes: Mapping[str, Any], now: datetime, version: int | None = None
) -> Session:
    """This class alone: what it says of itself, `room`, `instructor`, `starts_local` (naive), `minutes`, `capacity`.

    A later change of its series leaves alone what was changed here. Locks the session, then room and instructor.
    With `version` it must still be that one, otherwise StaleVersionError. Raises Session.DoesNotExist, NotAllowedError,
    ConflictError for what is past or cancelled, ClashError, DomainError.
    """
    session = lock_session(session_id)
    need_may_manage(actor, session)
    need_version(session, version)
    need_ahead(session, now)
    save_changes([put_changes(session, changes, is_single=True)], actor=actor, now=now)
    return session


def move_session(
    *, actor: User | None, session_id: int, starts_local: datetime, now: datetime, **place: Any
) -> Session:
    """To another time (naive, on the clocks of the studio), and with `room` and `minutes` also elsewhere or longer.
    Whoever is in may leave for free for 24 hours (CLS-13)."""
    return change_session(actor=actor, session_id=session_id, changes={"starts_local": starts_local, **place}, now=now)


def substitute_instructor(*, actor: User | None, session_id: int, instructor: User | None, now: datetime) -> Session:
    """Somebody else takes this class; given back to whom it was, nobody stands in any more."""
    return change_session(actor=actor, session_id=session_id, changes={"instructor": instructor}, now=now)


def change_capacity(*, actor: User | None, session_id: int, capacity: int, now: datetime) -> Session:
    """More seats go to whoever waits, in order. Fewer than are taken: nobody is sent away, the class is over by so many
    (CLS-8)."""
    return change_session(actor=actor, session_id=session_id, changes={"capacity": capacity}, now=now)


@transaction.atomic
def swap_instructor(
    *, actor: User | None, session_ids: Collection[int], instructor: User | None, reason: str, now: datetime
) -> list[Session]:
    """For all of them or for none: a holiday, an illness; the reason is kept. What is past or cancelled stays as it is.

    Raises NotAllowedError, ClashError, DomainError (`reason_needed`, or the field at fault)."""
    said = clean_reason(reason)
    sessions = [one for one in lock_sessions(session_ids) if one.cancelled_at is None and one.starts_at > now]
    for session in sessions:
        need_may_manage(actor, session)
    changes = {"instructor": instructor}
    befores = [put_changes(one, changes, is_single=True) for one in sessions]
    save_changes(befores, actor=actor, now=now, reason=said)
    return sessions


@transaction.atomic
def cancel_sessions(*, actor: User | None, session_ids: Collection[int], reason: str, now: datetime) -> list[Session]:
    """All of them with one reason, or none. What is past or cancelled already stays as it is."""
    sessions = [one for one in lock_sessions(session_ids) if one.cancelled_at is None and one.starts_at > now]
    return [cancel_session(actor=actor, session_id=one.pk, reason=reason, now=now) for one in sessions]


@transaction.atomic
def cancel_session(*, actor: User | None, session_id: int, reason: str, now: datetime) -> Session:
    """Call it off; everybody in it is out free of charge and told why. Said twice it is done once. Locks the session.

    Raises Session.DoesNotExist, NotAllowedError, DomainError without a reason, ConflictError once it has begun.
    """
    session = lock_session(session_id)
    need_may_manage(actor, session)
    if session.status == SessionStatus.CANCELLED:
        return session
    if session.starts_at <= now:
        raise ConflictError(_("This class has begun and can no longer be cancelled."), code="begun")
    session.status, session.cancelled_at = SessionStatus.CANCELLED, now
    session.cancel_reason = clean_reason(reason)
    session.version += 1
    session.save(update_fields=["status", "cancelled_at", "cancel_reason", "version", "updated_at"])
    user_ids = release_all(session=session, now=now, reason=session.cancel_reason, actor=actor)
    record(
        SessionCancelled(
            session_id=session.pk, chain_id=session.chain_id, reason=session.cancel_reason, user_ids=user_ids
        ),
        actor=actor,
        subject=session,
    )
    return session
