"""What stands in a creator's studio. Each kind of thing (meals, posts) registers once, when the apps are ready; lists,
calendar and bulk changes treat them alike and know none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

# The states that every kind has, by the value of its column `status`.
STATES = ("draft", "scheduled", "published", "archived")
# What can be done with many at once; a kind offers those that its `actions` hold.
ACTIONS = ("publish", "schedule", "archive", "restore", "audience", "comments", "tag")


@dataclass(frozen=True)
class StudioItem:
    """One row of the studio. `figures` holds the numbers that the kind keeps: likes, comments, saves, shares, views."""

    kind: str
    key: str
    title: str
    status: str
    status_label: str
    edit_url: str
    url: str
    updated_at: datetime
    scheduled_for: datetime | None
    published_at: datetime | None
    audience: str
    audience_label: str
    comments_label: str
    figures: Mapping[str, int] = field(default_factory=dict)
    cover: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Names the row among those of all kinds."""
        return f"{self.kind}:{self.key}"

    @property
    def at(self) -> datetime | None:
        """Where it stands in the calendar."""
        return self.scheduled_for if self.status == "scheduled" else self.published_at


def _nothing(owner: "User") -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class StudioKind:
    """`rows(owner)` are the owner's own, in every state, with the columns status, updated_at, scheduled_for and
    published_at; `item(row)` shows one without asking the database again; `key` is the column that names a row.

    `totals(owner)` sums the figures of what is published, in one query.

    `actions[name](row_id, actor, now, value)` calls the kind's own service and raises what that raises (DomainError,
    ValidationError); `value` is the instant of `schedule`, the word of `audience`, `comments` and `tag`, else None.
    """

    name: str
    label: Any
    new_url: Callable[[], str]
    rows: "Callable[[User], QuerySet[Any]]"
    item: Callable[[Any], StudioItem]
    actions: Mapping[str, "Callable[[int, User, datetime, Any], object]"]
    totals: "Callable[[User], Mapping[str, int]]" = _nothing
    key: str = "slug"
    position: int = 100


_kinds: dict[str, StudioKind] = {}


def register(kind: StudioKind) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if kind.name in _kinds:
        raise ValueError(f"The studio kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def studio_kinds() -> list[StudioKind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.position, kind.name))


def kind_named(name: str) -> StudioKind | None:
    return _kinds.get(name)
