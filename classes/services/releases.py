"""Seats that are given up or taken back without the person's own click: paid or not paid, a class that is cancelled,
an account that is shut."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import ACTIVE, RsvpStatus
from classes.errors import OfferExpiredError
from classes.events.seats import RsvpCancelled
from classes.models import Rsvp, Session
from classes.services.line import fill_seats
from classes.services.offers import confirm_seat, expire
from classes.services.seats import about, lock_people, lock_session, make_move, write_counts
from fitfoodie.events.services import record

RELEASABLE = (RsvpStatus.CONFIRMED, RsvpStatus.HELD, RsvpStatus.OFFERED, RsvpStatus.WAITLISTED)


@transaction.atomic
def confirm_paid(*, rsvp_id: int, now: datetime) -> Rsvp:
    """The money has come. Locks the session, then the person. Once confirmed, it stays so however often it is said.

    A payment that comes after the time, while the seat is still held, is taken. Raises OfferExpiredError when the seat
    has gone on: give the money back. Raises Rsvp.DoesNotExist.
    """
    session, rsvp = _locked_rsvp(rsvp_id)
    if rsvp.status == RsvpStatus.HELD:
        lock_people([rsvp.user_id] if rsvp.user_id else [])
        confirm_seat(rsvp, session, actor=rsvp.user, now=now)
        write_counts(session)
    if rsvp.status not in ACTIVE:
        raise OfferExpiredError(_("The seat was not paid in time and has gone on."))
    return rsvp


@transaction.atomic
def release_held(*, rsvp_id: int, now: datetime, reason: str) -> Rsvp:
    """Will not be paid: expired if its time is over, else cancelled, and the seat goes on. Any other booking stays as
    it is. Locks the session. Raises Rsvp.DoesNotExist."""
    session, rsvp = _locked_rsvp(rsvp_id)
    if rsvp.status != RsvpStatus.HELD:
        return rsvp
    if rsvp.reserved_until is not None and rsvp.reserved_until <= now:
        expire(rsvp, now=now, reason=reason)
    else:
        make_move(rsvp, RsvpStatus.CANCELLED, None, reason, now)
        tell_of_leaving(rsvp, RsvpStatus.HELD, actor=None, by_house=True, reason=reason)
    fill_seats(session=session, now=now)
    return rsvp


def release_all(*, session: Session, now: datetime, reason: str, actor: User | None = None) -> list[int]:
    """Everybody out of a cancelled class, free of charge; paid seats are given back. The ids of whom it concerns.

    Call under the lock of the session, when its status is cancelled already: nobody moves up.
    """
    rows = list(session.rsvps.filter(status__in=RELEASABLE).select_related("user").order_by("id"))
    for rsvp in rows:
        _release(rsvp, session, actor=actor, reason=reason, now=now)
    write_counts(session)
    return [rsvp.user_id for rsvp in rows if rsvp.user_id]


def release_person(*, user: User, now: datetime, reason: str = "") -> int:
    """Somebody is suspended or leaves: out of everything that has not begun, and the seats go on (MOD-8). How many.

    One transaction and one locked session for each; called again it finds nothing.
    """
    rows = Rsvp.objects.of_person(user).filter(status__in=RELEASABLE, session__starts_at__gt=now)
    sessions = list(rows.order_by("session_id").values_list("session_id", flat=True).distinct())
    return sum(_release_in(session_id, user, reason=reason, now=now) for session_id in sessions)


def tell_of_leaving(
    rsvp: Rsvp,
    before: str,
    *,
    actor: User | None,
    is_late: bool = False,
    by_house: bool = False,
    reason: str = "",
) -> None:
    fact = RsvpCancelled(**about(rsvp), from_status=before, is_late=is_late, by_house=by_house, reason=reason)
    record(fact, actor=actor, subject=rsvp)


def _locked_rsvp(rsvp_id: int) -> tuple[Session, Rsvp]:
    session_id = Rsvp.objects.across_chains().values_list("session_id", flat=True).get(pk=rsvp_id)
    session = lock_session(session_id)
    rsvp = session.rsvps.select_related("user").get(pk=rsvp_id)
    rsvp.session = session
    return session, rsvp


def _release(rsvp: Rsvp, session: Session, *, actor: Any, reason: str, now: datetime) -> None:
    before = rsvp.status
    rsvp.session = session
    make_move(rsvp, RsvpStatus.CANCELLED, actor, reason, now)
    tell_of_leaving(rsvp, before, actor=actor, by_house=True, reason=reason)


@transaction.atomic
def _release_in(session_id: int, user: User, *, reason: str, now: datetime) -> int:
    session = lock_session(session_id)
    rsvp = session.rsvps.filter(user=user, status__in=RELEASABLE).first()
    if rsvp is None:
        return 0
    _release(rsvp, session, actor=None, reason=reason, now=now)
    fill_seats(session=session, now=now)
    return 1
