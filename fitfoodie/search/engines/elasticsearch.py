"""Elasticsearch 9 through its official client, behind an alias: rebuilt beside, swapped in one call.

It finds; the database spells and filters. Questions come corrected by the database's vocabulary, so that every engine
understands the same words, and the best matches are handed to the caller's queryset as ids.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Case, FloatField, QuerySet, Value, When
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError, bulk

from fitfoodie.search.engines.base import Engine, EngineHit, EngineUnavailableError
from fitfoodie.search.engines.entries import batches, name_keys
from fitfoodie.search.index import Document, SearchIndex
from fitfoodie.search.questions import Clause, Question

# What is handed to the database for filtering; deeper pages are the database engine's.
WINDOW = 1000
BATCH = 500
BOOSTS: Mapping[str, float] = {"A": 12, "B": 5, "C": 2, "D": 1}
NAMES_POOL = 40

# The standard tokenizer gives words, and ideographs one by one, as `fitfoodie.search.analysis` does.
ANALYSIS: dict[str, Any] = {
    "filter": {
        "english_possessive": {"type": "stemmer", "language": "possessive_english"},
        "english_stemmer": {"type": "stemmer", "language": "english"},
    },
    "analyzer": {
        "folded": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
        "stemmed": {
            "tokenizer": "standard",
            "filter": ["english_possessive", "lowercase", "asciifolding", "english_stemmer"],
        },
    },
}


class ElasticsearchEngine(Engine):
    name = "elasticsearch"

    def __init__(self, *, url: str, prefix: str) -> None:
        self.prefix = prefix
        # One try: a second one would make the visitor wait, and the database answers at once.
        self.client = Elasticsearch(url, request_timeout=settings.ELASTICSEARCH_TIMEOUT_SECONDS, max_retries=0)

    def alias(self, index: SearchIndex) -> str:
        return f"{self.prefix}-{index.name}"

    # Reading

    def matching(self, index: SearchIndex, queryset: "QuerySet[Any]", question: Question) -> "QuerySet[Any]":
        found = self._search(index, question, size=WINDOW)
        rank = Case(
            *(When(pk=hit.id, then=Value(hit.score)) for hit in found),
            default=Value(0.0),
            output_field=FloatField(),
        )
        matches: QuerySet[Any] = queryset.filter(pk__in=[hit.id for hit in found])
        ranked: QuerySet[Any] = matches.annotate(search_rank=rank)
        return ranked

    def hits(
        self, index: SearchIndex, question: Question, *, within: "QuerySet[Any] | None", limit: int, offset: int
    ) -> list[EngineHit]:
        found = self._search(index, question, size=WINDOW)
        visible = index.public() if within is None else within
        allowed = set(visible.filter(pk__in=[hit.id for hit in found]).values_list("pk", flat=True))
        return [hit for hit in found if hit.id in allowed][offset : offset + limit]

    def suggestions(
        self, index: SearchIndex, beginning: str, *, within: "QuerySet[Any] | None", limit: int
    ) -> list[str]:
        with _available():
            answer = self.client.search(
                index=self.alias(index),
                query={"prefix": {"suggest": {"value": beginning}}},
                sort=[{"name": "asc"}],
                source_includes=["name"],
                size=NAMES_POOL,
            )
        rows = [(int(hit["_id"]), str(hit["_source"]["name"])) for hit in answer["hits"]["hits"]]
        visible = index.public() if within is None else within
        allowed = set(visible.filter(pk__in=[row[0] for row in rows]).values_list("pk", flat=True))
        names = [name for pk, name in rows if pk in allowed]
        names.sort(key=lambda name: not name_keys(name)[0].startswith(beginning))
        return list({name.casefold(): name for name in reversed(names)}.values())[::-1][:limit]

    def count(self, index: SearchIndex) -> int:
        with _available():
            return int(self.client.count(index=self.alias(index))["count"])

    def ping(self) -> None:
        with _available():
            self.client.info()

    def _search(self, index: SearchIndex, question: Question, *, size: int) -> list[EngineHit]:
        if not question.wanted:
            return []
        with _available():
            answer = self.client.search(
                index=self.alias(index),
                query=query(index, question),
                sort=[{"_score": "desc"}, {"object_id": "desc"}],
                track_scores=True,
                track_total_hits=False,
                source=False,
                size=size,
            )
        return [EngineHit(id=int(hit["_id"]), score=float(hit["_score"])) for hit in answer["hits"]["hits"]]

    # Writing

    def write(self, index: SearchIndex, documents: Iterable[Document], *, removed: Iterable[int]) -> None:
        kept, gone = list(documents), list(removed)
        with _available():
            names = self._names(index) or [self._first(index)]
            for name in names:
                self._bulk((*_documents("index", name, index, kept), *_deletions(name, gone)))
                self.client.indices.refresh(index=name)

    def rebuild(self, index: SearchIndex) -> int:
        """Changes made meanwhile are written to both indexes; the filling never overwrites what is already there."""
        with _available():
            self._delete_unfinished(index)
            name = self._create(index)
            ids = list(index.public().order_by("pk").values_list("pk", flat=True))
            for batch in batches(ids, BATCH):
                self._bulk(_documents("create", name, index, index.documents(index.public().filter(pk__in=batch))))
            left = set(ids) - set(index.public().values_list("pk", flat=True))
            self._bulk(_deletions(name, left))
            self.client.indices.refresh(index=name)
            self._swap(index, name)
        return len(ids) - len(left)

    def _names(self, index: SearchIndex) -> list[str]:
        """The live index and, during a rebuild, the one that is being filled."""
        return sorted(self.client.indices.get(index=f"{self.alias(index)}-*"))

    def _live(self, index: SearchIndex) -> list[str]:
        try:
            return list(self.client.indices.get_alias(name=self.alias(index)))
        except NotFoundError:
            return []

    def _first(self, index: SearchIndex) -> str:
        name = self._create(index)
        self._swap(index, name)
        return name

    def _create(self, index: SearchIndex) -> str:
        name = f"{self.alias(index)}-{uuid4().hex[:12]}"
        self.client.indices.create(index=name, settings={"analysis": ANALYSIS}, mappings=mappings(index))
        return name

    def _delete_unfinished(self, index: SearchIndex) -> None:
        for name in set(self._names(index)) - set(self._live(index)):
            self.client.indices.delete(index=name)

    def _swap(self, index: SearchIndex, name: str) -> None:
        """One call, so no search ever sees two indexes or none; the old one goes with it."""
        actions: list[dict[str, Any]] = [{"remove_index": {"index": old}} for old in self._live(index)]
        self.client.indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": self.alias(index)}}])

    def _bulk(self, actions: Iterable[dict[str, Any]]) -> None:
        """What is there already (409) or gone already (404) is as it should be."""
        for batch in batches(actions, BATCH):
            bulk(self.client, batch, ignore_status=(404, 409))


def mappings(index: SearchIndex) -> dict[str, Any]:
    """Every field twice: as written and, for English, stemmed. `suggest` holds a name from each of its words on."""
    fields = {
        name: {"type": "text", "analyzer": "folded", "fields": {"en": {"type": "text", "analyzer": "stemmed"}}}
        for name in index.fields
    }
    own = {"object_id": {"type": "long"}, "name": {"type": "keyword"}, "suggest": {"type": "keyword"}}
    return {"dynamic": "strict", "properties": own | {"texts": {"properties": fields}}}


def query(index: SearchIndex, question: Question) -> dict[str, Any]:
    boosted = [f"texts.{name}^{BOOSTS[weight]:g}" for name, weight in index.fields.items()]
    every = [*boosted, *(f"texts.{name}.en^{BOOSTS[weight]:g}" for name, weight in index.fields.items())]
    return {
        "bool": {
            "must": [_clause(question, clause, boosted, every) for clause in question.wanted],
            "must_not": [_clause(question, clause, boosted, every) for clause in question.excluded],
        }
    }


def _clause(question: Question, clause: Clause, written: list[str], every: list[str]) -> dict[str, Any]:
    if clause.is_phrase:
        # As typed: there the stop words inside a phrase are indexed too.
        typed = question.text[slice(*clause.span)]
        return {"multi_match": {"query": typed, "type": "phrase", "fields": every}}
    ways: list[dict[str, Any]] = [
        {"multi_match": {"query": word, "type": "best_fields", "fields": every}} for word in (clause.word, *clause.also)
    ]
    if clause.is_prefix:
        ways.append({"multi_match": {"query": clause.word, "type": "phrase_prefix", "fields": written}})
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _documents(
    operation: str, target: str, index: SearchIndex, documents: Iterable[Document]
) -> Iterator[dict[str, Any]]:
    for document in documents:
        name = document.texts.get(index.suggest, "")
        source = {"object_id": document.id, "name": name, "suggest": name_keys(name), "texts": dict(document.texts)}
        yield {"_op_type": operation, "_index": target, "_id": str(document.id), "_source": source}


def _deletions(target: str, removed: Iterable[int]) -> Iterator[dict[str, Any]]:
    for pk in removed:
        yield {"_op_type": "delete", "_index": target, "_id": str(pk)}


@contextmanager
def _available() -> Iterator[None]:
    """Whatever goes wrong on the way there or over there is one thing to the caller."""
    try:
        yield
    except (TransportError, ApiError, BulkIndexError) as error:
        raise EngineUnavailableError(f"Elasticsearch does not answer as it should: {error}") from error
