"""What the one search box searches. Each domain registers its group when apps are ready; this app knows none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from fitfoodie.search.services import Prepared, highlights_of


@dataclass(frozen=True)
class Asked:
    """`viewer` may be a visitor; whose blocks, allergies and follows count is theirs."""

    text: str
    viewer: Any
    now: datetime
    limit: int
    offset: int = 0


@dataclass(frozen=True)
class Result:
    """One line. `marked` (field: escaped text with <mark>) is as the index gives it; `title_field` is the one that
    stands in the title."""

    id: str
    title: str
    url: str
    # Of the same thing in the API.
    api_url: str
    # Plain words below the title: whose it is, when, how much.
    detail: str = ""
    picture: str = ""
    title_field: str = "title"
    marked: dict[str, SafeString] = field(default_factory=dict)

    @property
    def title_html(self) -> SafeString:
        return self.marked.get(self.title_field) or escape(self.title)

    @property
    def snippet(self) -> str:
        """Where else the words stand."""
        return next((text for name, text in self.marked.items() if name != self.title_field), "")


@dataclass(frozen=True)
class Found:
    results: Sequence[Result]
    has_more: bool = False
    # What was searched instead of what was typed.
    corrected_text: str | None = None


def nowhere(_text: str) -> str:
    return ""


@dataclass(frozen=True)
class Group:
    """`find` asks the domain's own search, in a fixed number of queries, and shows nothing that the viewer may not see.

    `page(text)` and `api(text)` are the addresses of all that is found, and of everything for no text; empty where
    nothing but the page of the search itself lists them. `look` is how a line is drawn: plate, person or plain.
    """

    name: str
    label: Any
    icon: str
    find: Callable[[Asked], Found]
    look: str = "plain"
    page: Callable[[str], str] = nowhere
    api: Callable[[str], str] = nowhere
    position: int = 100


_groups: dict[str, Group] = {}


def register(group: Group) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if group.name in _groups:
        raise ValueError(f"The search group {group.name} is registered twice.")
    _groups[group.name] = group


def every() -> list[Group]:
    return sorted(_groups.values(), key=lambda group: (group.position, group.name))


def names() -> list[str]:
    return [group.name for group in every()]


def get(name: str) -> Group | None:
    return _groups.get(name)


def marked_of(prepared: Prepared, ids: Sequence[int]) -> dict[int, dict[str, SafeString]]:
    """For groups that order for themselves; without a word nothing is marked."""
    return {} if prepared.is_blank else highlights_of(prepared, list(ids))
