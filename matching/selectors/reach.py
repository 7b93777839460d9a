"""About whom somebody may say something: whom the deck shows or showed them, and who super-liked them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from accounts.models import User
from matching.enums import Verb
from matching.models import FitnessProfile, Impression, MatchAction
from matching.policy import may_be_shown_to
from social.policy import there_for

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_WITHIN = timedelta(hours=24)


def person_to_act_on(target_id: int, *, actor: User, is_known: bool, now: datetime) -> User:
    """`is_known`: the actor said something of them already, and may say it again.

    Raises User.DoesNotExist for everybody else, whatever the cause: blocked, away, out of reach (SEC-9).
    """
    person = User.objects.filter(there_for(actor)).select_related("profile").get(pk=target_id)
    asks: list[Callable[[], bool]] = [
        lambda: _was_shown(person.pk, actor, now),
        lambda: _said_super_like(person.pk, actor),
        lambda: _may_be_shown(person.pk, actor, now),
    ]
    if not is_known and not any(ask() for ask in asks):
        raise User.DoesNotExist
    return person


def _was_shown(person_id: int, actor: User, now: datetime) -> bool:
    shown = Impression.objects.filter(viewer=actor, candidate_id=person_id, shown_at__gt=now - SHOWN_WITHIN)
    return shown.exists()


def _said_super_like(person_id: int, actor: User) -> bool:
    said = MatchAction.objects.filter(actor_id=person_id, target=actor, verb=Verb.SUPER_LIKE, undone_at=None)
    return said.exists()


def _may_be_shown(person_id: int, actor: User, now: datetime) -> bool:
    mine = FitnessProfile.objects.filter(user=actor).first()
    rows = FitnessProfile.objects.filter(user_id=person_id)
    return mine is not None and may_be_shown_to(rows, mine, now).exists()
