"""Following, one way. Every verb may be said twice (CRE-1)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from fitfoodie.events.services import record
from social.enums import FollowState
from social.events.graph import FollowAccepted, FollowDeclined, FollowRemoved, FollowRequested
from social.models import Follow
from social.services.standing import lock_people, met, move_totals, need_reaching_out


@transaction.atomic
def follow_person(*, follower: User, person_id: int, now: datetime) -> Follow:
    """Follow at once, or ask when the profile is private. Locks both people.

    Raises User.DoesNotExist for whom the follower may not meet, NotAllowedError, DomainError about oneself.
    """
    need_reaching_out(follower, to=person_id)
    met(person_id, by=follower)
    lock_people([follower.pk, person_id])
    person = met(person_id, by=follower)
    present = Follow.objects.filter(follower=follower, followee=person).first()
    if present is not None:
        return present
    if person.profile.is_private:
        asked = Follow.objects.create(follower=follower, followee=person, state=FollowState.REQUESTED, requested_at=now)
        record(FollowRequested(follower_id=follower.pk, followee_id=person.pk), actor=follower, subject=person)
        return asked
    follow = Follow.objects.create(
        follower=follower, followee=person, state=FollowState.ACCEPTED, requested_at=now, accepted_at=now
    )
    _count(follow, by=1)
    record(_accepted(follow, was_requested=False), actor=follower, subject=person)
    return follow


@transaction.atomic
def unfollow_person(*, follower: User, person_id: int) -> bool:
    """Stop following, or withdraw the request; whether there was one. Locks both people."""
    lock_people([follower.pk, person_id])
    return _remove(follower_id=follower.pk, followee_id=person_id, actor=follower, cause="unfollowed")


@transaction.atomic
def remove_follower(*, person: User, follower_id: int) -> bool:
    """Let somebody follow no longer; nobody is told. Locks both people."""
    lock_people([person.pk, follower_id])
    return _remove(follower_id=follower_id, followee_id=person.pk, actor=person, cause="removed_by_followee")


@transaction.atomic
def accept_follow(*, person: User, follower_id: int, now: datetime) -> Follow:
    """Let somebody in who asked. Locks both people. Raises Follow.DoesNotExist when nobody asks (any more)."""
    lock_people([person.pk, follower_id])
    follow = Follow.objects.get(follower_id=follower_id, followee=person)
    if follow.state == FollowState.REQUESTED:
        _accept(follow, now=now)
        record(_accepted(follow, was_requested=True), actor=person, subject=person)
    return follow


@transaction.atomic
def decline_follow(*, person: User, follower_id: int) -> bool:
    """Say no without a word: nobody is told. Whether somebody asked. Locks both people."""
    lock_people([person.pk, follower_id])
    asked = Follow.objects.requested().filter(follower_id=follower_id, followee=person)
    deleted, _rows = asked.delete()
    if deleted:
        record(FollowDeclined(follower_id=follower_id, followee_id=person.pk), actor=person, subject=person)
    return bool(deleted)


def accept_all(*, person: User, waiting: Sequence[Follow], now: datetime) -> None:
    """All who ask, as when the profile opens. The caller holds the lock of everybody concerned."""
    for follow in waiting:
        _accept(follow, now=now)
        record(_accepted(follow, was_requested=True), actor=person, subject=person)


def cut_between(*, person: User, other_id: int, cause: str = "blocked") -> None:
    """Both directions, requests too. The caller holds the lock of both."""
    _remove(follower_id=person.pk, followee_id=other_id, actor=person, cause=cause)
    _remove(follower_id=other_id, followee_id=person.pk, actor=person, cause=cause)


def _remove(*, follower_id: int, followee_id: int, actor: User, cause: str) -> bool:
    follow = Follow.objects.filter(follower_id=follower_id, followee_id=followee_id).first()
    if follow is None:
        return False
    was_accepted = follow.state == FollowState.ACCEPTED
    if was_accepted:
        _count(follow, by=-1)
    follow.delete()
    fact = FollowRemoved(follower_id=follower_id, followee_id=followee_id, was_accepted=was_accepted, cause=cause)
    record(fact, actor=actor, subject=User(pk=followee_id))
    return True


def _accept(follow: Follow, *, now: datetime) -> None:
    follow.state, follow.accepted_at = FollowState.ACCEPTED, now
    follow.save(update_fields=["state", "accepted_at"])
    _count(follow, by=1)


def _count(follow: Follow, *, by: int) -> None:
    move_totals([follow.follower_id], column="following_count", by=by)
    move_totals([follow.followee_id], column="follower_count", by=by)


def _accepted(follow: Follow, *, was_requested: bool) -> FollowAccepted:
    return FollowAccepted(follower_id=follow.follower_id, followee_id=follow.followee_id, was_requested=was_requested)
