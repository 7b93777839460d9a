"""Classes with a minimum of people: when the time comes it is decided whether they take place (W29)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from classes.enums import SessionStatus
from classes.models import Session
from classes.policies import Policy
from classes.services.guarantee import note_guarantee
from classes.services.policy import policy_for
from classes.services.seats import lock_session
from classes.services.sessions import cancel_session


def decide_sessions(*, now: datetime) -> int:
    """Cancel what has too few people at its hour of decision; how many. Run by the schedule.

    One transaction for each class, under its lock: who comes in at the last moment is counted. Late after an outage,
    but never once the class has begun.
    """
    return sum(_decide(session_id, now) for session_id in _undecided(now).values_list("pk", flat=True))


def _undecided(now: datetime) -> QuerySet[Session]:
    least = Coalesce(
        "class_type__min_participants", "studio__min_participants", "chain__min_participants", Policy.min_participants
    )
    open_still = Session.objects.across_chains().filter(
        status=SessionStatus.SCHEDULED, guaranteed_at=None, starts_at__gt=now, starts_at__lte=now + timedelta(days=60)
    )
    return open_still.annotate(least=least).filter(least__gt=0).order_by("pk")


@transaction.atomic
def _decide(session_id: int, now: datetime) -> int:
    session = lock_session(session_id)
    policy = policy_for(session)
    is_open = session.status == SessionStatus.SCHEDULED and session.guaranteed_at is None and session.starts_at > now
    if not is_open or note_guarantee(session=session, policy=policy, now=now):
        return 0
    if now < session.starts_at - timedelta(minutes=policy.decides_minutes):
        return 0
    cancel_session(actor=None, session_id=session.pk, reason=_too_few(policy.min_participants), now=now)
    return 1


def _too_few(least: int) -> str:
    return ngettext(
        "Fewer than %(least)d person had booked, so this class does not take place.",
        "Fewer than %(least)d people had booked, so this class does not take place.",
        least,
    ) % {"least": least}
