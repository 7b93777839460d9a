"""Getting into a class, and out of it again: the functions behind every button, route, action and task."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from classes import rules
from classes.enums import ACTIVE, RsvpStatus, SessionStatus
from classes.errors import BookingClosedError, OfferExpiredError
from classes.events.seats import RsvpWaitlisted
from classes.models import Rsvp, Session
from classes.policies import Policy
from classes.services.clashes import need_no_clash
from classes.services.line import (
    fill_seats,
    has_room_for_newcomer,
    is_open_claim,
    line_of,
    position_of,
    settle,
    why_passed_over,
)
from classes.services.offers import give_seat, need_door, snapshot, take_seat
from classes.services.policy import policy_for
from classes.services.releases import (
    confirm_paid,
    release_all,
    release_held,
    release_person,
    tell_of_leaving,
)
from classes.services.seats import about, add_rsvp, free_seats, lock_people, lock_session, make_move, write_counts
from classes.services.terms import Terms, leaving_fee, leaving_terms
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record

__all__ = [
    "Terms",
    "accept_offer",
    "confirm_paid",
    "decline_offer",
    "join_session",
    "leave_session",
    "leaving_terms",
    "release_all",
    "release_held",
    "release_person",
]

WAITLIST_CLOSED = gettext_lazy("The class is full and the waitlist has closed.")


@transaction.atomic
def join_session(*, user: User, session_id: int, now: datetime) -> Rsvp:
    """A seat if one is free and nobody waits, else a place in line; asking again returns what there is (CLS-2).

    Locks the session, then the person. Raises Session.DoesNotExist, BookingClosedError, NotAllowedError
    for accounts that are shut, ClashError when they have a seat elsewhere at that time.
    """
    session = lock_session(session_id)
    person = lock_people([user.pk]).get(user.pk)
    settle(session=session, now=now)
    own = active_rsvp(session, user)
    if own is not None:
        return own
    policy = policy_for(session)
    need_open(session, policy, now)
    need_door(session)
    need_good_standing(person)
    if has_room_for_newcomer(session):
        rsvp = _seat_newcomer(session, user, policy, now)
    else:
        rsvp = _join_line(session, user, policy, now)
    write_counts(session)
    return rsvp


@transaction.atomic
def leave_session(*, user: User, session_id: int, now: datetime, actor: User | None = None, reason: str = "") -> Rsvp:
    """Give up a seat, an offer or a place in line; the seat goes on in the same transaction (CLS-3). Leaving what was
    left returns it as it is.

    `actor` is whoever of the house does it for them, with a reason. Locks the session. Raises Rsvp.DoesNotExist for who
    never was in, BookingClosedError once the class has begun, IllegalTransitionError for a seat that was sat in,
    NotAllowedError and DomainError (`reason_needed`) about the actor.
    """
    said = _said_by(actor, user, reason)
    session = lock_session(session_id)
    settle(session=session, now=now)
    rsvp = active_rsvp(session, user)
    if rsvp is None:
        return _latest(session, user)
    if rsvp.status == RsvpStatus.CONFIRMED and now >= session.starts_at:
        raise BookingClosedError(_("The class has begun: a seat can no longer be cancelled."))
    terms = leaving_terms(rsvp=rsvp, now=now)
    before = rsvp.status
    to = RsvpStatus.LATE if terms.is_late else RsvpStatus.CANCELLED
    make_move(rsvp, to, actor or user, said, now, **leaving_fee(terms, now))
    tell_of_leaving(rsvp, before, actor=actor or user, is_late=terms.is_late, reason=said)
    fill_seats(session=session, now=now)
    return rsvp


def accept_offer(*, user: User, session_id: int, now: datetime) -> Rsvp:
    """Yes to an offered seat; in an open claim, the click that may be the first. Accepting twice is accepting once.

    Locks the session, then the person. Raises OfferExpiredError when its time is over, whether or not the sweep has
    run (the seat has then gone on, unless the caller rolls back), ConflictError `no_offer` and `seat_gone`, ClashError
    about a class they were not asked about, Rsvp.DoesNotExist, NotAllowedError.
    """
    rsvp = _accept(user=user, session_id=session_id, now=now)
    if rsvp.status == RsvpStatus.EXPIRED:
        raise OfferExpiredError(_("The time to take this seat is over. Join again to wait in line."))
    return rsvp


@transaction.atomic
def decline_offer(*, user: User, session_id: int, now: datetime) -> Rsvp:
    """No, thank you: the seat goes to the next in line at once. Locks the session.

    Raises Rsvp.DoesNotExist, ConflictError `no_offer` when none is made; an offer that is over stays over.
    """
    session = lock_session(session_id)
    settle(session=session, now=now)
    rsvp = _latest(session, user)
    if rsvp.status not in ACTIVE:
        return rsvp
    if rsvp.status not in (RsvpStatus.OFFERED, RsvpStatus.HELD):
        raise ConflictError(_("No seat is offered to you. To give yours up, leave the class."), code="no_offer")
    before = rsvp.status
    make_move(rsvp, RsvpStatus.CANCELLED, user, _("Declined"), now)
    tell_of_leaving(rsvp, before, actor=user)
    fill_seats(session=session, now=now)
    return rsvp


def _said_by(actor: User | None, user: User, reason: str) -> str:
    """People leave without a word; whoever does it for them says why."""
    if actor is None or actor.pk == user.pk:
        return reason
    if not rules.may_correct_bookings(actor):
        raise NotAllowedError(_("Only support gives up the seats of others."))
    return clean_reason(reason)


def active_rsvp(session: Session, user: User) -> Rsvp | None:
    rsvp = session.rsvps.filter(user=user, status__in=ACTIVE).first()
    if rsvp is not None:
        rsvp.session = session
    return rsvp


def need_open(session: Session, policy: Policy, now: datetime) -> None:
    """Raises BookingClosedError: cancelled, begun, too early or too late to book."""
    if session.status == SessionStatus.CANCELLED or not session.chain.is_active:
        raise BookingClosedError(_("This class is cancelled."))
    if now >= session.starts_at:
        raise BookingClosedError(_("This class has begun."))
    if now < session.starts_at - timedelta(days=policy.booking_opens_days):
        message = _("Booking opens %(days)d days before the class.") % {"days": policy.booking_opens_days}
        raise BookingClosedError(message)
    if now >= policy.booking_closes(session.starts_at, is_guaranteed=session.guaranteed_at is not None):
        raise BookingClosedError(_("Booking for this class has closed."))


def need_good_standing(person: User | None) -> None:
    """Raises NotAllowedError for accounts that are shut or leaving."""
    if why_passed_over(person):
        raise NotAllowedError(_("Your account cannot book classes now."))


def _seat_newcomer(session: Session, user: User, policy: Policy, now: datetime) -> Rsvp:
    need_no_clash(user_id=user.pk, session=session)
    return give_seat(session, user, policy=policy, actor=user, now=now)


def _join_line(session: Session, user: User, policy: Policy, now: datetime) -> Rsvp:
    """The lock decides who came first: whoever gets it later stands behind, whatever their clock said (CLS-4)."""
    if now >= policy.waitlist_closes(session.starts_at):
        raise BookingClosedError(str(WAITLIST_CLOSED))
    last = line_of(session).order_by("-joined_at").values_list("joined_at", flat=True).first()
    rsvp = add_rsvp(session, user, RsvpStatus.WAITLISTED, actor=user, now=now, **snapshot(session, policy))
    if last and last > now:
        rsvp.joined_at = last
        rsvp.save(update_fields=["joined_at"])
    record(RsvpWaitlisted(**about(rsvp), position=position_of(rsvp)), actor=user, subject=rsvp)
    return rsvp


@transaction.atomic
def _accept(*, user: User, session_id: int, now: datetime) -> Rsvp:
    session = lock_session(session_id)
    person = lock_people([user.pk]).get(user.pk)
    settle(session=session, now=now)
    rsvp = _latest(session, user)
    if rsvp.status in (RsvpStatus.CONFIRMED, RsvpStatus.HELD, RsvpStatus.EXPIRED):
        return rsvp
    policy = policy_for(session)
    if rsvp.status == RsvpStatus.WAITLISTED:
        _need_claim(session, policy, now)
    elif rsvp.status != RsvpStatus.OFFERED:
        raise ConflictError(_("No seat is offered to you."), code="no_offer")
    need_good_standing(person)
    need_no_clash(user_id=user.pk, session=session, asked_about=rsvp.clashes_with_id)
    take_seat(rsvp, session, policy=policy, actor=user, now=now)
    write_counts(session)
    return rsvp


def _need_claim(session: Session, policy: Policy, now: datetime) -> None:
    if not is_open_claim(session, policy, now):
        raise ConflictError(_("No seat is offered to you yet. You keep your place in line."), code="no_offer")
    if free_seats(session) <= 0:
        raise ConflictError(_("Somebody was faster. You keep your place in line."), code="seat_gone")


def _latest(session: Session, user: User) -> Rsvp:
    """What stands, or what there was last. Raises Rsvp.DoesNotExist."""
    rsvp = active_rsvp(session, user) or session.rsvps.filter(user=user).order_by("-id").first()
    if rsvp is None:
        raise Rsvp.DoesNotExist
    rsvp.session = session
    return rsvp
