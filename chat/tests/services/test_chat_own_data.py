"""The download: one's own words and whom they went to, never the words of others (GDP-1)."""

from chat.services.conversations import mark_read
from chat.services.own_data import PART
from chat.tests.factories import NOW, make_talk, make_user, say
from social.services.block import block_person


def data_of(person):
    return {document.name: document.data for document in PART.documents(person)}


def test_download_holds_my_messages_alone(maya, leo, talk):
    say(talk, maya, "Mine")
    say(talk, leo, "Theirs")
    mark_read(conversation_id=talk.pk, user=maya, seq=2, now=NOW)
    assert data_of(maya) == {
        "chats": [{"With": "Leo", "Since": NOW, "Read up to message": 2, "Read": NOW}],
        "messages": [{"To": "Leo", "Text": "Mine", "When": NOW, "Changed": None, "Taken back": None}],
        "chat-settings": [{"Read receipts": True}],
    }
    assert list(PART.media(maya)) == []


def test_download_names_nobody_who_is_blocked(maya, leo, talk):
    say(talk, maya, "Mine")
    make_talk(maya, make_user("noor"))
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    assert [row["With"] for row in data_of(maya)["chats"]] == ["", "Noor"]
    assert [row["To"] for row in data_of(maya)["messages"]] == [""]
