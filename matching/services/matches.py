"""What two likes made: a match, seen by each of the two once, until one of them ends it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from fitfoodie.events.services import record
from matching.events import MatchEnded, MatchMade
from matching.models import Match
from social.services.standing import lock_people


def make_match(*, one: User, other: User, now: datetime) -> Match | None:
    """One row a pair, ever (MAT-2); None when they had one that ended. The caller holds the lock of both people."""
    low_id, high_id = sorted((one.pk, other.pk))
    match, is_new = Match.objects.get_or_create(low_id=low_id, high_id=high_id, defaults={"matched_at": now})
    if is_new:
        record(MatchMade(match_id=match.pk, low_id=low_id, high_id=high_id), actor=one, subject=match)
    return match if match.ended_at is None else None


@transaction.atomic
def unmatch(*, user: User, match_id: int, now: datetime) -> Match:
    """End it: neither finds the other any more, for good (MAT-7). Locks both people; may be said twice.

    Raises Match.DoesNotExist for a match of others.
    """
    pair = Match.objects.filter(Q(low=user) | Q(high=user)).get(pk=match_id)
    lock_people([pair.low_id, pair.high_id])
    match = Match.objects.select_for_update().get(pk=pair.pk)
    if match.ended_at is None:
        _end(match, by=user, cause="unmatched", now=now)
    return match


@transaction.atomic
def end_between(*, one_id: int, other_id: int, ended_by_id: int, cause: str, now: datetime) -> bool:
    """After a block. Locks both people; whether there was one to end."""
    lock_people([one_id, other_id])
    low_id, high_id = sorted((one_id, other_id))
    match = Match.objects.select_for_update().filter(low_id=low_id, high_id=high_id, ended_at=None).first()
    if match is not None:
        _end(match, by=User.objects.filter(pk=ended_by_id).first(), cause=cause, now=now)
    return match is not None


@transaction.atomic
def end_all_of(*, user_id: int, cause: str, now: datetime) -> int:
    """After somebody left for good; returns how many. Locks the matches, in the order of their ids."""
    matches = Match.objects.select_for_update().filter(Q(low_id=user_id) | Q(high_id=user_id), ended_at=None)
    rows = list(matches.order_by("pk"))
    for match in rows:
        _end(match, by=None, cause=cause, now=now)
    return len(rows)


@transaction.atomic
def mark_seen(*, user: User, match_ids: list[int], now: datetime) -> list[int]:
    """Which of these the person had not seen until this very call: of two tabs that ask at once, one is told."""
    seen = []
    for match in Match.objects.select_for_update().filter(pk__in=match_ids).order_by("pk"):
        side = "low_seen_at" if match.low_id == user.pk else "high_seen_at"
        if user.pk in (match.low_id, match.high_id) and getattr(match, side) is None:
            setattr(match, side, now)
            match.save(update_fields=[side])
            seen.append(match.pk)
    return seen


def _end(match: Match, *, by: User | None, cause: str, now: datetime) -> None:
    match.ended_at, match.ended_by = now, by
    match.save(update_fields=["ended_at", "ended_by"])
    fact = MatchEnded(
        match_id=match.pk,
        low_id=match.low_id,
        high_id=match.high_id,
        ended_by_id=by.pk if by else None,
        cause=cause,
    )
    record(fact, actor=by, subject=match)
