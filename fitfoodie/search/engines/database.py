"""What the two database engines share: tables beside the domain's own, asked in the domain's own statements.

Per index: the full text; the words of each document, so that a change can be told from what was there; the vocabulary
with its counts, which misspelt words are corrected from; and the names to suggest, a row for each word of a name.
"""

import functools
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, F, FloatField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from fitfoodie.search.analysis import stem
from fitfoodie.search.engines.base import Engine, EngineHit
from fitfoodie.search.engines.entries import Entry, batches, entry
from fitfoodie.search.engines.tables import Tables
from fitfoodie.search.index import Document, SearchIndex
from fitfoodie.search.questions import Question
from fitfoodie.search.spelling import Candidate, allowed_edits

# SQL and its parameters.
Condition = tuple[str, tuple[Any, ...]]

BATCH = 500
# The largest code point: the end of every range of keys with a given beginning.
LAST = chr(0x10FFFF)
# Some names come twice and a few may be hidden: so many rows more than names asked for are read.
SPARE_NAMES = 6
SPARE = 10


class Joined(Expression):
    """Ties a row of the domain to its row in the table of full text, and that one to the question."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, template: str, question: str) -> None:
        super().__init__()
        self.template = template
        self.question = question
        self.key: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.key,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        key, params = compiler.compile(self.key)
        return self.template.replace("{key}", key), (*params, self.question)


class DatabaseEngine(Engine):
    # SQL of a subclass: `{text}` is the table of full text, `{key}` the primary key of the domain's row.
    condition: str
    rank: str

    @abstractmethod
    def expression(self, question: Question) -> str:
        """The question in the engine's own language; empty when it asks for nothing."""

    @abstractmethod
    def best_statement(self, tables: Tables, question: Question, asked: str) -> tuple[str, list[str]]:
        """Selects `object_id` and `score` of the matches, best first, then newest; the caller adds the limit."""

    @abstractmethod
    def create_statements(self, tables: Tables) -> list[str]: ...

    @abstractmethod
    def finish_statements(self, tables: Tables) -> list[str]:
        """What is cheaper after the rows are there: secondary indexes, statistics."""

    @abstractmethod
    def lock(self, cursor: CursorWrapper, tables: Tables) -> None:
        """Until the transaction ends, nobody else writes this index."""

    @abstractmethod
    def insert_text(self, cursor: CursorWrapper, tables: Tables, entries: Iterable[Entry]) -> None: ...

    @abstractmethod
    def delete_text(self, cursor: CursorWrapper, tables: Tables, ids: Sequence[int]) -> None: ...

    @abstractmethod
    def has_table(self, cursor: CursorWrapper, name: str) -> bool: ...

    @abstractmethod
    def lookalikes(self, index_name: str, word: str, *, is_prefix: bool) -> Iterator[list[Candidate]]:
        """Pools of words that `word` may be a misspelling of, the likeliest and cheapest first.

        A pool is asked for only when nothing in those before it was near enough.
        """

    # Reading

    def matching(self, index: SearchIndex, queryset: "QuerySet[Any]", question: Question) -> "QuerySet[Any]":
        asked = self.expression(question)
        if not asked:
            nothing: QuerySet[Any] = queryset.none().annotate(search_rank=Value(0.0, output_field=FloatField()))
            return nothing
        text = Tables(index.name).text
        # `extra(tables=)` is the ORM's own way to a table that no model stands for; the condition joins it.
        joined: QuerySet[Any] = queryset.extra(tables=[text])  # noqa: S610  our own table
        joined = joined.filter(Joined(self.condition.replace("{text}", text), asked))
        rank, params = self.rank_of(question, asked)
        rank_sql = RawSQL(rank.replace("{text}", text), params, output_field=FloatField())  # noqa: S611  our own SQL
        ranked: QuerySet[Any] = joined.annotate(search_rank=rank_sql)
        return ranked

    def rank_of(self, question: Question, asked: str) -> tuple[str, list[str]]:
        return self.rank, []

    def hits(
        self, index: SearchIndex, question: Question, *, within: "QuerySet[Any] | None", limit: int, offset: int
    ) -> list[EngineHit]:
        asked = self.expression(question)
        if not asked:
            return []
        if within is None:
            return self._public_hits(index, question, asked, limit=limit, offset=offset)
        matches: QuerySet[Any] = self.matching(index, within, question)
        rows = matches.order_by("-search_rank", "-pk").values_list("pk", "search_rank")
        return [EngineHit(id=pk, score=rank) for pk, rank in rows[offset : offset + limit]]

    def _public_hits(
        self, index: SearchIndex, question: Question, asked: str, *, limit: int, offset: int
    ) -> list[EngineHit]:
        """The best rows of the full text alone, then whether each may be seen: no join with rows nobody will see.

        The index holds public rows only, but for those that left a moment ago: the spare ones stand in for these.
        """
        allowed, params = _public_condition(index)
        best, best_params = self.best_statement(Tables(index.name), question, asked)
        sql = f"""SELECT object_id, score FROM ({best} LIMIT {int(offset + limit + SPARE)}) candidate
            WHERE EXISTS ({allowed}) ORDER BY score DESC, object_id DESC LIMIT {int(limit)} OFFSET {int(offset)}"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [*best_params, *params])
            return [EngineHit(id=pk, score=score) for pk, score in cursor.fetchall()]

    def suggestions(
        self, index: SearchIndex, beginning: str, *, within: "QuerySet[Any] | None", limit: int
    ) -> list[str]:
        """The first names of the range are read off its index, then each is asked whether it may be seen.

        Names that begin so come before names that hold it further on, each by alphabet.
        """
        sql, params = (
            _public_suggestions(index, limit) if within is None else _suggestions(index, limit, _condition(within))
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, (beginning, beginning + LAST, *params))
            found = cursor.fetchall()
        unique: dict[str, str] = {}
        for (name,) in found:
            unique.setdefault(name.casefold(), name)
        return list(unique.values())[:limit]

    def counts(self, index_name: str, forms: Sequence[str], *, in_names: bool = False) -> dict[str, tuple[int, int]]:
        """For each known form of a word, spelt out or stemmed: in how many documents, and in how many names."""
        table, marks = Tables(index_name).words, ", ".join(["%s"] * len(forms))
        known: dict[str, tuple[int, int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT word, stem, documents, titles FROM {table}"
                f" WHERE (word IN ({marks}) OR stem IN ({marks})) AND titles >= %s",
                [*forms, *forms, int(in_names)],
            )
            for word, stem, documents, titles in cursor.fetchall():
                for form in {word, stem}:
                    old = known.get(form, (0, 0))
                    known[form] = (old[0] + documents, old[1] + titles)
        return known

    def words_like(self, index_name: str, word: str, *, beginning: str, longest: int) -> list[Candidate]:
        """The words that begin so and are not much shorter than `word`, nor longer than `longest` characters."""
        sql = f"""SELECT word, documents, titles FROM {Tables(index_name).words}
            WHERE word >= %s AND word < %s AND length(word) BETWEEN %s AND %s"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [beginning, beginning + LAST, len(word) - allowed_edits(word), longest])
            return [Candidate(*row) for row in cursor.fetchall()]

    def has_word_beginning(self, index_name: str, prefix: str, *, in_names: bool = False) -> bool:
        table = Tables(index_name).words
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE word >= %s AND word < %s AND titles >= %s LIMIT 1",
                [prefix, prefix + LAST, int(in_names)],
            )
            return cursor.fetchone() is not None

    def count(self, index: SearchIndex) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {Tables(index.name).documents}")
            return int(cursor.fetchone()[0])

    def ping(self) -> None:
        """The database is up, or nothing here would run."""

    # Writing

    def write(self, index: SearchIndex, documents: Iterable[Document], *, removed: Iterable[int]) -> None:
        tables = Tables(index.name)
        entries = [entry(index, document) for document in documents]
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock(cursor, tables)
            self._replace(cursor, tables, entries, [*removed])
            if self.has_table(cursor, tables.beside.documents):
                self._replace(cursor, tables.beside, entries, [*removed])

    def follow(self, index: SearchIndex, ids: Sequence[int]) -> None:
        """Make the index agree with the rows of these ids as they are now: locked first, read second."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock(cursor, Tables(index.name))
            documents = list(index.documents(index.public().filter(pk__in=ids)))
            self.write(index, documents, removed=set(ids) - {document.id for document in documents})

    def rebuild(self, index: SearchIndex) -> int:
        live = Tables(index.name)
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock(cursor, live)
            self.drop(cursor, live.beside)
            self._run(cursor, self.create_statements(live.beside))
        total, last = 0, 0
        while count_and_last := self._fill_next_batch(index, after=last):
            total, last = total + count_and_last[0], count_and_last[1]
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock(cursor, live)
            self._run(cursor, self.finish_statements(live.beside))
            self.drop(cursor, live)
            for old, new in zip(live.beside.all, live.all, strict=True):
                cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")
        return total

    def _fill_next_batch(self, index: SearchIndex, *, after: int) -> tuple[int, int] | None:
        """Rows are read under the lock, so a change made meanwhile is either in them or written after them."""
        beside = Tables(index.name).beside
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock(cursor, Tables(index.name))
            ids = list(index.public().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not ids:
                return None
            documents = index.documents(index.public().filter(pk__in=ids))
            self._replace(cursor, beside, [entry(index, document) for document in documents], [])
        return len(ids), ids[-1]

    def create(self, index_name: str) -> None:
        tables = Tables(index_name)
        with connection.cursor() as cursor:
            self._run(cursor, [*self.create_statements(tables), *self.finish_statements(tables)])

    def drop(self, cursor: CursorWrapper, tables: Tables) -> None:
        self._run(cursor, [f"DROP TABLE IF EXISTS {name}" for name in tables.all])

    def _run(self, cursor: CursorWrapper, statements: Iterable[str]) -> None:
        for statement in statements:
            cursor.execute(statement)

    def _replace(self, cursor: CursorWrapper, tables: Tables, entries: Sequence[Entry], removed: Sequence[int]) -> None:
        for batch in batches([*(item.object_id for item in entries), *removed], BATCH):
            self._forget(cursor, tables, batch)
        for batch_of_entries in batches(entries, BATCH):
            self._insert(cursor, tables, batch_of_entries)

    def _forget(self, cursor: CursorWrapper, tables: Tables, ids: Sequence[int]) -> None:
        marks = ", ".join(["%s"] * len(ids))
        cursor.execute(f"SELECT words, title_words FROM {tables.documents} WHERE object_id IN ({marks})", ids)
        known = cursor.fetchall()
        if not known:
            return
        self._count(
            cursor,
            tables,
            [word for row in known for word in row[0].split()],
            [word for row in known for word in row[1].split()],
            step=-1,
        )
        self.delete_text(cursor, tables, ids)
        for table in (tables.documents, tables.names):
            cursor.execute(f"DELETE FROM {table} WHERE object_id IN ({marks})", ids)

    def _insert(self, cursor: CursorWrapper, tables: Tables, entries: Sequence[Entry]) -> None:
        self.insert_text(cursor, tables, entries)
        cursor.executemany(
            f"INSERT INTO {tables.documents} (object_id, words, title_words) VALUES (%s, %s, %s)",
            [(item.object_id, " ".join(sorted(item.words)), " ".join(sorted(item.title_words))) for item in entries],
        )
        cursor.executemany(
            f"INSERT INTO {tables.names} (object_id, position, key, name) VALUES (%s, %s, %s, %s)",
            [(item.object_id, place, key, item.name) for item in entries for place, key in enumerate(item.keys)],
        )
        self._count(
            cursor,
            tables,
            [word for item in entries for word in item.words],
            [word for item in entries for word in item.title_words],
            step=1,
        )

    def _count(
        self, cursor: CursorWrapper, tables: Tables, words: Iterable[str], titles: Iterable[str], *, step: int
    ) -> None:
        by_word, by_title = Counter(words), Counter(titles)
        if not by_word:  # a name of stars and hearts has no word; PostgreSQL refuses an empty list
            return
        cursor.executemany(
            f"""INSERT INTO {tables.words} (word, stem, documents, titles) VALUES (%s, %s, %s, %s)
            ON CONFLICT (word) DO UPDATE SET documents = {tables.words}.documents + excluded.documents,
            titles = {tables.words}.titles + excluded.titles""",
            [(word, stem(word), step * count, step * by_title[word]) for word, count in by_word.items()],
        )
        if step < 0:
            marks = ", ".join(["%s"] * len(by_word))
            cursor.execute(f"DELETE FROM {tables.words} WHERE documents <= 0 AND word IN ({marks})", list(by_word))


def _suggestions(index: SearchIndex, limit: int, allowed: Condition) -> Condition:
    names = Tables(index.name).names
    sql = f"""SELECT name FROM (SELECT name, position, object_id, key FROM {names}
        WHERE key >= %s AND key < %s ORDER BY key LIMIT {int(limit) + SPARE_NAMES}) candidate
        WHERE EXISTS ({allowed[0]}) ORDER BY position > 0, key"""
    return sql, allowed[1]


@functools.lru_cache(maxsize=256)
def _public_suggestions(index: SearchIndex, limit: int) -> Condition:
    return _suggestions(index, limit, _public_condition(index))


def _condition(queryset: "QuerySet[Any]") -> Condition:
    """SQL that gives a row when the candidate's object is in the queryset: a look at one key, not at all of them."""
    own = queryset.order_by().filter(pk=RawSQL("candidate.object_id", ())).values("pk")
    sql, params = own.query.get_compiler(connection=connection).as_sql()
    # Members of enumerations as plain text: drivers are quicker with it.
    return sql, tuple(str(value) if isinstance(value, str) else value for value in params)


@functools.lru_cache(maxsize=64)
def _public_condition(index: SearchIndex) -> Condition:
    # Building the queryset and its SQL takes as long as asking the database.
    return _condition(index.public())
