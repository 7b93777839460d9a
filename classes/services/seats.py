"""One lock for every decision about a seat, one recount behind it, and one way in which a booking moves.

Order of locks, everywhere: an order (of the app that takes money) → the session → the people who ask, in one
statement, smaller id first. Only then is anything decided, and from there on nothing waits: what else must be touched,
people in line and their other sessions, is locked if it is free (`skip_locked`), else asked or left to the
sweep. So no two decisions wait for each other in a circle (docs/seats.md). Who decides on several sessions in one
transaction locks them all first, by `lock_sessions`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import OVER, RESERVED, RSVP_TRANSITIONS, SEATED, RsvpStatus
from classes.models import Rsvp, RsvpMove, Session
from fitfoodie.common.errors import IllegalTransitionError


def lock_session(session_id: int) -> Session:
    """The row under whose lock every seat of it is decided, freshly read. Raises Session.DoesNotExist."""
    rows = Session.objects.across_chains().select_for_update(no_key=True, of=("self",))
    return rows.select_related("chain", "studio", "class_type").get(pk=session_id)


def lock_sessions(ids: Iterable[int]) -> list[Session]:
    """Several at once, smaller id first; those that do not exist are left out."""
    rows = Session.objects.across_chains().select_for_update(no_key=True, of=("self",)).filter(pk__in=set(ids))
    return list(rows.select_related("chain", "studio", "class_type").order_by("pk"))


def lock_people(ids: Iterable[int]) -> dict[int, User]:
    """Where a clash between the classes of a person is judged: their rows, locked, smaller id first.

    Call once in a transaction, right behind the lock of the session and before `settle` or `fill_seats`.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_people_who_are_free(ids: Iterable[int]) -> set[int]:
    """The same for people who did not ask: whoever decides something else at this moment is not waited for."""
    rows = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=set(ids)).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def recount(session: Session) -> dict[str, int]:
    """What the rows say, whatever the columns say: `confirmed`, `reserved` and `waitlisted`."""
    return session.rsvps.aggregate(
        confirmed=Count("pk", filter=Q(status__in=SEATED)),
        reserved=Count("pk", filter=Q(status__in=RESERVED)),
        waitlisted=Count("pk", filter=Q(status=RsvpStatus.WAITLISTED)),
    )


def write_counts(session: Session) -> Session:
    """Columns as the rows are, and the ceiling that follows (CLS-8). Call under the lock, after each change of rows.

    Falls with each seat given back while the class is over-booked and rises with the capacity alone: one seat too many
    is refused by the constraint behind it, whatever a service got wrong.
    """
    counts = recount(session)
    session.confirmed, session.reserved = counts["confirmed"], counts["reserved"]
    session.waitlisted = counts["waitlisted"]
    session.ceiling = max(session.capacity, min(session.ceiling, session.taken))
    session.save(update_fields=["confirmed", "reserved", "waitlisted", "ceiling"])
    return session


def free_seats(session: Session) -> int:
    """From the rows, under the lock; negative while a lowered capacity is over-booked."""
    counts = recount(session)
    return session.capacity - counts["confirmed"] - counts["reserved"]


def add_rsvp(
    session: Session,
    user: Any,
    to: RsvpStatus,
    *,
    actor: Any,
    now: datetime,
    reason: str = "",
    **about: Any,
) -> Rsvp:
    """A new try of a person, where a row begins. Call under the lock; raises IllegalTransitionError."""
    _need_legal("", to)
    rsvp = Rsvp.objects.in_chain(session.chain_id).create(
        chain_id=session.chain_id, session=session, user=user, status=to, joined_at=now, **about
    )
    _add_step(rsvp, before="", to=to, actor=actor, reason=reason, now=now)
    return rsvp


def make_move(rsvp: Rsvp, to: RsvpStatus, actor: Any, reason: str, now: datetime, **columns: Any) -> Rsvp:
    """The one way in which a booking changes its state: status, `columns` and a step that says who, when and why.

    Call under the lock of its session. Raises IllegalTransitionError for what the table does not list. The fact, the
    counts and the next in line are the caller's.
    """
    before = rsvp.status
    _need_legal(before, to)
    columns |= {"status": to} | ({"ended_at": now} if to in OVER else {})
    for name, value in columns.items():
        setattr(rsvp, name, value)
    rsvp.save(update_fields=list(columns))
    _add_step(rsvp, before=before, to=to, actor=actor, reason=reason, now=now)
    return rsvp


def about(rsvp: Rsvp) -> dict[str, Any]:
    """What every fact about a seat says first. A seat of an erased person is nobody's: 0."""
    return {
        "rsvp_id": rsvp.pk,
        "session_id": rsvp.session_id,
        "chain_id": rsvp.chain_id,
        "user_id": rsvp.user_id or 0,
    }


def _need_legal(before: str, to: RsvpStatus) -> None:
    legal = RSVP_TRANSITIONS[before]
    if to in legal:
        return
    label = RsvpStatus(before).label if before else ""
    message = _("A booking that is “%(status)s” cannot become “%(to)s”.") % {"status": label, "to": to.label}
    raise IllegalTransitionError(message, legal=legal)


def _add_step(rsvp: Rsvp, *, before: str, to: RsvpStatus, actor: Any, reason: str, now: datetime) -> None:
    RsvpMove.objects.create(rsvp=rsvp, from_status=before, to_status=to, actor=actor, reason=reason[:500], moved_at=now)
