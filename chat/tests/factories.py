"""People who may talk. `NOW` is that of the classes."""

from uuid import uuid4

from accounts.models import User
from chat.models import Conversation, Message
from chat.services.conversations import open_conversation
from chat.services.messages import send_message
from classes.tests.factories import NOW, make_user
from matching.models import Match
from social.models import Connection
from social.services.connection import accept_connection, request_connection

__all__ = ["NOW", "befriend", "make_match", "make_talk", "make_user", "say"]


def make_match(one: User, other: User) -> Match:
    low, high = sorted((one, other), key=lambda each: each.pk)
    return Match.objects.create(low=low, high=high, matched_at=NOW)


def befriend(one: User, other: User) -> Connection:
    request_connection(asker=one, person_id=other.pk, now=NOW)
    return accept_connection(person=other, asker_id=one.pk, now=NOW)


def make_talk(one: User, other: User) -> Conversation:
    """Of two people who match."""
    make_match(one, other)
    return open_conversation(person=one, other_id=other.pk, now=NOW)[0]


def say(talk: Conversation, sender: User, text: str = "Hello", *, at=NOW) -> Message:
    return send_message(conversation_id=talk.pk, sender=sender, client_id=uuid4(), text=text, now=at)[0]
