"""Many at once, with real threads and real transactions on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections

from accounts.models import User
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError
from social.models import Block, Connection, Follow
from social.services.block import block_person
from social.services.connection import TooManyRequestsError, request_connection
from social.services.follow import follow_person, unfollow_person
from social.services.privacy import change_privacy
from social.tests.graph import NOW, facts, make_private, totals

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def at_once(calls):
    """The results, or the refusals, of all calls carried out side by side."""

    def run(call):
        try:
            return call()
        except (DomainError, User.DoesNotExist) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=20) as pool:
        return list(pool.map(run, calls))


def ask(asker, person):
    return partial(request_connection, asker=asker, person_id=person.pk, now=NOW)


def follow(follower, person):
    return partial(follow_person, follower=follower, person_id=person.pk, now=NOW)


def test_requests_that_meet_are_one_friendship(ada, ben):
    results = at_once([ask(ada, ben), ask(ben, ada)] * 10)
    assert len(results) == 20
    assert [row.state for row in Connection.objects.all()] == ["accepted"]
    assert (totals(ada), totals(ben)) == ((0, 0, 1), (0, 0, 1))
    names = [name for name, _data in facts()]
    assert names == ["social.connection.requested", "social.connection.accepted"]


def test_a_hundred_follows_at_once_are_a_hundred(ada):
    people = UserFactory.create_batch(100)
    at_once([follow(person, ada) for person in people])
    assert (Follow.objects.count(), totals(ada)) == (100, (100, 0, 0))


def test_follows_in_a_circle_wait_for_nobody_forever(ada, ben, sam):
    pairs = [(ada, ben), (ben, sam), (sam, ada), (ben, ada), (sam, ben), (ada, sam)]
    at_once([follow(*pair) for pair in pairs] * 4)
    assert (Follow.objects.count(), totals(ada), totals(ben), totals(sam)) == (6, *[(2, 2, 0)] * 3)


def test_follow_and_unfollow_mixed_leave_the_totals_right(ada, ben):
    drop = partial(unfollow_person, follower=ada, person_id=ben.pk)
    at_once([follow(ada, ben), drop] * 15)
    assert totals(ben) == (Follow.objects.count(), 0, 0)


def test_no_follow_survives_a_block(ada, ben):
    block = partial(block_person, blocker=ben, person_id=ada.pk, now=NOW)
    at_once([follow(ada, ben), ask(ada, ben)] * 4 + [block] + [follow(ada, ben), follow(ben, ada)] * 4)
    assert (Block.objects.count(), Follow.objects.count(), Connection.objects.count()) == (1, 0, 0)
    assert (totals(ada), totals(ben)) == ((0, 0, 0), (0, 0, 0))


def test_limit_of_a_day_holds_for_requests_at_once(ada, settings):
    settings.FRIEND_REQUESTS_PER_DAY = 5
    results = at_once([ask(ada, person) for person in UserFactory.create_batch(20)])
    refused = [result for result in results if isinstance(result, TooManyRequestsError)]
    assert (Connection.objects.count(), len(refused)) == (5, 15)


def test_nobody_is_left_waiting_at_an_open_door(ada):
    make_private(ada)
    people = UserFactory.create_batch(20)
    calls = [follow(person, ada) for person in people]
    calls.insert(10, partial(change_privacy, person=ada, is_private=False, now=NOW))
    at_once(calls)
    assert (Follow.objects.accepted().count(), totals(ada)) == (20, (20, 0, 0))
