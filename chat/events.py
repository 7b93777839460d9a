"""What happens in conversations. Never public, and never with the words: who may read them is asked anew each time."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("chat.conversation.opened", label=_("Conversation opened"))
class ConversationOpened:
    conversation_id: int
    low_id: int
    high_id: int


@event("chat.message.sent", label=_("Message sent"))
class MessageSent:
    conversation_id: int
    message_id: int
    seq: int
    sender_id: int


@event("chat.message.edited", label=_("Message changed"))
class MessageEdited:
    conversation_id: int
    message_id: int
    seq: int


@event("chat.message.deleted", label=_("Message taken away"), personal=("reason",))
class MessageDeleted:
    conversation_id: int
    message_id: int
    seq: int
    # sender, staff
    by: str
    reason: str = ""


@event("chat.evidence.read", label=_("Reported messages read"), personal=("reason",))
class EvidenceRead:
    message_id: int
    reason: str
