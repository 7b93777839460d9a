"""Followers, friends, and those who wait for an answer."""

from datetime import datetime, timedelta

from accounts.models import User
from fitfoodie.demo import world
from fitfoodie.demo.past import as_of
from social.models import Connection, Follow
from social.services.connection import accept_connection, request_connection
from social.services.follow import accept_follow, follow_person
from social.services.privacy import change_privacy

People = dict[str, User]


def make_community(people: People, *, now: datetime) -> None:
    for person in world.people():
        if person.get("is_private"):
            change_privacy(person=people[person["key"]], is_private=True, now=now)
    _make_follows(people, now)
    for pair in world.friends():
        _make_friends(people[pair["asker"]], people[pair["asked"]], now=now)
    for pair in world.asks():
        request = people[pair["asker"]], people[pair["asked"]]
        if not _is_known(*request):
            request_connection(asker=request[0], person_id=request[1].pk, now=now)


def _make_follows(people: People, now: datetime) -> None:
    pairs = [(people[row["who"]], people[name]) for row in world.follows() for name in row["follows"]]
    pairs += [(people[row["who"]], people[row["by"]]) for row in world.let_in()]
    known = set(Follow.objects.values_list("follower_id", "followee_id"))
    for number, (follower, followee) in enumerate(pairs):
        if (follower.pk, followee.pk) not in known:
            with as_of(now - timedelta(days=40, hours=-number)):
                follow_person(follower=follower, person_id=followee.pk, now=now - timedelta(days=40, hours=-number))
    for row in world.let_in():
        accept_follow(person=people[row["by"]], follower_id=people[row["who"]].pk, now=now - timedelta(days=30))


def _make_friends(asker: User, asked: User, *, now: datetime) -> None:
    if _is_known(asker, asked):
        return
    at = now - timedelta(days=25)
    with as_of(at):
        request_connection(asker=asker, person_id=asked.pk, now=at)
        accept_connection(person=asked, asker_id=asker.pk, now=at + timedelta(hours=2))


def _is_known(one: User, other: User) -> bool:
    low, high = sorted((one.pk, other.pk))
    return Connection.objects.filter(low_id=low, high_id=high).exists()
