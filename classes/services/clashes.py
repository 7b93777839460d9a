"""A person is in one place at a time (CLS-7)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from classes.enums import SEATED, RsvpStatus, SessionStatus
from classes.errors import ClashError
from classes.events.seats import RsvpCancelled
from classes.models import Rsvp, Session
from classes.policies import from_json
from classes.services.seats import about, lock_session, make_move, write_counts
from fitfoodie.events.services import record

# A seat that is being paid is a seat one means to sit in.
BINDING = SEATED | {RsvpStatus.HELD}


def clash_of(*, user_id: int, session: Session) -> Session | None:
    """The class in which the person has a seat at that time, if any. Reliable under the lock of the person."""
    rows = Rsvp.objects.across_chains().filter(user_id=user_id, status__in=BINDING)
    rows = rows.filter(
        session__starts_at__lt=session.ends_at,
        session__ends_at__gt=session.starts_at,
        session__status=SessionStatus.SCHEDULED,
    ).exclude(session=session)
    found = rows.select_related("session").order_by("session__starts_at", "id").first()
    return found.session if found else None


def need_no_clash(*, user_id: int, session: Session, asked_about: int | None = None) -> None:
    """Raises ClashError, unless it is the class about which the person was asked."""
    other = clash_of(user_id=user_id, session=session)
    if other is None or other.pk == asked_about:
        return
    message = _("You have a seat in “%(title)s” at that time. Leave that class first.") % {"title": other.title}
    raise ClashError(message, other=other)


def leave_waitlists_beside(rsvp: Rsvp, session: Session, *, now: datetime) -> None:
    """A seat was confirmed: the person's other waits for the same time end (CLS-7).

    Call under the locks of the session and the person. The other sessions are locked if they are free; those that are
    not are left to `leave_overtaken_waitlists`, a minute later: nobody can be given a second seat meanwhile, because a
    clash is asked about.
    """
    if not from_json(rsvp.policy).leaves_clashing_waitlists or rsvp.user_id is None:
        return
    rows = _waits(rsvp.user_id, session)
    sessions = Session.objects.across_chains().select_for_update(no_key=True, skip_locked=True)
    for other in sessions.filter(pk__in=rows.values("session_id")).order_by("pk"):
        _leave(other, rsvp.user_id, beside=session, now=now)


def _waits(user_id: int, session: Session) -> QuerySet[Rsvp]:
    rows = Rsvp.objects.across_chains().filter(user_id=user_id, status=RsvpStatus.WAITLISTED)
    return rows.filter(session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at).exclude(
        session=session
    )


def _leave(other: Session, user_id: int, *, beside: Session, now: datetime) -> None:
    """A place in line holds no seat: nobody moves up into one by this."""
    row = other.rsvps.filter(user_id=user_id, status=RsvpStatus.WAITLISTED).first()
    if row is None:
        return
    reason = _("A seat in “%(title)s” at the same time was confirmed.") % {"title": beside.title}
    make_move(row, RsvpStatus.CANCELLED, None, reason, now)
    fact = RsvpCancelled(**about(row), from_status=RsvpStatus.WAITLISTED, by_house=True)
    record(fact, actor=None, subject=row)
    write_counts(other)


def leave_overtaken_waitlists(*, now: datetime) -> int:
    """The sweep behind `leave_waitlists_beside`; returns how many waits it ended. Locks one session at a time.

    Who began to wait beside a seat they had already is asked when their turn comes, and left alone here.
    """
    waits = Rsvp.objects.across_chains().filter(
        Q(user__rsvps__confirmed_at__gt=F("joined_at")),
        status=RsvpStatus.WAITLISTED,
        session__starts_at__gt=now,
        user__rsvps__status=RsvpStatus.CONFIRMED,
        user__rsvps__session__starts_at__lt=F("session__ends_at"),
        user__rsvps__session__ends_at__gt=F("session__starts_at"),
    )
    found = waits.values_list("session_id", "user_id", "user__rsvps__session_id", "user__rsvps__policy").distinct()
    return sum(
        _leave_now(session_id, user_id, beside_id=beside_id, now=now)
        for session_id, user_id, beside_id, policy in list(found)
        if session_id != beside_id and from_json(policy).leaves_clashing_waitlists
    )


@transaction.atomic
def _leave_now(session_id: int, user_id: int, *, beside_id: int, now: datetime) -> int:
    session = lock_session(session_id)
    before = session.waitlisted
    _leave(session, user_id, beside=Session.objects.across_chains().get(pk=beside_id), now=now)
    return before - session.waitlisted
