"""How long a search takes beside the bare SQL it stands on: `python bench/search_latency.py --data DIR`.

Bare is the engine's own full-text statement on the same table, for the words spelt right, ranked, with the same limit;
for suggestions it is a range over an indexed column,
visible rows only. Ours is all that a caller pays: parsing, correcting, visibility.
Prints each figure with its limit, and exits with 1 when one is missed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fitfoodie.settings.development")

import django

LIMIT = 20
SUGGESTIONS = 8
RATIO_LIMITS = {"postgresql": 2.0, "sqlite": 3.0}
SUGGESTION_RATIO_LIMIT = 2.0
MILLISECONDS_LIMIT = 300.0
# What is typed, and what the bare statement is given in its place.
MISSPELT = {"chiken": "chicken", "brocoli": "broccoli", "avacado": "avocado", "chiken soup": "chicken soup"}
RIGHT = [
    "chicken", "broccoli", "avocado", "chicken soup", "lentil", "garlic bread", "tofu", "pancakes", "beef tacos",
    "tomato pasta", "mushroom", "chocolate cake", "salmon", "rice",
]  # fmt: skip
BEGINNINGS = ["chi", "chick", "bro", "avo", "pan", "spicy", "tom", "soup", "lemon", "pork r"]

BARE = {
    "postgresql": """SELECT object_id, ts_rank(document, asked) AS rank
        FROM search_meals, websearch_to_tsquery('english', %s) AS asked
        WHERE document @@ asked ORDER BY rank DESC, object_id DESC LIMIT %s""",
    "sqlite": "SELECT rowid, rank FROM search_meals WHERE search_meals MATCH %s ORDER BY rank LIMIT %s",
}
BARE_BEGINNING = """SELECT name FROM search_meals_name JOIN meals_meal ON meals_meal.id = object_id
    WHERE key >= %s AND key < %s AND status = 'published' AND audience = 'everyone' ORDER BY key LIMIT %s"""


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    limit: float
    unit: str
    detail: str = ""

    def __str__(self) -> str:
        verdict = "ok" if self.value <= self.limit else "MISSED"
        return f"{verdict:7}{self.name:52}{self.value:8.2f}{self.unit} of {self.limit:g}{self.unit}  {self.detail}"


def seconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def side_by_side(pairs: list[tuple[Callable[[], object], Callable[[], object]]], rounds: int) -> tuple[float, float]:
    """Median milliseconds of both; each pair in turn, so that what disturbs one disturbs the other."""
    ours, bare = [], []
    for our, plain in pairs:
        our(), plain()
    for _ in range(rounds):
        for our, plain in pairs:
            bare.append(seconds(plain) * 1000)
            ours.append(seconds(our) * 1000)
    return median(ours), median(bare)


def run_bare(sql: str, parameters: list[object]) -> list[tuple[object, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def bare_text(text: str) -> object:
    """The words as the index holds them: on SQLite the analysis is ours, so the words are stemmed beforehand."""
    from django.db import connection

    from fitfoodie.search.analysis import indexed_terms, words

    return text if connection.vendor == "postgresql" else " ".join(indexed_terms(words(text), language="en"))


def ratios(name: str, ours: float, bare: float, limit: float) -> list[Figure]:
    detail = f"{ours:.1f} ms, bare {bare:.1f} ms"
    return [Figure(f"{name}, against bare", ours / bare, limit, "x", detail)]


def latencies(rounds: int) -> Iterator[Figure]:
    from django.db import connection

    from fitfoodie.search import services
    from meals.models import Meal

    limit, sql = RATIO_LIMITS[connection.vendor], BARE[connection.vendor]

    def pair(typed: str, meant: str) -> tuple[Callable[[], object], Callable[[], object]]:
        asked = bare_text(meant)
        return (lambda: services.search("meals", typed, limit=LIMIT)), (lambda: run_bare(sql, [asked, LIMIT]))

    right = side_by_side([pair(text, text) for text in RIGHT], rounds)
    yield from ratios("search, spelt right", *right, limit)
    misspelt = side_by_side([pair(typed, meant) for typed, meant in MISSPELT.items()], rounds)
    yield from ratios("search, misspelt", *misspelt, limit)
    yield Figure("search, spelt right", right[0], MILLISECONDS_LIMIT, "ms")
    slowest = max(
        median(seconds(pair(t, t)[0]) * 1000 for _ in range(3)) for t in [*RIGHT, *MISSPELT, "salt", "salt oil"]
    )
    yield Figure("search, the slowest question (salt oil among them)", slowest, MILLISECONDS_LIMIT, "ms")
    newest = Meal.objects.public().filter(minutes__lte=30, diets__has_all=["vegan"])
    filtered = median(
        seconds(lambda text=text: list(services.apply("meals", newest, text).order_by("-search_rank", "-pk")[:LIMIT]))
        for text in RIGHT
    )
    yield Figure("search with filters, rows of a list", filtered * 1000, MILLISECONDS_LIMIT, "ms")


def suggestion_latencies(rounds: int) -> Iterator[Figure]:
    from fitfoodie.search import services

    def pair(text: str) -> tuple[Callable[[], object], Callable[[], object]]:
        parameters: list[object] = [text, text + chr(0x10FFFF), SUGGESTIONS]
        return (lambda: services.suggest("meals", text, limit=SUGGESTIONS)), (
            lambda: run_bare(BARE_BEGINNING, parameters)
        )

    ours, bare = side_by_side([pair(text) for text in BEGINNINGS], rounds)
    yield Figure(
        "suggestions, against bare", ours / bare, SUGGESTION_RATIO_LIMIT, "x", f"{ours:.2f}, bare {bare:.2f} ms"
    )


def findings() -> Iterator[Figure]:
    """How many of the first twenty hits of a misspelt question do not hold what was meant. None may."""
    from fitfoodie.search import services
    from meals.models import Meal
    from meals.search import documents

    for typed, meant in MISSPELT.items():
        ids = [hit.id for hit in services.search("meals", typed, limit=LIMIT).hits]
        texts = [" ".join(found.texts.values()).casefold() for found in documents(Meal.objects.filter(pk__in=ids))]
        accepted = [tuple({word, other}) for word, other in zip(meant.split(), typed.split(), strict=True)]
        wrong = sum(not all(any(form in text for form in forms) for forms in accepted) for text in texts)
        yield Figure(f"“{typed}”: hits without {meant}", wrong + (LIMIT - len(ids)), 0, "", f"{len(ids)} hits")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="one that may be filled; without it SQLite in a temporary file")
    parser.add_argument("--data", type=Path, default=os.environ.get("FITFOODIE_DATA"), help="the shared data folder")
    parser.add_argument("--meals", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = options.database or f"sqlite:///{folder}/bench.sqlite3"
        django.setup()
        raise SystemExit(run(options))


def run(options: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.db import connection

    from bench.seed_meals import fill
    from fitfoodie.search.engines import registry
    from meals.search import MEALS

    call_command("migrate", verbosity=0)
    if registry.of_database().count(MEALS) < options.meals:
        if options.data is None:
            print("Left out: the meals are made from real recipes, and FITFOODIE_DATA names no folder of them.")
            return 0
        fill(options.data, count=options.meals)
    print(f"Search over {registry.of_database().count(MEALS)} meals on {connection.vendor}")
    figures = [*findings(), *latencies(options.rounds), *suggestion_latencies(options.rounds * 10)]
    print(*figures, sep="\n")
    return int(any(figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    main()
