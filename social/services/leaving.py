"""What is between somebody and others when their account is closed for good."""

from django.db import transaction

from accounts.models import User
from social.models import Connection, Follow
from social.services import connection, follow
from social.services.standing import lock_people


def end_ties_of(*, user: User) -> int:
    """Follows both ways, requests, friendships; with how many people. Blocks stay: they protect whoever set them.

    One transaction a pair, which locks both, so that a creator with very many followers holds up nobody. Called again
    it goes on where it stopped.
    """
    others = _tied_to(user)
    for other_id in others:
        _end_between(user, other_id)
    return len(others)


def _tied_to(user: User) -> list[int]:
    found = set(Follow.objects.filter(follower=user).values_list("followee_id", flat=True))
    found.update(Follow.objects.filter(followee=user).values_list("follower_id", flat=True))
    for low_id, high_id in Connection.objects.of(user.pk).values_list("low_id", "high_id"):
        found.add(high_id if low_id == user.pk else low_id)
    return sorted(found)


@transaction.atomic
def _end_between(user: User, other_id: int) -> None:
    lock_people([user.pk, other_id])
    follow.cut_between(person=user, other_id=other_id, cause="left")
    connection.cut_between(person=user, other_id=other_id, cause="left")
