"""Many at once, with real threads and real transactions on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, connections

from accounts.models import User
from chat.models import Conversation, Member, Message
from chat.services.conversations import mark_read, open_conversation
from chat.services.messages import send_message
from chat.tests.factories import NOW, make_match, say
from fitfoodie.common.errors import DomainError
from social.services.block import block_person

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

    with ThreadPoolExecutor(max_workers=12) as pool:
        return list(pool.map(run, calls))


def sending(talk, sender, client_id=None):
    return partial(
        send_message, conversation_id=talk.pk, sender=sender, client_id=client_id or uuid4(), text="Hi", now=NOW
    )


def test_both_open_at_once_and_there_is_one(maya, leo):
    make_match(maya, leo)
    calls = [
        partial(open_conversation, person=one, other_id=other.pk, now=NOW) for one, other in ((maya, leo), (leo, maya))
    ]
    results = at_once(calls * 6)
    assert sum(is_new for _talk, is_new in results) == 1
    assert (Conversation.objects.count(), Member.objects.count()) == (1, 2)


def test_numbers_are_given_one_after_another(maya, leo, talk):
    at_once([sending(talk, person) for person in (maya, leo) for _ in range(25)])
    assert list(Message.objects.order_by("pk").values_list("seq", flat=True)) == list(range(1, 51))
    talk.refresh_from_db()
    assert (talk.last_seq, talk.revision) == (50, 50)


def test_a_message_sent_many_times_at_once_is_one(maya, talk):
    results = at_once([sending(talk, maya, uuid4())] * 10)
    assert sorted(is_new for _message, is_new in results) == [False] * 9 + [True]
    assert len({message.pk for message, _is_new in results}) == 1
    assert Message.objects.count() == 1


def test_pointers_of_many_devices_end_at_the_furthest(maya, leo, talk):
    for _ in range(20):
        say(talk, leo)
    at_once(
        [partial(mark_read, conversation_id=talk.pk, user=maya, seq=seq, now=NOW) for seq in (3, 20, 7, 15, 1, 19) * 4]
    )
    assert Member.objects.get(conversation=talk, user=maya).read_seq == 20


def test_after_a_block_nothing_more_is_stored(maya, leo, talk):
    results = at_once(
        [
            *[sending(talk, maya) for _ in range(10)],
            partial(block_person, blocker=leo, person_id=maya.pk, now=NOW),
            *[sending(talk, maya) for _ in range(10)],
        ]
    )
    delivered = [result for result in results if isinstance(result, tuple)]
    assert Message.objects.count() == len(delivered)
    with pytest.raises(DomainError):
        sending(talk, maya)()
