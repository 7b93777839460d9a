"""What friends write to each other."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from chat.models import Conversation, Message
from chat.services.conversations import mark_read, open_conversation
from chat.services.messages import send_message
from fitfoodie.demo import world
from fitfoodie.demo.past import as_of

People = Mapping[str, User]


def make_chats(people: People, *, now: datetime) -> None:
    for row in world.chats():
        one, other = (people[name] for name in row["people"])
        low, high = sorted((one.pk, other.pk))
        if not Conversation.objects.filter(low_id=low, high_id=high).exists():
            _make_chat(row, one, other, people, now=now)


def _make_chat(row: Mapping[str, Any], one: User, other: User, people: People, *, now: datetime) -> None:
    began = now - timedelta(minutes=row["lines"][0]["ago"] + 5)
    with as_of(began):
        talk, _is_new = open_conversation(person=one, other_id=other.pk, now=began)
    for number, line in enumerate(row["lines"]):
        at = now - timedelta(minutes=line["ago"])
        with as_of(at):
            _say(talk, people[line["by"]], line["text"], number, at)
    for name in row["people"]:
        left = row.get("unread", 0) if name == row.get("unread_by") else 0
        mark_read(conversation_id=talk.pk, user=people[name], seq=len(row["lines"]) - left, now=now)


def _say(talk: Conversation, sender: User, text: str, number: int, at: datetime) -> Message:
    key = uuid5(NAMESPACE_URL, f"{talk.pk}/{number}")
    return send_message(conversation_id=talk.pk, sender=sender, client_id=key, text=text, now=at)[0]
