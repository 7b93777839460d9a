"""At the door (CLS-11): by the code in the person's picture, typed or scanned, or by a tap on their name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from classes import rules
from classes.enums import FeeState, RsvpStatus, SessionStatus
from classes.events.seats import RsvpAttended, RsvpCorrected
from classes.models import Rsvp, Session
from classes.services.policy import policy_for
from classes.services.seats import about, lock_session, make_move
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record

# After the end: so long the door is open, then attendance is closed; so long the host corrects after that (CLS-10).
CLOSES_AFTER = timedelta(minutes=30)
CORRECTED_WITHIN = timedelta(hours=24)
# A scan made without a network is believed so long: then fees fall due.
REPLAYED_WITHIN = timedelta(days=5)
# Letters that are mistaken for others when a code is read aloud (see `fitfoodie.common.ids`).
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", " ": None, "-": None})


@dataclass(frozen=True)
class CheckIn:
    """`is_new` is False when somebody was first: who and when stands in the booking."""

    rsvp: Rsvp
    is_new: bool


class UnknownCodeError(ConflictError):
    """No seat in this class has the code: another class, or misread."""

    code = "unknown_code"


@transaction.atomic
def check_in_code(
    *, actor: Any, session_id: int, code: str, now: datetime, scanned_at: datetime | None = None
) -> CheckIn:
    """By the nonce of a booking. Idempotent: the second scan answers with the first.

    `scanned_at` is when a device without a network saw the code; it is accepted for five days. Locks the session.
    Raises Session.DoesNotExist, NotAllowedError, UnknownCodeError, ConflictError (`no_seat`, `_refuse_unless_open`).
    """
    session, _said = locked_for(actor, session_id)
    nonce = code.strip().lower().translate(_MISREAD)
    rsvp = session.rsvps.select_related("user", "checked_in_by").filter(nonce=nonce).first()
    if rsvp is None:
        raise UnknownCodeError(_("Nobody in this class has this code. Look for the name instead."), field="code")
    return _checked_in(session, rsvp, actor, scanned_at=scanned_at, now=now, said="")


@transaction.atomic
def check_in_person(
    *,
    actor: Any,
    session_id: int,
    rsvp_id: str,
    now: datetime,
    scanned_at: datetime | None = None,
    reason: str = "",
) -> CheckIn:
    """By a tap on the roster; `rsvp_id` is public. Also corrects a no-show within 24 hours. Raises as `check_in_code`
    does, and Rsvp.DoesNotExist."""
    session, said = locked_for(actor, session_id, reason)
    rsvp = _rsvp_of(session, rsvp_id)
    return _checked_in(session, rsvp, actor, scanned_at=scanned_at, now=now, said=said)


@transaction.atomic
def undo_check_in(*, actor: Any, session_id: int, rsvp_id: str, now: datetime, reason: str = "") -> Rsvp:
    """The tap was on the wrong name: the seat is confirmed again. Once attendance is closed use `mark_missed`.

    Locks the session. Raises Session.DoesNotExist, Rsvp.DoesNotExist, NotAllowedError, ConflictError.
    """
    session, said = locked_for(actor, session_id, reason)
    rsvp = _rsvp_of(session, rsvp_id)
    if rsvp.status == RsvpStatus.CONFIRMED:
        return rsvp
    refuse_after_correction(session, now)
    columns = {"checked_in_at": None, "checked_in_by": None, **fee_forgotten(rsvp)}
    make_move(rsvp, RsvpStatus.CONFIRMED, actor, said, now, **columns)
    record(RsvpCorrected(**about(rsvp), to_status=rsvp.status, reason=said), actor=actor, subject=rsvp)
    return rsvp


def opens_at(session: Session) -> datetime:
    return session.starts_at - timedelta(minutes=policy_for(session).check_in_opens_minutes)


def closes_at(session: Session) -> datetime:
    return session.ends_at + CLOSES_AFTER


def refuse_after_correction(session: Session, now: datetime) -> None:
    """CLS-10: 24 hours from the close, which may have been late."""
    closed = max(session.attendance_closed_at or closes_at(session), closes_at(session))
    if now > closed + CORRECTED_WITHIN:
        message = _("The list of this class is final: it could be corrected for 24 hours.")
        raise ConflictError(message, code="attendance_final")


def fee_forgotten(rsvp: Rsvp) -> dict[str, Any]:
    """Columns of somebody who was there after all."""
    if rsvp.fee_state == FeeState.NONE:
        return {}
    return {"fee": 0, "fee_state": FeeState.NONE, "fee_charges_at": None}


def locked_for(actor: Any, session_id: int, reason: str = "") -> tuple[Session, str]:
    """The session under its lock, and the reason in clean form: hosts owe nobody one, support of the house does.

    Raises Session.DoesNotExist, NotAllowedError, DomainError (`reason_needed`).
    """
    session = lock_session(session_id)
    if rules.may_take_attendance(actor, session):
        return session, clean_reason(reason) if reason.strip() else ""
    if rules.may_correct_bookings(actor):
        return session, clean_reason(reason)
    raise NotAllowedError(_("Only the hosts of this class take attendance."))


def _rsvp_of(session: Session, rsvp_id: str) -> Rsvp:
    return session.rsvps.select_related("user", "checked_in_by").get(public_id=rsvp_id)


def _checked_in(
    session: Session, rsvp: Rsvp, actor: Any, *, scanned_at: datetime | None, now: datetime, said: str
) -> CheckIn:
    if rsvp.status == RsvpStatus.ATTENDED:
        return CheckIn(rsvp, is_new=False)
    at = min(scanned_at or now, now)
    _refuse_unless_open(session, at, now, is_replay=scanned_at is not None)
    if rsvp.status not in (RsvpStatus.CONFIRMED, RsvpStatus.NO_SHOW):
        message = _("There is no seat for this booking: it is “%(status)s”.") % {"status": rsvp.get_status_display()}
        raise ConflictError(message, code="no_seat")
    was_missed = rsvp.status == RsvpStatus.NO_SHOW
    make_move(rsvp, RsvpStatus.ATTENDED, actor, said, now, checked_in_at=at, checked_in_by=actor, **fee_forgotten(rsvp))
    if was_missed:
        record(RsvpCorrected(**about(rsvp), to_status=rsvp.status, reason=said), actor=actor, subject=rsvp)
    else:
        record(RsvpAttended(**about(rsvp), checked_in_by_id=actor.pk, reason=said), actor=actor, subject=rsvp)
    return CheckIn(rsvp, is_new=True)


def _refuse_unless_open(session: Session, at: datetime, now: datetime, *, is_replay: bool) -> None:
    """`session_cancelled`, `check_in_not_open`, `attendance_final`."""
    if session.status == SessionStatus.CANCELLED:
        raise ConflictError(_("This class was cancelled."), code="session_cancelled")
    opens = opens_at(session)
    if at < opens:
        minutes = policy_for(session).check_in_opens_minutes
        message = _("Check-in opens %(minutes)d minutes before the class.") % {"minutes": minutes}
        raise ConflictError(message, code="check_in_not_open")
    if is_replay and at <= closes_at(session) and now <= session.ends_at + REPLAYED_WITHIN:
        return
    refuse_after_correction(session, now)
