"""What the clock does to seats, each minute. Whoever acts first on a session does the same; nothing waits for this."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from classes.enums import RESERVED, SessionStatus
from classes.models import Rsvp, Session
from classes.services.line import fill_seats, is_open_claim, settle
from classes.services.policy import policy_for
from classes.services.seats import lock_session

# No waitlist closes earlier than this before the class.
_LOOKS_AHEAD = timedelta(days=7)


def expire_reservations(*, now: datetime) -> int:
    """Offers and holds whose time is over, and the seats they kept. Returns how many sessions changed."""
    overdue = Rsvp.objects.across_chains().filter(status__in=RESERVED, reserved_until__lte=now)
    return _settle_all(overdue.values_list("session_id", flat=True).distinct(), now=now)


def close_waitlists(*, now: datetime) -> int:
    """Lines of sessions that are about to begin; who still waits is told. Returns how many sessions changed."""
    soon = _waited_for().filter(starts_at__lte=now + _LOOKS_AHEAD).select_related("class_type", "studio", "chain")
    due = [row.pk for row in soon if now >= policy_for(row).waitlist_closes(row.starts_at)]
    return _settle_all(due, now=now)


def fill_empty_seats(*, now: datetime) -> int:
    """Somebody in line who was passed over may have become able to have a seat. Returns how many sessions it saw."""
    idle = _waited_for().filter(starts_at__gt=now, capacity__gt=F("confirmed") + F("reserved"))
    return sum(_fill(pk, now=now) for pk in list(idle.values_list("pk", flat=True)))


def _waited_for() -> QuerySet[Session]:
    return Session.objects.across_chains().filter(waitlisted__gt=0, status=SessionStatus.SCHEDULED)


def _settle_all(ids: Iterable[int], *, now: datetime) -> int:
    return sum(_settle(pk, now=now) for pk in list(ids))


@transaction.atomic
def _settle(session_id: int, *, now: datetime) -> bool:
    return settle(session=lock_session(session_id), now=now)


@transaction.atomic
def _fill(session_id: int, *, now: datetime) -> bool:
    """An open claim was told to the line when the seat came free; it is not told again."""
    session = lock_session(session_id)
    if is_open_claim(session, policy_for(session), now):
        return False
    fill_seats(session=session, now=now)
    return True
