"""What can be saved as a search. Each domain registers its kind when apps are ready; this app knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict


@dataclass(frozen=True)
class NewHits:
    """`examples` are (title, path) of the first of them; `count` is how many there are, up to `MAX_COUNTED`."""

    count: int
    examples: tuple[tuple[str, str], ...] = ()


MAX_COUNTED = 100
EXAMPLES = 5


@dataclass(frozen=True)
class SavedKind:
    """`page(query)` is the address of the results. `clean(query)` gives the query back in its one form and raises
    DomainError about what it cannot read. `new_hits(owner, query, since, now)` are those that came after `since` and
    that the owner may see now, blocks included, in a fixed number of queries."""

    name: str
    label: Any
    page: Callable[[str], str]
    clean: Callable[[QueryDict], str]
    new_hits: Callable[[Any, QueryDict, datetime, datetime], NewHits]


_kinds: dict[str, SavedKind] = {}


def register(kind: SavedKind) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if kind.name in _kinds:
        raise ValueError(f"The kind of saved search {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def get(name: str) -> SavedKind | None:
    return _kinds.get(name)


def names() -> list[str]:
    return sorted(_kinds)
