"""PostgreSQL: a stored `tsvector` under a GIN index; misspelt words through trigrams (pg_trgm)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from fitfoodie.search.analysis import MAX_WORD
from fitfoodie.search.engines.database import DatabaseEngine
from fitfoodie.search.engines.entries import Entry
from fitfoodie.search.engines.tables import Tables
from fitfoodie.search.index import WEIGHTS
from fitfoodie.search.questions import Clause, Question
from fitfoodie.search.spelling import Candidate, allowed_edits

# D, C, B, A as `ts_rank` wants them. Repeated words add up to at most 1.65 times the weight, so a title wins over any
# number of mentions in the steps.
RANK_WEIGHTS = "{0.04, 0.12, 0.4, 1.0}"
# Limits of a tsvector: positions end at 16383, and a lexeme keeps 255 of them.
LAST_POSITION = 16383
MAX_POSITIONS = 255
# A phrase must not run from one field into the next.
FIELD_GAP = 10
LOOKALIKES = 60


class PostgresqlEngine(DatabaseEngine):
    name = "postgresql"
    condition = "({text}.object_id = {key} AND {text}.document @@ %s::tsquery)"
    rank = f"ts_rank('{RANK_WEIGHTS}', {{text}}.document, %s::tsquery)::float8"

    def rank_of(self, question: Question, asked: str) -> tuple[str, list[str]]:
        return self.rank, [self._wanted(question)]

    def expression(self, question: Question) -> str:
        wanted = self._wanted(question)
        excluded = "".join(f" & !{self._clause(clause)}" for clause in question.excluded)
        return wanted + excluded if wanted else ""

    def _wanted(self, question: Question) -> str:
        return " & ".join(self._clause(clause) for clause in question.wanted)

    def _clause(self, clause: Clause) -> str:
        """Tokens hold letters and digits only; in quotes they are never operators."""
        if clause.is_phrase:
            forms = dict.fromkeys([clause.indexed, clause.words])
            return "(" + " | ".join(" <-> ".join(f"'{word}'" for word in words) for words in forms) + ")"
        forms_of_word = [f"'{word}'" for word in clause.spellings]
        if clause.is_prefix:
            forms_of_word += [f"'{clause.word}':*"]
        return "(" + " | ".join(forms_of_word) + ")"

    def best_statement(self, tables: Tables, question: Question, asked: str) -> tuple[str, list[str]]:
        rank, params = self.rank_of(question, asked)
        sql = f"""SELECT object_id, {rank.replace("{text}", tables.text)} AS score FROM {tables.text}
            WHERE document @@ %s::tsquery ORDER BY score DESC, object_id DESC"""
        return sql, [*params, asked]

    def create_statements(self, tables: Tables) -> list[str]:
        return [
            f"CREATE TABLE {tables.text} (object_id bigint PRIMARY KEY, document tsvector NOT NULL)",
            f"""CREATE TABLE {tables.documents}
            (object_id bigint PRIMARY KEY, words text NOT NULL, title_words text NOT NULL)""",
            f"""CREATE TABLE {tables.words} (word text COLLATE "C" PRIMARY KEY, stem text COLLATE "C" NOT NULL,
            documents integer NOT NULL, titles integer NOT NULL)""",
            f"""CREATE TABLE {tables.names} (object_id bigint NOT NULL, position smallint NOT NULL,
            key text COLLATE "C" NOT NULL, name text NOT NULL, PRIMARY KEY (object_id, position))""",
        ]

    def finish_statements(self, tables: Tables) -> list[str]:
        # Without names PostgreSQL makes free ones up: an index keeps its name when its table is renamed.
        return [
            # Writers wait a little longer so that no reader ever scans a pending list.
            f"CREATE INDEX ON {tables.text} USING gin (document) WITH (fastupdate = off)",
            f"CREATE INDEX ON {tables.words} (stem)",
            f"CREATE INDEX ON {tables.words} USING gin (word gin_trgm_ops)",
            f"CREATE INDEX ON {tables.names} (key)",
            *(f"ANALYZE {name}" for name in tables.all),
        ]

    def lock(self, cursor: CursorWrapper, tables: Tables) -> None:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"search.{tables.index_name}"])

    def insert_text(self, cursor: CursorWrapper, tables: Tables, entries: Iterable[Entry]) -> None:
        cursor.executemany(
            f"INSERT INTO {tables.text} (object_id, document) VALUES (%s, %s::tsvector)",
            [(item.object_id, vector(item)) for item in entries],
        )

    def delete_text(self, cursor: CursorWrapper, tables: Tables, ids: Sequence[int]) -> None:
        cursor.execute(f"DELETE FROM {tables.text} WHERE object_id = ANY(%s)", [list(ids)])

    def has_table(self, cursor: CursorWrapper, name: str) -> bool:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])

    def lookalikes(self, index_name: str, word: str, *, is_prefix: bool) -> Iterator[list[Candidate]]:
        """By trigrams first; a word with two letters swapped may share too few, so then whatever begins like it."""
        table = Tables(index_name).words
        sql = f"""SELECT word, documents, titles FROM {table} WHERE word %% %s
            ORDER BY similarity(word, %s) DESC LIMIT {LOOKALIKES}"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [word, word])
            yield [Candidate(*row) for row in cursor.fetchall()]
        longest = MAX_WORD if is_prefix else len(word) + allowed_edits(word)
        yield self.words_like(index_name, word, beginning=word[0], longest=longest)


def vector(item: Entry) -> str:
    """The text form of the tsvector: each lexeme with its positions, each with its weight."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    position = 0
    for weight, terms in zip(WEIGHTS, item.terms, strict=True):
        for term in terms:
            position += 1
            if len(places[term]) < MAX_POSITIONS:
                places[term].append(f"{min(position, LAST_POSITION)}{weight}")
        position += FIELD_GAP
    return " ".join(f"'{term}':{','.join(where)}" for term, where in places.items())
