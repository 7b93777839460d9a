"""Conversations as one of the two sees them: with whom, how it stands, what was said last, what waits to be read. A
fixed number of queries, for one as for a page of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from chat.enums import Standing
from chat.models import ChatSettings, Conversation, Member, Message
from chat.policy import standings_of
from chat.selectors.people import PEOPLE, Shown, other_of, shown, there_among

# The badge says "99+" beyond.
MOST_COUNTED = 100


@dataclass(frozen=True)
class Row:
    """`read_seq` is up to where the viewer has read; `seen_seq` the same of the other, None where receipts are not
    shown. `state` changes whenever anything of what is shown does."""

    conversation: Conversation
    other: Shown
    standing: Standing
    last: Message | None
    is_own: bool
    unread: int
    read_seq: int
    seen_seq: int | None

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @property
    def state(self) -> str:
        seen = "" if self.seen_seq is None else self.seen_seq
        return f"{self.conversation.revision}.{seen}.{self.standing}"


def conversations_of(person: User) -> QuerySet[Conversation]:
    """Those in which something was said; an empty one waits for its first words unseen."""
    mine = Q(low=person) | Q(high=person)
    return Conversation.objects.filter(mine, last_seq__gt=0).select_related(*PEOPLE)


def conversation_of(person: User, public_id: str) -> Conversation:
    """An empty one too. Raises Conversation.DoesNotExist for one of others (SEC-9)."""
    mine = Q(low=person) | Q(high=person)
    return Conversation.objects.select_related(*PEOPLE).get(mine, public_id=public_id)


def row_of(conversation: Conversation, viewer: User) -> Row:
    return rows_of([conversation], viewer)[0]


def rows_of(conversations: Sequence[Conversation], viewer: User) -> list[Row]:
    """In the order given; all of them the viewer's, read with both people."""
    ids = [each.pk for each in conversations]
    newest = Message.objects.filter(conversation_id__in=ids, seq=F("conversation__last_seq")).select_related("sender")
    last = {message.conversation_id: message for message in newest}
    unread, pointers = unread_in(viewer, ids), _pointers(ids)
    others = [other_of(each, viewer) for each in conversations]
    there, standings, silent = there_among(viewer, others), standings_of(viewer, others), _silent([viewer, *others])
    rows = []
    for each, other in zip(conversations, others, strict=True):
        said, standing = last.get(each.pk), standings[other.pk]
        is_seen_shown = standing == Standing.OPEN and not {viewer.pk, other.pk} & silent
        rows.append(
            Row(
                conversation=each,
                other=shown(other, is_there=other.pk in there),
                standing=standing,
                last=said,
                is_own=said is not None and said.sender_id == viewer.pk,
                unread=unread.get(each.pk, 0),
                read_seq=pointers[each.pk][viewer.pk],
                seen_seq=pointers[each.pk][other.pk] if is_seen_shown else None,
            )
        )
    return rows


def unread_in(person: User, conversation_ids: Sequence[int]) -> dict[int, int]:
    """By conversation; those without anything unread are left out."""
    waiting = _unread(person).filter(conversation_id__in=conversation_ids).order_by()
    return dict(waiting.values_list("conversation_id").annotate(Count("pk")))


def unread_total(person: User) -> int:
    """At most MOST_COUNTED."""
    return _unread(person).order_by()[:MOST_COUNTED].count()


def _unread(person: User) -> QuerySet[Message]:
    """Behind the pointer, not mine, not taken away (CHT-8)."""
    behind = Q(conversation__members__user=person, seq__gt=F("conversation__members__read_seq"))
    return Message.objects.filter(behind, deleted_at=None).exclude(sender=person)


def _pointers(conversation_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Up to where each of the two has read, by conversation and person."""
    pointers: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Member.objects.filter(conversation_id__in=conversation_ids)
    for conversation_id, user_id, seq in rows.values_list("conversation_id", "user_id", "read_seq"):
        pointers[conversation_id][user_id] = seq
    return pointers


def _silent(people: Sequence[User]) -> set[int]:
    """Those of them who show no receipts."""
    return set(ChatSettings.objects.filter(user__in=people, shows_receipts=False).values_list("user_id", flat=True))
