"""The line, and the rule that a freed seat is given away in the transaction that freed it (CLS-3…CLS-7)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import RESERVED, RsvpStatus, SessionStatus
from classes.events.seats import RsvpOffered, RsvpSkipped, WaitlistClosed
from classes.models import Rsvp, Session
from classes.policies import Policy
from classes.services.clashes import clash_of
from classes.services.offers import confirm_seat, expire, offer_seat
from classes.services.policy import policy_for
from classes.services.seats import about, free_seats, lock_people_who_are_free, write_counts
from fitfoodie.events.services import record

ORDER = ("-priority", "joined_at", "id")


def line_of(session: Session) -> QuerySet[Rsvp]:
    """Who waits, the head first (CLS-4)."""
    return session.rsvps.filter(status=RsvpStatus.WAITLISTED).order_by(*ORDER)


def position_of(rsvp: Rsvp) -> int:
    """1 is the head. 0 for who does not wait."""
    if rsvp.status != RsvpStatus.WAITLISTED:
        return 0
    same = Q(priority=rsvp.priority)
    ahead = Q(priority__gt=rsvp.priority) | same & (
        Q(joined_at__lt=rsvp.joined_at) | Q(joined_at=rsvp.joined_at, pk__lt=rsvp.pk)
    )
    waiting = Rsvp.objects.across_chains().filter(session_id=rsvp.session_id, status=RsvpStatus.WAITLISTED)
    return waiting.filter(ahead).count() + 1


def why_passed_over(user: User | None) -> str:
    """Empty for whoever may have a seat; else the reason that is written beside their place."""
    if user is None:
        return "erased"
    if not user.is_active:
        return "suspended"
    return "leaving" if user.deletion_requested_at else ""


def settle(*, session: Session, now: datetime) -> bool:
    """What time has decided since somebody last looked, before anything else is: offers and holds that are over, a
    line that has closed. Call under the lock, first; whether anything had changed."""
    is_closing = session.waitlisted > 0 and _has_closed(session, now)
    if not expire_overdue(session=session, now=now) and not is_closing:
        return False
    fill_seats(session=session, now=now)
    return True


def expire_overdue(*, session: Session, now: datetime) -> int:
    """The time counts, not the sweep (CLS-6). Call under the lock; the seats go on by `fill_seats`."""
    overdue = list(session.rsvps.filter(status__in=RESERVED, reserved_until__lte=now))
    for rsvp in overdue:
        expire(rsvp, now=now, reason=_("Not taken in time"))
    return len(overdue)


def fill_seats(*, session: Session, now: datetime) -> Session:
    """Give away what is free, in order, until nothing is or nobody waits; write the counts. Call under the lock of the
    session, in the transaction that freed the seat: there is no moment in which a newcomer could have it (CLS-3).

    Before the late window a free class is confirmed and the person told; inside it, for a price, or when they have
    another class at that time, they are asked and the seat is reserved for the answer (CLS-5, CLS-7).
    """
    policy = policy_for(session)
    if session.status == SessionStatus.SCHEDULED and now < session.starts_at and not _has_closed(session, now):
        if is_open_claim(session, policy, now):
            _tell_the_line(session, policy)
        else:
            _give_away(session, policy, now)
    elif session.status == SessionStatus.SCHEDULED:
        _close_line(session, now)
    return write_counts(session)


def is_open_claim(session: Session, policy: Policy, now: datetime) -> bool:
    """Whether a free seat is for whoever of the line clicks first."""
    return policy.is_open_claim and now >= policy.late_from(session.starts_at)


def has_room_for_newcomer(session: Session) -> bool:
    """Nobody who could have the seat waits for it: a line of people who are shut out holds up nobody (CLS-3)."""
    if free_seats(session) <= 0:
        return False
    return not any(not why_passed_over(rsvp.user) for rsvp in line_of(session).select_related("user"))


def _has_closed(session: Session, now: datetime) -> bool:
    return now >= policy_for(session).waitlist_closes(session.starts_at)


def _give_away(session: Session, policy: Policy, now: datetime) -> None:
    passed: list[int] = []
    while (free := free_seats(session)) > 0:
        heads = list(line_of(session).exclude(pk__in=passed).select_related("user")[:free])
        if not heads:
            return
        can_decide = lock_people_who_are_free(rsvp.user_id for rsvp in heads if rsvp.user_id)
        for rsvp in heads:
            because = why_passed_over(rsvp.user)
            if because:
                _pass_over(rsvp, because, now)
                passed.append(rsvp.pk)
            else:
                _give(rsvp, session, policy, now, is_surprise=rsvp.user_id not in can_decide)


def _give(rsvp: Rsvp, session: Session, policy: Policy, now: datetime, *, is_surprise: bool) -> None:
    """`is_surprise`: the person decides something else at this very moment, so nobody can say what it will clash with;
    they are asked."""
    clash = clash_of(user_id=rsvp.user_id or 0, session=session)
    is_late = now >= policy.late_from(session.starts_at)
    if clash or is_late or is_surprise or not session.is_free:
        offer_seat(rsvp, session, policy=policy, clash=clash, now=now)
    else:
        confirm_seat(rsvp, session, actor=None, now=now, was_promoted=True)


def _pass_over(rsvp: Rsvp, because: str, now: datetime) -> None:
    """They keep their place; the person and the host see why it went past them (CLS-4). Told once for each reason."""
    if rsvp.skipped_because == because:
        return
    rsvp.skipped_at, rsvp.skipped_because = now, because
    rsvp.save(update_fields=["skipped_at", "skipped_because"])
    record(RsvpSkipped(**about(rsvp), because=because), actor=None, subject=rsvp)


def _tell_the_line(session: Session, policy: Policy) -> None:
    if free_seats(session) <= 0:
        return
    until = policy.waitlist_closes(session.starts_at).isoformat()
    for rsvp in line_of(session).select_related("user"):
        if not why_passed_over(rsvp.user):
            fact = RsvpOffered(**about(rsvp), reserved_until=until, is_open_claim=True)
            record(fact, actor=None, subject=rsvp)


def _close_line(session: Session, now: datetime) -> None:
    """Nobody is promoted any more; who still waits is told, and charged nothing (CLS-5)."""
    waiting = list(line_of(session))
    for rsvp in waiting:
        expire(rsvp, now=now, reason=_("The waitlist has closed"))
    if waiting:
        fact = WaitlistClosed(session_id=session.pk, chain_id=session.chain_id, waiting=len(waiting))
        record(fact, actor=None, subject=session)
