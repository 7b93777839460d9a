"""A fact becomes notifications, each person once (NTF-1)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from fitfoodie.events.models import Event
from fitfoodie.notifications.kinds import Kind, Recipient, kinds_of
from fitfoodie.notifications.models import Notification
from social.models import Block

# Rows of one statement, so that a fact with very many readers does not hold one long transaction (NTF-9).
CHUNK = 1000


def tell_people(*, event: Event, now: datetime) -> list[int]:
    """Make what is missing of the notifications of this fact; the ids of all that are to be mailed and were not.

    Safe to run twice: a row is unique by event, person and kind. Nobody hears from whom they blocked or who blocked
    them (NTF-3), nor do people who are suspended or leaving.
    """
    for kind in kinds_of(event.name):
        _tell(kind, event, now)
    mailed = [kind.name for kind in kinds_of(event.name) if kind.is_mailed]
    due = Notification.objects.filter(event=event, kind__in=mailed, mailed_at=None)
    return list(due.order_by("pk").values_list("pk", flat=True))


def _tell(kind: Kind, event: Event, now: datetime) -> None:
    told = list(dict.fromkeys(kind.audience(event)))
    for start in range(0, len(told), CHUNK):
        _write(kind, event, told[start : start + CHUNK], now)


@transaction.atomic
def _write(kind: Kind, event: Event, told: list[Recipient], now: datetime) -> None:
    there = set(User.objects.reachable().filter(pk__in=[each.user_id for each in told]).values_list("pk", flat=True))
    apart = _apart(told)
    rows = [
        Notification(user_id=each.user_id, actor_id=each.actor_id, event=event, kind=kind.name, created_at=now)
        for each in told
        if each.user_id in there and (each.user_id, each.actor_id) not in apart
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _apart(told: list[Recipient]) -> set[tuple[int, int | None]]:
    """The pairs of them of whom one blocked the other, both ways round."""
    people = {each.user_id for each in told}
    others = {each.actor_id for each in told if each.actor_id is not None}
    if not others:
        return set()
    either = Q(blocker__in=people, blocked__in=others) | Q(blocker__in=others, blocked__in=people)
    pairs = list(Block.objects.filter(either).values_list("blocker_id", "blocked_id"))
    return {*pairs, *((other, one) for one, other in pairs)}
