from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from chat.models import Message
from chat.services.messages import delete_message
from chat.tests.factories import NOW, say
from social.services.block import block_person

KEY = "5f0c6e0e-6d1c-4f0e-9f53-2f7f6b1e9a11"


def of(talk):
    return f"/api/v1/conversations/{talk.public_id}/messages"


def single(message):
    return f"/api/v1/messages/{message.public_id}"


def test_message_is_sent_once(signed_in, maya, talk):
    client = signed_in(maya)
    first = client.post(of(talk), {"client_id": KEY, "text": "Boxing?"})
    again = client.post(of(talk), {"client_id": KEY, "text": "Boxing?"})
    assert (first.status_code, again.status_code) == (201, 200)
    message = Message.objects.get()
    assert first.json() == again.json()
    assert first.json() == {
        "id": message.public_id,
        "seq": 1,
        "client_id": KEY,
        "sender": "maya",
        "text": "Boxing?",
        "sent_at": first.json()["sent_at"],
        "edited_at": None,
        "deleted_at": None,
        "deleted_by": "",
    }


def test_refusal_does_not_say_why(signed_in, maya, leo, talk):
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    answer = signed_in(maya).post(of(talk), {"client_id": KEY, "text": "Hello"})
    assert (answer.status_code, answer.json()["code"]) == (403, "undeliverable")
    assert answer.json()["detail"] == "This message can’t be delivered."
    assert signed_in(maya).get(of(talk)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x"},
        {"client_id": "1", "text": "x"},
        {"client_id": KEY},
        {"client_id": KEY, "text": " "},
        {"client_id": KEY, "text": "x" * 4001},
        {"client_id": KEY, "text": "x", "seq": 7},
    ],
)
def test_odd_messages_are_refused(signed_in, maya, talk, body):
    assert signed_in(maya).post(of(talk), body).status_code == 400
    assert not Message.objects.exists()


def seqs(answer):
    return [message["seq"] for message in answer["results"]]


def test_history_is_read_both_ways(signed_in, maya, leo, talk):
    for _ in range(7):
        say(talk, leo)
    client = signed_in(maya)
    newest = client.get(f"{of(talk)}?page_size=3").json()
    assert (seqs(newest), newest["next"]) == ([5, 6, 7], None)
    earlier = client.get(newest["previous"]).json()
    assert seqs(earlier) == [2, 3, 4]
    first = client.get(earlier["previous"]).json()
    assert (seqs(first), first["previous"]) == ([1], None)
    assert seqs(client.get(first["next"]).json()) == [2, 3, 4]
    after = client.get(f"{of(talk)}?after_seq=5&page_size=3").json()
    assert (seqs(after), after["next"]) == ([6, 7], None)
    assert seqs(client.get(after["previous"]).json()) == [3, 4, 5]
    nothing = client.get(f"{of(talk)}?after_seq=7").json()
    assert nothing == {"results": [], "next": None, "previous": None}
    start = client.get(f"{of(talk)}?after_seq=0&page_size=3").json()
    assert (seqs(start), start["previous"]) == ([1, 2, 3], None)
    assert seqs(client.get(start["next"]).json()) == [4, 5, 6]


@pytest.mark.parametrize(
    "asked", ["after_seq=x", "before_seq=-1", f"after_seq={2**63}", "after_seq=1&before_seq=3", "page_size=0", "page=2"]
)
def test_odd_addresses_are_refused(signed_in, maya, talk, asked):
    assert signed_in(maya).get(f"{of(talk)}?{asked}").status_code == 400


def test_list_asks_as_often_for_three_as_for_one(signed_in, maya, leo, talk):
    client = signed_in(maya)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(of(talk)).status_code == 200
        return len(asked)

    say(talk, leo)
    queries()
    one = queries()
    say(talk, leo)
    say(talk, maya)
    assert queries() == one


def test_what_was_taken_back_keeps_its_place(signed_in, maya, leo, talk):
    gone = say(talk, leo, "Oops")
    say(talk, leo, "Here")
    delete_message(message_id=gone.pk, sender=leo, now=NOW)
    found = signed_in(maya).get(of(talk)).json()["results"]
    assert [(each["seq"], each["text"], each["deleted_by"]) for each in found] == [(1, "", "sender"), (2, "Here", "")]


def test_message_is_changed_and_taken_back(signed_in, maya, talk):
    message = say(talk, maya, "Tuesday?", at=timezone.now())
    client = signed_in(maya)
    changed = client.patch(single(message), {"text": "Thursday?"})
    assert (changed.status_code, changed.json()["text"]) == (200, "Thursday?")
    assert changed.json()["edited_at"] is not None
    assert [client.delete(single(message)).status_code for _again in range(2)] == [204, 204]
    assert client.patch(single(message), {"text": "Back"}).status_code == 404


def test_message_is_not_changed_after_a_day(signed_in, maya, talk):
    message = say(talk, maya, at=timezone.now() - timedelta(hours=24))
    answer = signed_in(maya).patch(single(message), {"text": "Late"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")
    assert signed_in(maya).patch(single(message), {}).status_code == 400


def test_other_side_may_not_and_strangers_find_nothing(signed_in, maya, leo, eve, talk):
    message = say(talk, maya, at=timezone.now())
    assert signed_in(leo).patch(single(message), {"text": "x"}).status_code == 403
    assert signed_in(leo).delete(single(message)).status_code == 403
    stranger = signed_in(eve)
    assert stranger.patch(single(message), {"text": "x"}).status_code == 404
    assert stranger.delete(single(message)).status_code == 404
    assert stranger.get(of(talk)).status_code == 404
    assert stranger.post(of(talk), {"client_id": str(uuid4()), "text": "x"}).status_code == 404


def test_visitors_are_asked_to_sign_in(maya, talk):
    message, client = say(talk, maya), APIClient()
    assert client.get(of(talk)).status_code == 401
    assert client.post(of(talk), {"client_id": KEY, "text": "x"}).status_code == 401
    assert client.patch(single(message), {"text": "x"}).status_code == 401
    assert client.delete(single(message)).status_code == 401
