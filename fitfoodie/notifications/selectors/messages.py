"""Notifications as a person reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fitfoodie.notifications.kinds import Kind, Message, kind_named
from fitfoodie.notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import User

# The badge says "99+" beyond; nobody counts a year of news.
MOST_COUNTED = 100


@dataclass(frozen=True)
class Line:
    """One notification and what it says now; `kind` is None for one of another time."""

    note: Notification
    kind: Kind | None
    message: Message

    @property
    def icon(self) -> str:
        return self.kind.icon if self.kind else "bell"


def lines_of(notes: Sequence[Notification], reader: Any) -> list[Line]:
    """In the order given. What cannot be shown any more is said in neutral words and leads to the list (NTF-6)."""
    said = messages_for(notes, reader)
    gone = Message(_("This is not available any more."), reverse("notifications:list"))
    return [Line(note, kind_named(note.kind), said.get(note.pk, gone)) for note in notes]


def messages_for(notes: Sequence[Notification], reader: Any) -> dict[int, Message]:
    """By primary key, in the active language; a fixed number of queries for each kind among them."""
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for note in notes:
        by_kind[note.kind].append(note)
    said: dict[int, Message] = {}
    for name, of_kind in by_kind.items():
        kind = kind_named(name)
        said |= kind.tell(of_kind, reader) if kind else {}
    return said


def unread_count(user: "User") -> int:
    """At most MOST_COUNTED."""
    unread = Notification.objects.filter(user=user, read_at=None).order_by()
    return unread[:MOST_COUNTED].count()
