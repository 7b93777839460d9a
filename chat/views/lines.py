"""Messages as the page draws them: days apart, runs of one person together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from chat import rules
from chat.models import Message
from chat.selectors.inbox import Row

# Between two messages of one person; after a longer silence a new run begins.
RUN_SECONDS = 5 * 60


@dataclass(frozen=True)
class Line:
    """`day` is set on the first of a day, `is_new` on the first that was not read before, `is_seen` on the last of
    one's own that the other has read."""

    message: Message
    is_own: bool
    day: date | None
    starts_run: bool
    is_new: bool
    is_seen: bool
    can_edit: bool


def lines_of(messages: Iterable[Message], thread: Row, viewer: User, *, now: datetime) -> list[Line]:
    shown = list(messages)
    seen = _last_seen(shown, thread, viewer)
    return list(_lines(shown, thread, viewer, seen, now))


def _lines(shown: list[Message], thread: Row, viewer: User, seen: int | None, now: datetime) -> Iterator[Line]:
    before: Message | None = None
    has_new = False
    for message in shown:
        is_own = message.sender_id == viewer.pk
        is_new = not has_new and not is_own and message.seq > thread.read_seq
        has_new = has_new or is_new
        day = timezone.localtime(message.sent_at).date()
        is_next_day = before is None or timezone.localtime(before.sent_at).date() != day
        yield Line(
            message=message,
            is_own=is_own,
            day=day if is_next_day else None,
            starts_run=is_next_day or is_new or before is None or _is_apart(before, message),
            is_new=is_new,
            is_seen=message.seq == seen,
            can_edit=is_own and thread.is_open and rules.is_still_editable(message, now),
        )
        before = message


def _is_apart(before: Message, message: Message) -> bool:
    silence = (message.sent_at - before.sent_at).total_seconds()
    return before.sender_id != message.sender_id or silence > RUN_SECONDS


def _last_seen(shown: list[Message], thread: Row, viewer: User) -> int | None:
    reached = thread.seen_seq or 0
    own = [each.seq for each in shown if each.sender_id == viewer.pk and not each.is_deleted and each.seq <= reached]
    return max(own, default=None)
