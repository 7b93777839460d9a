"""Conversations and messages in the words of the API and of the socket."""

from typing import Any

from rest_framework import serializers

from chat.enums import Deletion, Standing
from chat.models import Message
from chat.selectors.inbox import Row
from chat.validators import MAX_MESSAGE
from fitfoodie.common.api.serializers import StrictSerializer

Json = dict[str, Any]


def message(row: Message) -> Json:
    """The same for both readers, read with `sender`."""
    return {
        "id": row.public_id,
        "seq": row.seq,
        "client_id": str(row.client_id),
        "sender": "" if row.sender.deletion_requested_at else row.sender.handle,
        "text": row.text,
        "sent_at": row.sent_at,
        "edited_at": row.edited_at,
        "deleted_at": row.deleted_at,
        "deleted_by": row.deleted_by,
    }


def conversation(row: Row) -> Json:
    return {
        "id": row.conversation.public_id,
        "user": {
            "handle": row.other.handle,
            "name": row.other.name,
            "avatar": row.other.avatar or None,
            "verified": row.other.verified,
        },
        "standing": row.standing.value,
        "opened_at": row.conversation.opened_at,
        "last_seq": row.conversation.last_seq,
        "last_message": message(row.last) if row.last else None,
        "unread": row.unread,
        "read_seq": row.read_seq,
        "seen_seq": row.seen_seq,
    }


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    seq = serializers.IntegerField(min_value=1, help_text="Its place in the conversation: 1, 2, 3, never reused.")
    client_id = serializers.UUIDField()
    sender = serializers.CharField(allow_blank=True, help_text="Handle; empty once the account is deleted.")
    text = serializers.CharField(allow_blank=True, help_text="Safe Markdown; empty once it was taken away.")
    sent_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    deleted_by = serializers.ChoiceField(choices=Deletion.choices, allow_blank=True)


class OtherSerializer(serializers.Serializer[Any]):
    """Whoever is away keeps their name alone."""

    handle = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    avatar = serializers.CharField(allow_null=True)
    verified = serializers.BooleanField()


class ConversationSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    user = OtherSerializer()
    standing = serializers.ChoiceField(choices=Standing.choices, help_text="Only `open` takes new messages.")
    opened_at = serializers.DateTimeField()
    last_seq = serializers.IntegerField(min_value=0)
    last_message = MessageSerializer(allow_null=True)
    unread = serializers.IntegerField(min_value=0)
    read_seq = serializers.IntegerField(min_value=0, help_text="Up to where I have read, on whichever device.")
    seen_seq = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="Up to where they have read; null unless both show receipts."
    )


class OpenSerializer(StrictSerializer):
    handle = serializers.CharField(max_length=30)


class SendSerializer(StrictSerializer):
    client_id = serializers.UUIDField(help_text="Drawn by the sender; sent again it is the same message.")
    text = serializers.CharField(max_length=MAX_MESSAGE)


class EditSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_MESSAGE)


class ReadInputSerializer(StrictSerializer):
    seq = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class PointerSerializer(serializers.Serializer[Any]):
    read_seq = serializers.IntegerField(min_value=0)
    unread = serializers.IntegerField(min_value=0)


class ChatSettingsSerializer(StrictSerializer):
    shows_receipts = serializers.BooleanField(help_text="Off: neither shown to others nor of others to me.")
