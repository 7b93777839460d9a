"""The messages of a conversation, in order, and single ones of them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from accounts.models import User
from chat.models import ChatSettings, Conversation, Message


def page_of_messages(
    conversation: Conversation, *, after_seq: int | None = None, before_seq: int | None = None, size: int
) -> tuple[Sequence[Message], bool]:
    """In order of `seq`, and whether there are more in the direction asked: after a number, before one, else the
    newest. Both ends are exclusive."""
    rows = Message.objects.filter(conversation=conversation).select_related("sender")
    if after_seq is not None:
        found = list(rows.filter(seq__gt=after_seq).order_by("seq")[: size + 1])
        return found[:size], len(found) > size
    if before_seq is not None:
        rows = rows.filter(seq__lt=before_seq)
    found = list(rows.order_by("-seq")[: size + 1])
    return found[:size][::-1], len(found) > size


def messages_of(person: User) -> QuerySet[Message]:
    """In conversations of the person; what was taken away stands there without words."""
    mine = Q(conversation__low=person) | Q(conversation__high=person)
    return Message.objects.filter(mine).select_related("conversation", "sender")


def messages_readable_by(person: User) -> QuerySet[Message]:
    """Those with words."""
    return messages_of(person).filter(deleted_at=None)


def shows_receipts(person: User) -> bool:
    return not ChatSettings.objects.filter(user=person, shows_receipts=False).exists()
