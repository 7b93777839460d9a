"""What the download of one's own data holds of conversations: one's own words, never those of others (GDP-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart
from accounts.models import User
from chat.models import Member, Message
from chat.selectors.people import PEOPLE, other_of
from chat.selectors.thread import shows_receipts
from social.policy import there_for

Row = dict[str, Any]


def documents_of(user: User) -> list[Document]:
    return [
        _document("chats", _("Conversations"), _conversations(user)),
        _document("messages", _("Messages I sent"), _messages(user)),
        _document("chat-settings", _("Chat settings"), [{_("Read receipts"): shows_receipts(user)}]),
    ]


def _conversations(user: User) -> list[Row]:
    related = [f"conversation__{side}" for side in PEOPLE]
    names = _names(user)
    return [
        {
            _("With"): names.get(other_of(each.conversation, user).pk, ""),
            _("Since"): each.conversation.opened_at,
            _("Read up to message"): each.read_seq,
            _("Read"): each.read_at,
        }
        for each in Member.objects.filter(user=user).select_related(*related).order_by("pk")
    ]


def _messages(user: User) -> list[Row]:
    names = _names(user)
    sent = Message.objects.filter(sender=user).select_related("conversation__low", "conversation__high").order_by("pk")
    return [
        {
            _("To"): names.get(other_of(each.conversation, user).pk, ""),
            _("Text"): each.text,
            _("When"): each.sent_at,
            _("Changed"): each.edited_at,
            _("Taken back"): each.deleted_at,
        }
        for each in sent
    ]


def _names(user: User) -> dict[int, str]:
    """Of the people whom the person may still meet."""
    talked = Member.objects.filter(conversation__members__user=user).values("user_id")
    return dict(User.objects.filter(there_for(user), pk__in=talked).values_list("pk", "name"))


def _document(name: str, title: str, rows: list[Row]) -> Document:
    return Document(name, title, rows, rows)


PART = ExportPart("chat", documents_of, lambda _user: ())
