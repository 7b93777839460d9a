"""What can happen to one seat: confirmed, offered, held until it is paid, and not taken in time.

All of it under the lock of the session; whoever calls writes the counts and asks who is next.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from classes.booking_doors import paid_booking
from classes.enums import RsvpStatus
from classes.errors import BookingClosedError
from classes.events.seats import RsvpConfirmed, RsvpExpired, RsvpHeld, RsvpOffered
from classes.models import Rsvp, Session
from classes.policies import Policy, from_json
from classes.services.clashes import leave_waitlists_beside
from classes.services.guarantee import note_guarantee
from classes.services.policy import policy_for
from classes.services.seats import about, add_rsvp, make_move
from fitfoodie.events.services import record


def snapshot(session: Session, policy: Policy) -> dict[str, Any]:
    """The house rules and the price that a booking keeps (TEN-3). Written again when the person says yes again."""
    return {"policy": policy.as_json(), "price": session.price}


def need_door(session: Session) -> None:
    """Raises BookingClosedError for a class with a price that nobody can take here."""
    if not session.is_free and paid_booking() is None:
        message = _("This class costs money and cannot be paid here yet. Ask the studio for a seat.")
        raise BookingClosedError(message, code="payment_unavailable")


def give_seat(session: Session, user: Any, *, policy: Policy, actor: Any, now: datetime, **columns: Any) -> Rsvp:
    """A new booking with a seat: confirmed, or held until it is paid. Locks of session and person are held."""
    columns |= snapshot(session, policy)
    if session.is_free:
        rsvp = add_rsvp(session, user, RsvpStatus.CONFIRMED, actor=actor, now=now, **columns, **_confirmed(policy, now))
        _after_confirmation(rsvp, session, actor=actor, now=now)
        return rsvp
    need_door(session)
    until = held_until(now)
    rsvp = add_rsvp(session, user, RsvpStatus.HELD, actor=actor, now=now, reserved_until=until, **columns)
    _begin_payment(rsvp, actor=actor, now=now)
    return rsvp


def take_seat(rsvp: Rsvp, session: Session, *, policy: Policy, actor: Any, now: datetime, **columns: Any) -> Rsvp:
    """The person says yes to an offered or claimed seat, by the rules of now."""
    columns |= snapshot(session, policy)
    if session.is_free:
        return confirm_seat(rsvp, session, actor=actor, now=now, **columns)
    need_door(session)
    make_move(rsvp, RsvpStatus.HELD, actor, "", now, reserved_until=held_until(now), clashes_with=None, **columns)
    _begin_payment(rsvp, actor=actor, now=now)
    return rsvp


def confirm_seat(
    rsvp: Rsvp, session: Session, *, actor: Any, now: datetime, was_promoted: bool = False, **columns: Any
) -> Rsvp:
    """The seat is theirs, with a grace of its own in which to leave for free (CLS-9)."""
    policy = from_json(columns.get("policy") or rsvp.policy)
    columns |= _confirmed(policy, now) | {"reserved_until": None, "clashes_with": None, "skipped_at": None}
    reason = _("Moved up from the waitlist") if was_promoted else ""
    make_move(rsvp, RsvpStatus.CONFIRMED, actor, reason, now, skipped_because="", **columns)
    _after_confirmation(rsvp, session, actor=actor, now=now, was_promoted=was_promoted)
    return rsvp


def offer_seat(rsvp: Rsvp, session: Session, *, policy: Policy, clash: Session | None, now: datetime) -> Rsvp:
    """Reserved for them and nobody else until then; never longer than until the class begins."""
    until = min(now + timedelta(minutes=policy.offer_minutes), session.starts_at)
    columns = {"reserved_until": until, "clashes_with": clash, "skipped_at": None, "skipped_because": ""}
    make_move(rsvp, RsvpStatus.OFFERED, None, "", now, **columns)
    clash_id = clash.pk if clash else None
    record(
        RsvpOffered(**about(rsvp), reserved_until=until.isoformat(), clashes_with_id=clash_id),
        actor=None,
        subject=rsvp,
    )
    return rsvp


def expire(rsvp: Rsvp, *, now: datetime, reason: str) -> Rsvp:
    """The time of an offer, a hold or a wait is over."""
    make_move(rsvp, RsvpStatus.EXPIRED, None, reason, now)
    record(RsvpExpired(**about(rsvp)), actor=None, subject=rsvp)
    return rsvp


def held_until(now: datetime) -> datetime:
    """As long as an order may stay unpaid."""
    return now + timedelta(minutes=settings.ORDER_EXPIRES_MINUTES)


def _confirmed(policy: Policy, now: datetime) -> dict[str, Any]:
    return {"confirmed_at": now, "free_cancel_until": now + timedelta(minutes=policy.grace_minutes)}


def _after_confirmation(rsvp: Rsvp, session: Session, *, actor: Any, now: datetime, was_promoted: bool = False) -> None:
    fact = RsvpConfirmed(**about(rsvp), was_promoted=was_promoted, outing_id=rsvp.outing_id)
    record(fact, actor=actor, subject=rsvp)
    leave_waitlists_beside(rsvp, session, now=now)
    note_guarantee(session=session, policy=policy_for(session), now=now)


def _begin_payment(rsvp: Rsvp, *, actor: Any, now: datetime) -> None:
    """Whoever takes the money makes what is to be paid, in this transaction."""
    door = paid_booking()
    if door is None or rsvp.reserved_until is None:
        raise RuntimeError("A seat is held that nobody can pay.")
    record(RsvpHeld(**about(rsvp), reserved_until=rsvp.reserved_until.isoformat()), actor=actor, subject=rsvp)
    door.begin(rsvp, now)
