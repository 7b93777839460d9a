from chat.models.conversation import ChatSettings, Conversation, Member
from chat.models.evidence import Evidence
from chat.models.message import Message, MessageVersion

__all__ = ["ChatSettings", "Conversation", "Evidence", "Member", "Message", "MessageVersion"]
