"""Searching and keeping indexes true. The one door for pages, API, tasks and commands; it knows no domain."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import FloatField, QuerySet, Value
from django.utils.safestring import SafeString

from fitfoodie.search import corrections, health, highlights
from fitfoodie.search import index as indexes
from fitfoodie.search.engines import registry
from fitfoodie.search.engines.base import Engine, EngineHit, EngineUnavailableError
from fitfoodie.search.engines.entries import typed_key
from fitfoodie.search.index import SearchIndex
from fitfoodie.search.questions import Question, parse
from fitfoodie.search.tasks import follow_outside

T = TypeVar("T")

MAX_LIMIT = 100
MAX_SUGGESTIONS = 20


@dataclass(frozen=True)
class Hit:
    """`highlights` holds, for each field in which something asked for stands, the escaped text with `<mark>`."""

    id: int
    score: float
    highlights: dict[str, SafeString] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchPage:
    """`corrected_text` is what was searched instead of what was typed, for “Showing results for …”."""

    hits: list[Hit]
    has_more: bool = False
    corrected_text: str | None = None
    is_degraded: bool = False


@dataclass(frozen=True)
class Prepared:
    """A question taken apart, corrected and ready to be laid over any queryset of the index's model."""

    index: SearchIndex
    question: Question
    corrected_text: str | None

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: everything is wanted. Something typed that holds no word finds nothing."""
        return not self.question.text.strip()

    @property
    def is_degraded(self) -> bool:
        return health.is_degraded()

    def apply(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """`queryset` narrowed to the matches, each with `search_rank` (a float, larger is better).

        Filters, order and cursor stay the caller's: `.order_by("-search_rank", "-pk")`, and for the next page
        `.filter(Q(search_rank__lt=rank) | Q(search_rank=rank, pk__lt=pk))`. All of it is one statement. With an engine
        beside the database the matches are its best thousand.
        """
        if self.is_blank:
            unranked: QuerySet[Any] = queryset.annotate(search_rank=Value(0.0, output_field=FloatField()))
            return unranked
        return _asking(lambda engine: engine.matching(self.index, queryset, self.question))


def prepare(index: str | SearchIndex, text: str) -> Prepared:
    """Raises UnknownIndexError; never for what `text` holds."""
    registered = _index(index)
    correction = corrections.corrected(registry.of_database(), registered.name, parse(text))
    return Prepared(registered, correction.question, correction.text)


def apply(index: str | SearchIndex, queryset: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """`prepare(index, text).apply(queryset)`, for callers that show no correction."""
    return prepare(index, text).apply(queryset)


def search(
    index: str | SearchIndex,
    text: str,
    *,
    limit: int = 20,
    offset: int = 0,
    within: "QuerySet[Any] | None" = None,
    highlight: bool = False,
) -> SearchPage:
    """The best matches, equals by newest id. `within` narrows what may be found; without it only public rows are."""
    prepared = prepare(index, text)
    if prepared.is_blank:
        return SearchPage(hits=[])
    limit = max(0, min(limit, MAX_LIMIT))
    found = _asking(
        lambda engine: engine.hits(
            prepared.index, prepared.question, within=within, limit=limit + 1, offset=max(0, offset)
        )
    )
    return SearchPage(
        hits=_hits(prepared, found[:limit], highlight=highlight),
        has_more=len(found) > limit,
        corrected_text=prepared.corrected_text,
        is_degraded=prepared.is_degraded,
    )


def suggest(index: str | SearchIndex, text: str, *, limit: int = 8, within: "QuerySet[Any] | None" = None) -> list[str]:
    """Names that hold a word beginning as typed; when there is none, those of the likeliest word. Public only."""
    registered = _index(index)
    limit = max(0, min(limit, MAX_SUGGESTIONS))
    beginning = typed_key(text)
    if not beginning or not limit:
        return []
    found = _suggestions(registered, beginning, within, limit)
    if found:
        return found
    correction = corrections.corrected(registry.of_database(), registered.name, parse(text), in_names=True)
    if correction.text is None:
        return []
    return _suggestions(registered, typed_key(correction.text), within, limit)


def _suggestions(index: SearchIndex, beginning: str, within: "QuerySet[Any] | None", limit: int) -> list[str]:
    return _asking(lambda engine: engine.suggestions(index, beginning, within=within, limit=limit))


def index_objects(index: str | SearchIndex, ids: Iterable[int]) -> None:
    """Make the index agree with these rows as they now are: public ones in, all others out. Safe to repeat.

    Locks the index for writing until the transaction ends. An engine beside the database follows by its own task.
    """
    registered, wanted = _index(index), sorted(set(ids))
    registry.of_database().follow(registered, wanted)
    if registry.outside() is not None:
        transaction.on_commit(partial(_follow_outside_on_commit, registered.name, wanted))


def remove_objects(index: str | SearchIndex, ids: Iterable[int]) -> None:
    """Take rows out at once, whatever they are, as when they are about to be erased."""
    registered, unwanted = _index(index), sorted(set(ids))
    registry.of_database().write(registered, [], removed=unwanted)
    if registry.outside() is not None:
        transaction.on_commit(partial(_follow_outside_on_commit, registered.name, unwanted))


def rebuild(index: str | SearchIndex) -> int:
    """Every public row anew, built beside the live index and swapped in; returns how many. Run it outside requests.

    Raises EngineUnavailableError when an engine beside the database is configured and down; the database's own index
    is rebuilt by then.
    """
    registered = _index(index)
    total = registry.of_database().rebuild(registered)
    engine = registry.outside()
    if engine is not None:
        engine.rebuild(registered)
    return total


def _follow_outside_on_commit(index_name: str, ids: Sequence[int]) -> None:
    follow_outside.delay(index_name=index_name, ids=list(ids))


def _index(index: str | SearchIndex) -> SearchIndex:
    return indexes.get(index) if isinstance(index, str) else index


def _asking(question: Callable[[Engine], T]) -> T:
    """Ask the configured engine; when it is down, the database answers and health says so for a while."""
    engine = registry.outside()
    if engine is not None and not health.is_degraded():
        try:
            return question(engine)
        except EngineUnavailableError as error:
            health.mark_degraded(str(error))
    return question(registry.of_database())


def _hits(prepared: Prepared, found: list[EngineHit], *, highlight: bool) -> list[Hit]:
    marked = highlights_of(prepared, [hit.id for hit in found]) if highlight else {}
    return [Hit(hit.id, hit.score, marked.get(hit.id, {})) for hit in found]


def highlights_of(prepared: Prepared, ids: list[int]) -> dict[int, dict[str, SafeString]]:
    """From the texts as they are now, for the hits of one page only."""
    rows: QuerySet[Any] = QuerySet(prepared.index.model_class).filter(pk__in=ids)
    marked = {}
    for document in prepared.index.documents(rows):
        snippets = {name: highlights.snippet(text, prepared.question) for name, text in document.texts.items()}
        marked[document.id] = {name: snippet for name, snippet in snippets.items() if snippet is not None}
    return marked
