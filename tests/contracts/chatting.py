"""A conversation for the world that every described operation is carried out in."""

from typing import Any

from chat.services.conversations import open_conversation
from chat.tests.factories import say
from classes.tests.factories import NOW


def add_chat(world: Any) -> None:
    """Ada writes to Leo, her friend, and he answers. After `add_training`, whose people they are."""
    talk, _is_new = open_conversation(person=world.ada, other_id=world.leo.pk, now=NOW)
    asked = say(talk, world.ada, "Boxing on Tuesday?")
    for words in ("Tuesday is fine", "At noon?"):
        say(talk, world.leo, words)
    here = {"conversation_id": talk.public_id}
    world.paths |= {
        "conversations_mark_read": here,
        "messages_send": here,
        "messages_edit": {"message_id": asked.public_id},
    }
