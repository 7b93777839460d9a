"""Where the feed comes from. The domains above register what of theirs is worth a line; this app knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class FeedFact:
    """Who did it to what."""

    actor_id: int
    subject_id: int


@dataclass(frozen=True)
class FeedSource:
    """One kind of line.

    kind          what one mutes; stable, it stands in the API
    label         the same in words: "Meals people publish"
    did           what the actor did, after their name: "published a meal"
    subject       label of the subject's model
    added_by      events that make a line; `fact_of` reads their payload, and None makes none
    withdrawn_by  events of the same subject after which there is nothing to show
    visible       of these subjects those that the viewer may see, by the domain's own rule, as what the template shows,
                  by primary key, in a fixed number of queries
    template      of the card of one subject; it is given `card`
    shapes        the same in the words of the API
    likes         how many like each, for the ranking
    """

    kind: str
    label: "StrPromise"
    did: "StrPromise"
    subject: str
    added_by: tuple[str, ...]
    withdrawn_by: tuple[str, ...]
    fact_of: Callable[[Any], FeedFact | None]
    visible: Callable[[Sequence[int], Any], Mapping[int, Any]]
    template: str
    shapes: Callable[[Sequence[int], Any], Mapping[int, dict[str, Any]]]
    likes: Callable[[Sequence[int]], Mapping[int, int]]


_sources: dict[str, FeedSource] = {}


def register(source: FeedSource) -> None:
    """Raises ValueError for a kind that is there: one of the two would silently win."""
    if source.kind in _sources:
        raise ValueError(f"The feed source {source.kind} is registered twice.")
    _sources[source.kind] = source


def source_of(kind: str) -> FeedSource:
    """Raises KeyError for a kind nobody registered."""
    return _sources[kind]


def all_sources() -> list[FeedSource]:
    return [_sources[kind] for kind in sorted(_sources)]


def sources_adding(event: str) -> list[FeedSource]:
    return [source for source in all_sources() if event in source.added_by]


def sources_withdrawing(event: str) -> list[FeedSource]:
    return [source for source in all_sources() if event in source.withdrawn_by]
