"""Who is let in: the private profile."""

from datetime import datetime

from django.db import transaction

from accounts.models import Profile, User
from fitfoodie.events.services import record
from social.events.graph import ProfileClosed, ProfileOpened
from social.models import Follow
from social.models.graph import FollowQuerySet
from social.services.follow import accept_all
from social.services.standing import lock_people


@transaction.atomic
def change_privacy(*, person: User, is_private: bool, now: datetime) -> bool:
    """Close the profile, keeping its followers, or open it and let in all who asked. Whether it changed.

    Locks the person and everybody who waits, so that no request is left behind. Holds from the next request (CRE-3).
    """
    waiting = _lock_with_waiting(person)
    changed = (
        Profile.objects.filter(user=person).exclude(is_private=is_private).update(is_private=is_private, updated_at=now)
    )
    if not changed:
        return False
    if is_private:
        record(ProfileClosed(user_id=person.pk), actor=person, subject=person)
        return True
    accept_all(person=person, waiting=waiting, now=now)
    record(ProfileOpened(user_id=person.pk, requests_accepted=len(waiting)), actor=person, subject=person)
    return True


def _lock_with_waiting(person: User) -> list[Follow]:
    """Everybody at once, in the order of all locks. Who asks between the look and the lock is looked at again: the
    locks of the first try go with its savepoint, for a second set taken on top could close a circle."""
    while True:
        savepoint = transaction.savepoint()
        seen = set(_waiting(person).values_list("follower_id", flat=True))
        lock_people({person.pk, *seen})
        waiting = list(_waiting(person))
        if {follow.follower_id for follow in waiting} <= seen:
            transaction.savepoint_commit(savepoint)
            return waiting
        transaction.savepoint_rollback(savepoint)


def _waiting(person: User) -> FollowQuerySet:
    return Follow.objects.requested().filter(followee=person).order_by("pk")
