"""With whom one may share a class: friends, and whom another app vouches for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from classes.invitations import invitable
from social.models import Connection
from social.policy import there_for


def friends_of(person: User) -> QuerySet[User]:
    """Accepted, not blocked, not shut out."""
    ties = Connection.objects.accepted()
    one_way = Q(pk__in=ties.filter(low=person).values("high_id"))
    other_way = Q(pk__in=ties.filter(high=person).values("low_id"))
    return User.objects.filter(there_for(person), one_way | other_way).exclude(pk=person.pk)


def friend_of(person: User, friend_id: int) -> User:
    """Raises User.DoesNotExist for whoever is no friend, blocked, or not there: one answer for all (SEC-9)."""
    return friends_of(person).get(pk=friend_id)


def companions_of(person: User, ids: Iterable[int]) -> list[User]:
    """All of them, smaller id first, or User.DoesNotExist."""
    asked = set(ids)
    friends = set(friends_of(person).filter(pk__in=asked).values_list("pk", flat=True))
    allowed = friends | (invitable(person, asked - friends) if asked - friends else set())
    people = list(User.objects.filter(there_for(person), pk__in=asked & allowed).order_by("pk"))
    if len(people) < len(asked):
        raise User.DoesNotExist
    return people
