"""Who is there for whom: the one policy that every queryset asks which shows people or what they made.

`person` is the path from the row to the person ("creator", "meal__creator", "author"; empty where the rows are people).
The answers are conditions, so they are part of the statement that reads: a block, a suspension or a change of privacy
holds on the next request, whatever was cached (CRE-3).
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from social.models import Block, Follow

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def reachable(person: str = "") -> Q:
    """Neither suspended nor leaving."""
    prefix = f"{person}__" if person else ""
    return Q(**{f"{prefix}is_active": True, f"{prefix}deletion_requested_at": None})


def not_blocked(viewer: "User | AnonymousUser", person: str = "") -> Q:
    """Neither side has blocked the other. Subqueries without outer reference: the database reads them once."""
    if viewer.pk is None:
        return Q()
    column = _column(person)
    blocked = Block.objects.filter(blocker_id=viewer.pk).values("blocked_id")
    blockers = Block.objects.filter(blocked_id=viewer.pk).values("blocker_id")
    return ~Q(**{f"{column}__in": blocked}) & ~Q(**{f"{column}__in": blockers})


def followed(viewer: "User | AnonymousUser", person: str = "") -> Q:
    """The viewer follows them, accepted; nobody is followed by a visitor."""
    followees = Follow.objects.accepted().filter(follower_id=viewer.pk).values("followee_id")
    return Q(**{f"{_column(person)}__in": followees}) if viewer.pk is not None else Q(pk__in=[])


def there_for(viewer: "User | AnonymousUser", person: str = "") -> Q:
    """People one may meet: a private profile answers with its name and the way to ask. Oneself is always there."""
    return _own(viewer, person) | (reachable(person) & not_blocked(viewer, person))


def content_of(viewer: "User | AnonymousUser", person: str) -> Q:
    """What people made: of private people only for those they accepted, and for themselves."""
    prefix = f"{person}__" if person else ""
    is_open = Q(**{f"{prefix}profile__is_private": False}) | followed(viewer, person)
    return _own(viewer, person) | (reachable(person) & not_blocked(viewer, person) & is_open)


def is_blocked_between(one: Any, other: Any) -> bool:
    """Either way. For services, inside the transaction of what they decide."""
    if one is None or other is None or one.pk is None or other.pk is None:
        return False
    either = Q(blocker_id=one.pk, blocked_id=other.pk) | Q(blocker_id=other.pk, blocked_id=one.pk)
    return Block.objects.filter(either).exists()


def is_following(follower: Any, followee_id: int) -> bool:
    if follower.pk is None:
        return False
    return Follow.objects.accepted().filter(follower_id=follower.pk, followee_id=followee_id).exists()


def is_open_to(person: "User", viewer: "User | AnonymousUser") -> bool:
    """Whether somebody the viewer may meet shows them more than name, photo and totals."""
    return not person.profile.is_private or person.pk == viewer.pk or is_following(viewer, person.pk)


def _column(person: str) -> str:
    return f"{person}_id" if person else "pk"


def _own(viewer: "User | AnonymousUser", person: str) -> Q:
    return Q(**{_column(person): viewer.pk}) if viewer.pk is not None else Q(pk__in=[])
