"""Which rules of booking hold: class type → studio → chain → platform (TEN-3)."""

from classes.models import Session
from classes.policies import Policy, resolve


def policy_for(session: Session) -> Policy:
    """As it is now; a booking keeps the one that held when it was made. No query when `class_type`, `studio` and
    `chain` were selected with the session, otherwise one for each."""
    return resolve((session.class_type, session.studio, session.chain))
