"""How two people stand to each other, and lists of people. Every list asks the policy for its viewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.selectors import find_person
from social.enums import ConnectionState, FollowState
from social.models import Block, Connection, Follow, SocialStats
from social.models.graph import ConnectionQuerySet, FollowQuerySet
from social.policy import is_open_to, there_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

NONE, REQUESTED, FOLLOWING = "none", "requested", "following"
ASKED, FRIENDS = "asked", "friends"


@dataclass(frozen=True)
class Relation:
    """From the viewer to a person. `follow`: none, requested, following. `connection`: none, requested (by the
    viewer), asked (by the person), friends."""

    follow: str = NONE
    follows_me: bool = False
    connection: str = NONE
    is_blocked: bool = False


@dataclass(frozen=True)
class Totals:
    followers: int = 0
    following: int = 0
    friends: int = 0


def totals_of(person: User) -> Totals:
    """One row, whatever its numbers; people of whom nothing is written yet have none."""
    row = SocialStats.objects.filter(pk=person.pk).first()
    return Totals(row.follower_count, row.following_count, row.friend_count) if row else Totals()


def relation(viewer: "User | AnonymousUser", person: User) -> Relation:
    """Two queries; three when the viewer blocked the person, which nobody else is told."""
    if viewer.pk is None or viewer.pk == person.pk:
        return Relation()
    mine, theirs = _follows(viewer.pk, person.pk)
    return Relation(
        follow=_FOLLOW_WORDS.get(mine, NONE),
        follows_me=theirs == FollowState.ACCEPTED,
        connection=_connection(viewer.pk, person.pk),
        is_blocked=Block.objects.filter(blocker_id=viewer.pk, blocked=person).exists(),
    )


_FOLLOW_WORDS = {FollowState.REQUESTED.value: REQUESTED, FollowState.ACCEPTED.value: FOLLOWING}


def _follows(viewer_id: int, person_id: int) -> tuple[str, str]:
    """States of the two directions; empty where there is nothing."""
    either = Q(follower_id=viewer_id, followee_id=person_id) | Q(follower_id=person_id, followee_id=viewer_id)
    states = dict(Follow.objects.filter(either).values_list("follower_id", "state"))
    return states.get(viewer_id, ""), states.get(person_id, "")


def _connection(viewer_id: int, person_id: int) -> str:
    low_id, high_id = sorted((viewer_id, person_id))
    row = Connection.objects.filter(low_id=low_id, high_id=high_id).first()
    if row is None:
        return NONE
    if row.state == ConnectionState.ACCEPTED:
        return FRIENDS
    return REQUESTED if row.requested_by_id == viewer_id else ASKED


def followers_of(person: User, viewer: "User | AnonymousUser") -> FollowQuerySet:
    """Whom the viewer may meet of those who follow. Raises Http404 on a private profile the viewer is not let into."""
    _need_open(person, viewer)
    return Follow.objects.accepted().filter(there_for(viewer, "follower"), followee=person)


def followees_of(person: User, viewer: "User | AnonymousUser") -> FollowQuerySet:
    """As `followers_of`, the other way."""
    _need_open(person, viewer)
    return Follow.objects.accepted().filter(there_for(viewer, "followee"), follower=person)


def requests_to_follow(person: User) -> FollowQuerySet:
    return Follow.objects.requested().filter(there_for(person, "follower"), followee=person)


def connections_of(person: User, *, kind: str = FRIENDS) -> ConnectionQuerySet:
    """`kind`: friends, received or sent. Only with people who are there."""
    rows = Connection.objects.of(person.pk).filter(there_for(person, "low"), there_for(person, "high"))
    if kind == FRIENDS:
        return rows.accepted()
    waiting = rows.filter(state=ConnectionState.REQUESTED)
    return waiting.filter(requested_by=person) if kind == "sent" else waiting.exclude(requested_by=person)


def requests_waiting(person: User, *, at_most: int = 100) -> int:
    """How many wait for an answer; never counts further than it is asked to."""
    asked = requests_to_follow(person)[:at_most].count()
    return asked + connections_of(person, kind="received")[:at_most].count()


def blocked_by(person: User) -> "QuerySet[Block]":
    """Whom they blocked; the one list that shows blocked people, to the one who can undo it."""
    return Block.objects.filter(blocker=person)


def known_mutuals(viewer: User, ids: list[int], *, named: int = 1) -> dict[int, tuple[list[str], int]]:
    """For each of the people: names of some whom the viewer follows and who follow them, and how many more.

    One query, for a page of people.
    """
    followed = Follow.objects.accepted().filter(follower=viewer).values("followee_id")
    rows = Follow.objects.accepted().filter(
        there_for(viewer, "follower"), followee_id__in=ids, follower_id__in=followed
    )
    found: dict[int, list[str]] = {}
    for followee_id, name in rows.order_by("id").values_list("followee_id", "follower__name"):
        found.setdefault(followee_id, []).append(name)
    return {pk: (names[:named], len(names[named:])) for pk, names in found.items()}


def follow_words(viewer: User, ids: list[int]) -> dict[int, str]:
    """How the viewer follows each of these people; who is not in it is not followed."""
    rows = Follow.objects.filter(follower=viewer, followee_id__in=ids).values_list("followee_id", "state")
    return {pk: _FOLLOW_WORDS[state] for pk, state in rows}


def connected_ids(person: User) -> "QuerySet[Any, Any]":
    """Ids of the other side of every friendship and request."""
    low = Connection.objects.filter(low=person).values_list("high_id", flat=True)
    return low.union(Connection.objects.filter(high=person).values_list("low_id", flat=True))


def person_to_drop(handle: str, *, viewer: User, tied: "QuerySet[Any, Any]") -> User:
    """For undoing: also somebody suspended or leaving, when `tied` (ids of people) holds them.

    Raises Http404 for all others who are not there.
    """
    person = User.objects.filter(handle=handle.lower(), pk__in=tied).first()
    return person or find_person(handle, viewer=viewer)


def _need_open(person: User, viewer: "User | AnonymousUser") -> None:
    if not is_open_to(person, viewer):
        raise Http404
