"""With whom one may share a class: friends, and whom another app vouches for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from classes.invitations import vouched_for
from social.models import Connection
from social.policy import there_for


def friends_of(person: User) -> QuerySet[User]:
    """Accepted, not blocked, not shut out."""
    return _others(person).filter(_befriended(person))


def friend_of(person: User, friend_id: int) -> User:
    """Raises User.DoesNotExist for whoever is no friend, blocked, or not there: one answer for all (SEC-9)."""
    return friends_of(person).get(pk=friend_id)


def company_of(person: User) -> QuerySet[User]:
    """Everybody whom the person may ask along now: friends, and matches and the like of the apps above."""
    return _others(person).filter(_befriended(person) | vouched_for(person))


def companions_of(person: User, ids: Iterable[int]) -> list[User]:
    """All of them, smaller id first, or User.DoesNotExist."""
    asked = set(ids)
    people = list(company_of(person).filter(pk__in=asked).order_by("pk"))
    if len(people) < len(asked):
        raise User.DoesNotExist
    return people


def _others(person: User) -> QuerySet[User]:
    return User.objects.filter(there_for(person)).exclude(pk=person.pk)


def _befriended(person: User) -> Q:
    ties = Connection.objects.accepted()
    one_way = Q(pk__in=ties.filter(low=person).values("high_id"))
    other_way = Q(pk__in=ties.filter(high=person).values("low_id"))
    return one_way | other_way
