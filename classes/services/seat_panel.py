"""Everything about one's seat in one class, for page and API alike. Reads only; the clock counts, not the sweep."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classes.booking_doors import paid_booking
from classes.enums import ACTIVE, RESERVED, HandOnState, OutingState, RsvpStatus
from classes.errors import BookingClosedError
from classes.models import Outing, Rsvp, SeatHandOn, Session
from classes.selectors.chances import Chance, chance_of
from classes.services.line import is_open_claim, position_of
from classes.services.offers import need_door
from classes.services.policy import policy_for
from classes.services.rsvps import WAITLIST_CLOSED, need_open
from classes.services.terms import Terms, leaving_terms


@dataclass(frozen=True)
class SeatPanel:
    """`state` is that of the booking as time has it, empty for who never asked. `refusal` says why one cannot join;
    `next_position` is the place in line one would get, 0 when there is a seat."""

    session: Session
    rsvp: Rsvp | None
    state: str
    position: int
    next_position: int
    chance: Chance | None
    terms: Terms | None
    refusal: str
    can_claim: bool
    pay_url: str
    asked_of_me: SeatHandOn | None
    asked_by_me: SeatHandOn | None
    outing: Outing | None

    @property
    def is_in(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_live(self) -> bool:
        """Something may change while one looks."""
        return self.state in {RsvpStatus.WAITLISTED, RsvpStatus.OFFERED, RsvpStatus.HELD} or self.next_position > 0

    @property
    def can_leave(self) -> bool:
        return self.state in {RsvpStatus.WAITLISTED, RsvpStatus.OFFERED, RsvpStatus.HELD, RsvpStatus.CONFIRMED}


def panel_of(session: Session, viewer: Any, *, now: datetime) -> SeatPanel:
    """Read with `chain`, `studio` and `class_type`."""
    rsvp = _own(session, viewer)
    state = _state(rsvp, now)
    position = position_of(rsvp) if rsvp and state == RsvpStatus.WAITLISTED else 0
    coming = _next_position(session) if state not in ACTIVE else 0
    return SeatPanel(
        session=session,
        rsvp=rsvp,
        state=state,
        position=position,
        next_position=coming,
        chance=chance_of(session, position or coming) if position or coming else None,
        terms=leaving_terms(rsvp=rsvp, now=now) if rsvp and state in ACTIVE else None,
        refusal="" if state in ACTIVE else _refusal(session, is_full=coming > 0, now=now),
        can_claim=state == RsvpStatus.WAITLISTED and _may_claim(session, now),
        pay_url=_pay_url(rsvp) if state == RsvpStatus.HELD else "",
        asked_of_me=_asked(session, viewer, now, friend=viewer.pk),
        asked_by_me=_asked(session, viewer, now, rsvp__user=viewer.pk),
        outing=_outing(session, viewer, now),
    )


def _own(session: Session, viewer: Any) -> Rsvp | None:
    if viewer.pk is None:
        return None
    rows = session.rsvps.filter(user=viewer).select_related("clashes_with", "handed_on_by")
    rsvp = rows.filter(status__in=ACTIVE).first() or rows.order_by("-id").first()
    if rsvp is not None:
        rsvp.session = session
    return rsvp


def _state(rsvp: Rsvp | None, now: datetime) -> str:
    if rsvp is None:
        return ""
    is_over = rsvp.status in RESERVED and rsvp.reserved_until is not None and rsvp.reserved_until <= now
    return RsvpStatus.EXPIRED if is_over else rsvp.status


def _next_position(session: Session) -> int:
    """0 while a newcomer finds a seat: `seats_left` is nothing while somebody waits."""
    return 0 if session.seats_left else session.waitlisted + 1


def _refusal(session: Session, *, is_full: bool, now: datetime) -> str:
    policy = policy_for(session)
    try:
        need_open(session, policy, now)
        need_door(session)
    except BookingClosedError as error:
        return error.message
    if is_full and now >= policy.waitlist_closes(session.starts_at):
        return str(WAITLIST_CLOSED)
    return ""


def _may_claim(session: Session, now: datetime) -> bool:
    return is_open_claim(session, policy_for(session), now) and session.capacity > session.taken


def _pay_url(rsvp: Rsvp | None) -> str:
    door = paid_booking()
    return door.address(rsvp) if door is not None and rsvp is not None else ""


def _asked(session: Session, viewer: Any, now: datetime, **who: Any) -> SeatHandOn | None:
    if viewer.pk is None:
        return None
    rows = SeatHandOn.objects.across_chains().filter(rsvp__session=session, state=HandOnState.OPEN, expires_at__gt=now)
    return rows.filter(**who).select_related("friend", "rsvp__user").first()


def _outing(session: Session, viewer: Any, now: datetime) -> Outing | None:
    if viewer.pk is None:
        return None
    rows = session.outings.filter(members__user=viewer, state=OutingState.PROPOSED, expires_at__gt=now)
    return rows.order_by("-id").first()
