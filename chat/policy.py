"""How two people stand: whether they may talk now, and whom somebody may write to. Asked at every message (CHT-5)."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from chat.enums import Standing
from matching.models import Match
from social.models import Connection
from social.policy import not_blocked, reachable


def are_close(one_id: int, other_id: int) -> bool:
    """A match that has not ended, or a friendship."""
    low_id, high_id = sorted((one_id, other_id))
    pair = {"low_id": low_id, "high_id": high_id}
    return Match.objects.filter(**pair, ended_at=None).exists() or Connection.objects.accepted().filter(**pair).exists()


def close_to(person: User) -> Q:
    """Of people: those whom `person` may write to, with or without a conversation so far."""
    matches = Match.objects.filter(ended_at=None)
    friends = Connection.objects.accepted()
    close = Q(pk__in=[])
    for pairs in (matches, friends):
        close |= Q(pk__in=pairs.filter(low_id=person.pk).values("high_id"))
        close |= Q(pk__in=pairs.filter(high_id=person.pk).values("low_id"))
    return close & reachable() & not_blocked(person)


def standings_of(viewer: User, others: Iterable[User]) -> dict[int, Standing]:
    """By primary key, in one query. What `others` say of themselves is taken as they were read."""
    people = list(others)
    close = set(User.objects.filter(close_to(viewer), pk__in=[each.pk for each in people]).values_list("pk", flat=True))
    return {each.pk: _standing(each, is_close=each.pk in close) for each in people}


def _standing(other: User, *, is_close: bool) -> Standing:
    if other.deletion_requested_at is not None:
        return Standing.DELETED
    if not other.is_active:
        return Standing.UNAVAILABLE
    return Standing.OPEN if is_close else Standing.CLOSED
