"""Who may do what in a conversation. Predicates only: the policy says how two people stand, services ask these."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from accounts.rules import is_verified_email

if TYPE_CHECKING:
    from accounts.models import User
    from chat.models import Message

MESSAGES_PER_MINUTE = 60
EDITABLE_FOR = timedelta(hours=24)


def may_write(person: "User") -> bool:
    """To anybody at all: with a confirmed address (F2)."""
    return person.is_active and person.deletion_requested_at is None and is_verified_email(person)


def is_sender(person: Any, message: "Message") -> bool:
    return bool(message.sender_id == person.pk)


def is_still_editable(message: "Message", now: datetime) -> bool:
    """By the clock of the server (CHT-9, CHT-15)."""
    return message.deleted_at is None and now < message.sent_at + EDITABLE_FOR


def may_remove_messages(actor: Any) -> bool:
    return bool(actor.is_active and actor.has_perm("chat.change_message"))


def may_read_evidence(actor: Any) -> bool:
    return bool(actor.is_active and actor.has_perm("chat.view_message"))
