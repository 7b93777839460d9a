"""Sending, changing and taking back. Every verb locks the conversation first, so that numbers are given one after
another and what two devices do at once happens in one order on all (CHT-2, CHT-14)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from chat import rules
from chat.enums import Deletion, Standing
from chat.errors import TooLateError, TooManyMessagesError, UndeliverableError
from chat.events import MessageDeleted, MessageEdited, MessageSent
from chat.models import Conversation, Evidence, Message, MessageVersion
from chat.policy import standings_of
from chat.selectors.people import other_of
from chat.services.conversations import need_writing
from chat.validators import clean_reason, clean_text
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.events.services import record


@transaction.atomic
def send_message(
    *, conversation_id: int, sender: User, client_id: UUID, text: str, now: datetime
) -> tuple[Message, bool]:
    """The message and whether it is new: the same `client_id` of the same sender is the same message (CHT-1).

    Stored when this returns and its transaction commits. Locks the conversation. Raises Conversation.DoesNotExist for
    one of others, UndeliverableError, NotAllowedError before one's address is confirmed, TooManyMessagesError,
    DomainError on a bad text.
    """
    conversation = _locked(conversation_id, sender)
    present = Message.objects.filter(conversation=conversation, sender=sender, client_id=client_id).first()
    if present is not None:
        return present, False
    need_writing(sender)
    _need_open(conversation, sender)
    words = clean_text(text)
    _need_patience(sender, now)
    conversation.last_seq += 1
    conversation.last_message_at = now
    _changed(conversation, "last_seq", "last_message_at")
    message = Message.objects.create(
        conversation=conversation,
        sender=sender,
        seq=conversation.last_seq,
        client_id=client_id,
        text=words,
        sent_at=now,
    )
    record(MessageSent(**_named(message), sender_id=sender.pk), actor=sender, subject=message)
    return message, True


@transaction.atomic
def edit_message(*, message_id: int, sender: User, text: str, now: datetime) -> Message:
    """Within a day, marked as changed; what it said before is kept for moderators (CHT-9). Locks the conversation.

    Raises Message.DoesNotExist for what the person cannot read, NotAllowedError for another's, TooLateError,
    UndeliverableError, DomainError on a bad text.
    """
    message = _locked_message(message_id, sender)
    _need_own(message, sender)
    if not rules.is_still_editable(message, now):
        raise TooLateError(_("A message can be changed for a day after it was sent, and not once it is deleted."))
    _need_open(message.conversation, sender)
    words = clean_text(text)
    if words == message.text:
        return message
    MessageVersion.objects.create(message=message, text=message.text, replaced_at=now)
    message.text, message.edited_at = words, now
    message.save(update_fields=["text", "edited_at"])
    _changed(message.conversation)
    record(MessageEdited(**_named(message)), actor=sender, subject=message)
    return message


@transaction.atomic
def delete_message(*, message_id: int, sender: User, now: datetime) -> bool:
    """Take one's own words back, for both and for good; their place stays. Whether there were any.

    Always possible, also when nothing new can be said. Locks the conversation. Raises Message.DoesNotExist for what the
    person cannot read, NotAllowedError for another's.
    """
    message = _locked_message(message_id, sender)
    _need_own(message, sender)
    if message.is_deleted:
        return False
    _take_away(message, by=Deletion.SENDER, now=now)
    record(MessageDeleted(**_named(message), by=Deletion.SENDER.value), actor=sender, subject=message)
    return True


@transaction.atomic
def remove_message(*, message_id: int, actor: User, reason: str, now: datetime) -> bool:
    """By staff, with a reason. Whether there was anything. Locks the conversation.

    Raises Message.DoesNotExist, NotAllowedError, DomainError without a reason.
    """
    if not rules.may_remove_messages(actor):
        raise NotAllowedError(_("You cannot remove messages of others."))
    because = clean_reason(reason)
    message = _locked_message(message_id, None)
    if message.is_deleted:
        return False
    _take_away(message, by=Deletion.STAFF, now=now)
    fact = MessageDeleted(**_named(message), by=Deletion.STAFF.value, reason=because)
    record(fact, actor=actor, subject=message)
    return True


def _locked(conversation_id: int, person: User | None) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("low", "high")
    mine = Q(low=person) | Q(high=person) if person is not None else Q()
    return rows.get(mine, pk=conversation_id)


def _locked_message(message_id: int, person: User | None) -> Message:
    """With its conversation, both as they are under the lock; in one of `person`, if one is named."""
    conversation_id = Message.objects.values_list("conversation_id", flat=True).get(pk=message_id)
    try:
        conversation = _locked(conversation_id, person)
    except Conversation.DoesNotExist:
        raise Message.DoesNotExist(message_id) from None
    message = Message.objects.get(pk=message_id)
    message.conversation = conversation
    return message


def _need_own(message: Message, sender: User) -> None:
    if not rules.is_sender(sender, message):
        raise NotAllowedError(_("Only who sent a message can change it or take it back."))


def _need_open(conversation: Conversation, sender: User) -> None:
    other = other_of(conversation, sender)
    if standings_of(sender, [other])[other.pk] != Standing.OPEN:
        raise UndeliverableError(_("This message can’t be delivered."))


def _need_patience(sender: User, now: datetime) -> None:
    recent = Message.objects.filter(sender=sender, sent_at__gt=now - timedelta(minutes=1)).count()
    if recent >= rules.MESSAGES_PER_MINUTE:
        raise TooManyMessagesError(_("That was a lot at once. Wait a minute, then go on."))


def _take_away(message: Message, *, by: Deletion, now: datetime) -> None:
    """The words go, and what they were before; of a reported message both are kept for moderators."""
    if Evidence.objects.filter(message=message).exists():
        MessageVersion.objects.create(message=message, text=message.text, replaced_at=now)
    else:
        message.versions.all().delete()
    message.text, message.deleted_at, message.deleted_by = "", now, by
    message.save(update_fields=["text", "deleted_at", "deleted_by"])
    _changed(message.conversation)


def _changed(conversation: Conversation, *columns: str) -> None:
    conversation.revision += 1
    conversation.save(update_fields=["revision", *columns])


def _named(message: Message) -> dict[str, Any]:
    return {"conversation_id": message.conversation_id, "message_id": message.pk, "seq": message.seq}
