"""After the class: who did not come (CLS-10), and who wants not to be seen by the others (CLS-18)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import ACTIVE, FeeState, RsvpStatus, SessionStatus
from classes.events.seats import RsvpMissed
from classes.models import Rsvp, Session
from classes.policies import from_json
from classes.services.check_in import CLOSES_AFTER, closes_at, locked_for, refuse_after_correction
from classes.services.seats import about, lock_session, make_move
from classes.services.terms import FEE_WAITS
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.services import record

# Older ones that no sweep saw, because the house was down, are closed by hand.
LOOKS_BACK = timedelta(days=14)


@transaction.atomic
def close_attendance(*, session_id: int, now: datetime) -> int:
    """30 minutes after the end whoever is not checked in did not come; how many these are. Idempotent.

    Where nobody at all was checked in, attendance was never taken and nobody is marked. Locks the session; raises
    Session.DoesNotExist.
    """
    session = lock_session(session_id)
    is_due = session.status == SessionStatus.SCHEDULED and now >= closes_at(session)
    if session.attendance_closed_at is not None or not is_due:
        return 0
    session.attendance_closed_at = now
    session.save(update_fields=["attendance_closed_at", "updated_at"])
    if not session.rsvps.filter(status=RsvpStatus.ATTENDED).exists():
        return 0
    missing = list(session.rsvps.filter(status=RsvpStatus.CONFIRMED).order_by("pk"))
    for rsvp in missing:
        _miss(rsvp, actor=None, now=now)
    return len(missing)


def close_due_attendance(*, now: datetime) -> int:
    """Each class in a transaction of its own; how many people were marked."""
    due = Session.objects.across_chains().filter(
        status=SessionStatus.SCHEDULED,
        attendance_closed_at=None,
        ends_at__lte=now - CLOSES_AFTER,
        starts_at__gte=now - LOOKS_BACK,
    )
    ids = list(due.order_by("starts_at", "id").values_list("pk", flat=True)[:500])
    return sum(close_attendance(session_id=pk, now=now) for pk in ids)


@transaction.atomic
def mark_missed(*, actor: Any, session_id: int, rsvp_id: str, now: datetime, reason: str = "") -> Rsvp:
    """The host says, once attendance is closed and for 24 hours, that somebody was not there; `rsvp_id` is public.

    Locks the session. Raises Session.DoesNotExist, Rsvp.DoesNotExist, NotAllowedError, ConflictError (`not_closed`,
    `attendance_final`), IllegalTransitionError.
    """
    session, said = locked_for(actor, session_id, reason)
    rsvp = session.rsvps.select_related("user").get(public_id=rsvp_id)
    if rsvp.status == RsvpStatus.NO_SHOW:
        return rsvp
    if session.attendance_closed_at is None:
        message = _("Half an hour after the end everybody who is not checked in counts as not there.")
        raise ConflictError(message, code="not_closed")
    refuse_after_correction(session, now)
    return _miss(rsvp, actor=actor, now=now, said=said)


@transaction.atomic
def hide_from_others(*, user: User, session_id: int, is_hidden: bool, now: datetime) -> Rsvp:
    """Whether the other people of the class see that one comes. The hosts do. Raises Rsvp.DoesNotExist."""
    mine = Rsvp.objects.of_person(user).filter(session_id=session_id, status__in=ACTIVE)
    rsvp: Rsvp = mine.select_for_update(no_key=True, of=("self",)).get()
    rsvp.is_hidden = is_hidden
    rsvp.save(update_fields=["is_hidden"])
    return rsvp


def _miss(rsvp: Rsvp, *, actor: Any, now: datetime, said: str = "") -> Rsvp:
    """A seat that was paid is kept instead of a fee, as with a late cancellation."""
    columns: dict[str, Any] = {"checked_in_at": None, "checked_in_by": None}
    fee = from_json(rsvp.policy).no_show_fee
    if fee and not rsvp.price:
        columns |= {"fee": fee, "fee_state": FeeState.PENDING, "fee_charges_at": now + FEE_WAITS}
    make_move(rsvp, RsvpStatus.NO_SHOW, actor, said, now, **columns)
    record(RsvpMissed(**about(rsvp), reason=said), actor=actor, subject=rsvp)
    return rsvp
