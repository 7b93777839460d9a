"""W29: with a minimum of people, a class takes place for sure once so many are in."""

from datetime import datetime

from classes.enums import SEATED
from classes.events.schedule import SessionGuaranteed
from classes.models import Session
from classes.policies import Policy
from fitfoodie.events.services import record


def note_guarantee(*, session: Session, policy: Policy, now: datetime) -> bool:
    """Whether the class became sure just now. Call under the lock of the session, after a seat was confirmed.

    It stays sure when people leave: others have arranged themselves by it.
    """
    if not policy.min_participants or session.guaranteed_at is not None:
        return False
    if session.rsvps.filter(status__in=SEATED).count() < policy.min_participants:
        return False
    session.guaranteed_at = now
    session.save(update_fields=["guaranteed_at"])
    record(SessionGuaranteed(session_id=session.pk, chain_id=session.chain_id), actor=None, subject=session)
    return True
