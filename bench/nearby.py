"""The same places in an SQLite file and in PostgreSQL with PostGIS: a thousand questions must have the same answers.

python bench/nearby.py [--places 20000] [--questions 1000]

Needs DATABASE_URL with PostGIS. Places are the cities of the world (FITFOODIE_DATA, folder geo) with some at the poles
and on the date line; each question is a random place and radius, a fifth of them at the edges of the map. Also prints
how long a question takes on each side and the largest difference between the two distances.
"""

import argparse
import csv
import os
import random
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import django
import environ

sys.path.insert(0, str(Path(__file__).parent.parent))

MAX_DIFFERENCE_KM = 0.001
RADII = (1, 5, 25, 100, 500, 2500)
EDGES = [(89.9, 0.0), (-89.9, 120.0), (90.0, 10.0), (-90.0, -10.0), (0.0, 180.0), (0.0, -180.0), (52.0, 179.9)]
TABLE = "bench_nearby_place"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=1_000)
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        print("skipped: DATABASE_URL names no PostgreSQL")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = _connect(Path(folder) / "places.sqlite3")
        return _compare(place, _points(options.places), options.questions)


def _connect(path):
    """A model in two databases: "embedded" and "server"."""
    from django.conf import settings

    server = environ.Env().db("DATABASE_URL")
    embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    settings.configure(DATABASES={"default": embedded, "embedded": embedded, "server": server}, USE_TZ=True)
    django.setup()
    from django.db import models

    class Place(models.Model):
        latitude = models.FloatField()
        longitude = models.FloatField()

        class Meta:
            app_label = "bench"
            db_table = TABLE
            indexes = [models.Index(fields=["latitude", "longitude"], name="bench_nearby_point")]

        def __str__(self):
            return str(self.pk)

    return Place


def _points(count):
    """Deterministic: real cities, a little apart when there are more places than cities."""
    chance = random.Random(7)
    folder = Path(os.environ.get("FITFOODIE_DATA", "/nonexistent")) / "geo" / "cities15000.tsv"
    if folder.is_file():
        rows = csv.DictReader(folder.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
        cities = [(float(row["lat"]), float(row["lon"])) for row in rows]
    else:
        cities = [(chance.uniform(-60, 70), chance.uniform(-180, 180)) for _ in range(10_000)]
    edges = [_moved(edge, chance, 0.5) for edge in EDGES for _ in range(20)]
    return edges + [_moved(city, chance, 0.02) for city in islice(cycle(cities), count - len(edges))]


def _moved(point, chance, degrees):
    latitude = max(-90.0, min(90.0, point[0] + chance.uniform(-degrees, degrees)))
    longitude = point[1] + chance.uniform(-degrees, degrees)
    return latitude, (longitude + 180) % 360 - 180


def _compare(place, points, questions):
    from django.db import connections

    from fitfoodie.common.geo import AddPointIndex, Point, has_postgis, near

    if not has_postgis("server"):
        print("skipped: this PostgreSQL has no PostGIS")
        return 0
    made = [place(pk=number, latitude=at[0], longitude=at[1]) for number, at in enumerate(points, 1)]
    for alias in ("embedded", "server"):
        with connections[alias].schema_editor() as editor:
            editor.execute(f"DROP TABLE IF EXISTS {TABLE}")
            editor.create_model(place)
        place.objects.using(alias).bulk_create(made, batch_size=400)
    with connections["server"].cursor() as cursor:
        cursor.execute(AddPointIndex(TABLE, "bench_nearby_geo").forwards)
        cursor.execute(f"ANALYZE {TABLE}")
    chance = random.Random(11)
    took, differing, found, furthest = {"embedded": 0.0, "server": 0.0}, 0, 0, 0.0
    for _ in range(questions):
        at = _moved(chance.choice(EDGES if chance.random() < 0.2 else points), chance, 1)
        km = chance.choice(RADII)
        answers = {}
        for alias in took:
            began = time.perf_counter()
            rows = near(place.objects.using(alias), Point(*at), km).values_list("pk", "distance_km")
            answers[alias] = dict(rows)
            took[alias] += time.perf_counter() - began
        differing += answers["embedded"].keys() != answers["server"].keys()
        found += len(answers["server"])
        both = answers["embedded"].keys() & answers["server"].keys()
        furthest = max([furthest, *(abs(answers["embedded"][pk] - answers["server"][pk]) for pk in both)])
    with connections["server"].cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")
    print(f"places                         {len(points):>10,}")
    print(f"questions                      {questions:>10,}   places found {found:,}")
    print(f"answers that differ            {differing:>10,}   none may")
    print(f"largest difference in metres   {furthest * 1000:>10.4f}   at most {MAX_DIFFERENCE_KM * 1000:g}")
    print(f"SQLite, box and haversine      {took['embedded'] / questions * 1000:>10.2f} ms a question")
    print(f"PostGIS, GiST index            {took['server'] / questions * 1000:>10.2f} ms a question")
    return int(differing > 0 or furthest > MAX_DIFFERENCE_KM)


if __name__ == "__main__":
    sys.exit(main())
