import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from chat.services.conversations import mark_read
from chat.services.messages import delete_message
from chat.tests.factories import NOW, make_match, make_talk, make_user, say
from social.services.block import block_person

LIST, SETTINGS = "/api/v1/conversations", "/api/v1/me/chat-settings"


def one(talk):
    return f"{LIST}/{talk.public_id}"


def test_conversation_is_opened_once(signed_in, maya, leo):
    make_match(maya, leo)
    first = signed_in(maya).post(LIST, {"handle": "leo"})
    again = signed_in(leo).post(LIST, {"handle": "Maya"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == {
        "id": again.json()["id"],
        "user": {"handle": "leo", "name": "Leo", "avatar": None, "verified": False},
        "standing": "open",
        "opened_at": first.json()["opened_at"],
        "last_seq": 0,
        "last_message": None,
        "unread": 0,
        "read_seq": 0,
        "seen_seq": 0,
    }


def test_who_is_not_close_is_refused_and_who_is_not_there_not_found(signed_in, maya, leo, eve):
    refused = signed_in(maya).post(LIST, {"handle": "eve"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_close")
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    assert signed_in(maya).post(LIST, {"handle": "leo"}).status_code == 404
    assert signed_in(maya).post(LIST, {"handle": "nobody"}).status_code == 404


@pytest.mark.parametrize("body", [{}, {"handle": ""}, {"handle": "leo", "text": "x"}])
def test_odd_bodies_are_refused(signed_in, maya, body):
    assert signed_in(maya).post(LIST, body).status_code == 400


def test_list_has_the_newest_first_and_what_waits(signed_in, maya, leo, talk):
    noor = make_user("noor")
    other = make_talk(maya, noor)
    make_talk(maya, make_user("silent"))
    say(talk, leo, "First")
    say(talk, leo, "Second")
    say(other, noor, "Newest", at=NOW.replace(hour=7))
    mark_read(conversation_id=talk.pk, user=maya, seq=1, now=NOW)
    listed = signed_in(maya).get(LIST).json()["results"]
    assert [(row["user"]["handle"], row["last_message"]["text"], row["unread"]) for row in listed] == [
        ("noor", "Newest", 1),
        ("leo", "Second", 1),
    ]
    assert signed_in(maya).get(one(talk)).json() == listed[1]


def test_list_comes_in_pages(signed_in, maya):
    for hour in (7, 8, 9):
        other = make_user(f"p{hour}")
        say(make_talk(maya, other), other, at=NOW.replace(hour=hour))
    client = signed_in(maya)
    first = client.get(f"{LIST}?page_size=2").json()
    second = client.get(first["next"]).json()
    assert [row["user"]["handle"] for row in first["results"] + second["results"]] == ["p9", "p8", "p7"]
    assert second["next"] is None


def test_list_asks_as_often_for_three_as_for_one(signed_in, maya):
    client = signed_in(maya)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    for number in range(3):
        other = make_user(f"p{number}")
        say(make_talk(maya, other), other)
        if number == 0:
            queries()
            one_row = queries()
    assert queries() == one_row


def test_who_is_away_keeps_their_name_alone(signed_in, maya, leo, talk):
    say(talk, leo, "History")
    client = signed_in(maya)
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    shown = client.get(one(talk)).json()
    assert (shown["user"], shown["standing"], shown["seen_seq"]) == (
        {"handle": "", "name": "Leo", "avatar": None, "verified": False},
        "closed",
        None,
    )
    User.objects.filter(pk=leo.pk).update(is_active=False)
    assert client.get(one(talk)).json()["standing"] == "unavailable"
    User.objects.filter(pk=leo.pk).update(deletion_requested_at=NOW)
    shown = client.get(one(talk)).json()
    assert (shown["user"]["name"], shown["standing"]) == ("Deleted user", "deleted")
    assert shown["last_message"]["sender"] == ""


def test_last_message_that_was_taken_back_says_nothing(signed_in, maya, leo, talk):
    message = say(talk, leo, "Secret")
    delete_message(message_id=message.pk, sender=leo, now=NOW)
    last = signed_in(maya).get(one(talk)).json()["last_message"]
    assert (last["text"], last["deleted_by"]) == ("", "sender")


def test_reading_moves_the_pointer_forward(signed_in, maya, leo, talk):
    for _ in range(3):
        say(talk, leo)
    client = signed_in(maya)
    assert client.put(f"{one(talk)}/read", {"seq": 2}).json() == {"read_seq": 2, "unread": 1}
    assert client.put(f"{one(talk)}/read", {"seq": 1}).json() == {"read_seq": 2, "unread": 1}
    assert client.put(f"{one(talk)}/read", {"seq": 2**63 - 1}).json() == {"read_seq": 3, "unread": 0}
    assert signed_in(leo).get(one(talk)).json()["seen_seq"] == 3


@pytest.mark.parametrize("body", [{}, {"seq": -1}, {"seq": "x"}, {"seq": 2**63}, {"seq": 1, "at": 2}])
def test_odd_pointers_are_refused(signed_in, maya, talk, body):
    assert signed_in(maya).put(f"{one(talk)}/read", body).status_code == 400


def test_receipts_are_switched_off_and_on(signed_in, maya, talk):
    client = signed_in(maya)
    assert client.get(SETTINGS).json() == {"shows_receipts": True}
    assert client.patch(SETTINGS, {"shows_receipts": False}).json() == {"shows_receipts": False}
    assert client.get(SETTINGS).json() == {"shows_receipts": False}
    assert client.get(one(talk)).json()["seen_seq"] is None
    assert client.patch(SETTINGS, {}).status_code == 400


def test_strangers_find_nothing(signed_in, eve, talk):
    client = signed_in(eve)
    assert client.get(one(talk)).status_code == 404
    assert client.put(f"{one(talk)}/read", {"seq": 1}).status_code == 404
    assert client.get(LIST).json()["results"] == []


def test_visitors_are_asked_to_sign_in(talk):
    client = APIClient()
    assert [client.get(address).status_code for address in (LIST, one(talk), SETTINGS)] == [401] * 3
    assert client.post(LIST, {"handle": "leo"}).status_code == 401
    assert client.put(f"{one(talk)}/read", {"seq": 1}).status_code == 401
    assert client.patch(SETTINGS, {"shows_receipts": True}).status_code == 401
