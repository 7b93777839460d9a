"""SQLite: an FTS5 table with a column for each weight, ranked by BM25."""

import uuid
from collections.abc import Iterable, Iterator, Sequence

from django.db.backends.utils import CursorWrapper

from fitfoodie.search.analysis import MAX_WORD
from fitfoodie.search.engines.database import DatabaseEngine
from fitfoodie.search.engines.entries import Entry
from fitfoodie.search.engines.tables import Tables
from fitfoodie.search.questions import Clause, Question
from fitfoodie.search.spelling import Candidate, allowed_edits

# BM25 levels off: one word in a title must outweigh a page of mentions, so the steps between the weights are large.
COLUMN_WEIGHTS = "1000.0, 60.0, 8.0, 1.0"


class SqliteEngine(DatabaseEngine):
    name = "sqlite"
    condition = "({text}.rowid = {key} AND {text}.{text} MATCH %s)"
    rank = "-{text}.rank"

    def expression(self, question: Question) -> str:
        wanted = " AND ".join(self._clause(clause) for clause in question.wanted)
        excluded = "".join(f" NOT {self._clause(clause)}" for clause in question.excluded)
        return f"({wanted}){excluded}" if wanted else ""

    def _clause(self, clause: Clause) -> str:
        """Tokens hold letters and digits only; in quotes they are never operators."""
        if clause.is_phrase:
            forms = dict.fromkeys([clause.indexed, clause.words])
            return "(" + " OR ".join(f'"{" ".join(words)}"' for words in forms) + ")"
        forms_of_word = [f'"{word}"' for word in clause.spellings]
        if clause.is_prefix:
            forms_of_word += [f'"{clause.word}" *']
        return "(" + " OR ".join(forms_of_word) + ")"

    def best_statement(self, tables: Tables, question: Question, asked: str) -> tuple[str, list[str]]:
        sql = f"""SELECT rowid AS object_id, -rank AS score FROM {tables.text} WHERE {tables.text} MATCH %s
            ORDER BY rank, rowid DESC"""
        return sql, [asked]

    def create_statements(self, tables: Tables) -> list[str]:
        return [
            f"""CREATE VIRTUAL TABLE {tables.text} USING fts5
            (a, b, c, d, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')""",
            f"INSERT INTO {tables.text} ({tables.text}, rank) VALUES ('rank', 'bm25({COLUMN_WEIGHTS})')",
            f"""CREATE TABLE {tables.documents}
            (object_id INTEGER PRIMARY KEY, words TEXT NOT NULL, title_words TEXT NOT NULL)""",
            f"""CREATE TABLE {tables.words} (word TEXT PRIMARY KEY, stem TEXT NOT NULL, documents INTEGER NOT NULL,
            titles INTEGER NOT NULL) WITHOUT ROWID""",
            f"""CREATE TABLE {tables.names} (object_id INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL,
            name TEXT NOT NULL, PRIMARY KEY (object_id, position)) WITHOUT ROWID""",
        ]

    def finish_statements(self, tables: Tables) -> list[str]:
        # An index keeps its name when its table is renamed, so a rebuild needs names of its own.
        mark = uuid.uuid4().hex[:8]
        return [
            f"CREATE INDEX {tables.words}_stem_{mark} ON {tables.words} (stem)",
            f"CREATE INDEX {tables.names}_key_{mark} ON {tables.names} (key, name)",
            f"INSERT INTO {tables.text} ({tables.text}) VALUES ('optimize')",
        ]

    def lock(self, cursor: CursorWrapper, tables: Tables) -> None:
        """Nothing to do: transactions are immediate, and SQLite has one writer."""

    def insert_text(self, cursor: CursorWrapper, tables: Tables, entries: Iterable[Entry]) -> None:
        cursor.executemany(
            f"INSERT INTO {tables.text} (rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)",
            [(item.object_id, *(" ".join(terms) for terms in item.terms)) for item in entries],
        )

    def delete_text(self, cursor: CursorWrapper, tables: Tables, ids: Sequence[int]) -> None:
        marks = ", ".join(["%s"] * len(ids))
        cursor.execute(f"DELETE FROM {tables.text} WHERE rowid IN ({marks})", ids)

    def has_table(self, cursor: CursorWrapper, name: str) -> bool:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [name])
        return cursor.fetchone() is not None

    def lookalikes(self, index_name: str, word: str, *, is_prefix: bool) -> Iterator[list[Candidate]]:
        """Most misspelt words keep their first letter; the whole vocabulary is read only for the others."""
        longest = MAX_WORD if is_prefix else len(word) + allowed_edits(word)
        yield self.words_like(index_name, word, beginning=word[0], longest=longest)
        yield self.words_like(index_name, word, beginning="", longest=longest)
