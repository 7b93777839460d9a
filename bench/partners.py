"""The deck at its size: `GET /api/v1/matches/partners` beside the bare query for the same people, in one run.

People live around the real cities of FITFOODIE_DATA (GeoNames), denser where more live; each pair of calls is made in
turn in one process for another viewer, so that whatever else the machine does falls on both alike. Exits with 1 when
the answer takes more than twice the query, when the plan does not walk the spatial index, or when memory grows.

    python bench/partners.py --people 200000     fills postgres://…/ff_partners_200000 unless it is filled
    python bench/partners.py --people 1000000
"""

import argparse
import csv
import itertools
import json
import math
import os
import random
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

LIMIT = 2.0
GROWTH_KB = 8 * 1024
VIEWERS = 60
CITIES = 100
# So many are drawn one by one; more live where those live, and train as others do.
BASE = 200_000
SPREAD = 7919  # a prime that shares nothing with BASE
PLACE = frozenset({"id", "user_id", "latitude", "longitude", "cell_latitude", "cell_longitude", "located_at"})
NOW = datetime.now(UTC)
INDEX = "matching_profile_deck"


def configure(database: str, redis: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fitfoodie.settings.production"
    os.environ["DATABASE_URL"] = database
    os.environ["REDIS_URL"] = redis
    os.environ["SECRET_KEY"] = "of-the-benchmark-alone-and-long-enough-to-be-taken"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    os.environ["SECURE_SSL_REDIRECT"] = "false"
    os.environ["LOG_LEVEL"] = "ERROR"
    os.environ["API_RATE_LIMITS"] = "read=1000000000/60,write=1000000000/60"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()


def create(database: str) -> None:
    """The database itself, beside the one every server has."""
    import psycopg

    server, _, name = database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def cities() -> list[tuple[float, float, int, str]]:
    """Latitude, longitude, inhabitants, time zone of the largest."""
    path = Path(os.environ.get("FITFOODIE_DATA", "")) / "geo" / "cities15000.tsv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = [(float(row["lat"]), float(row["lon"]), int(row["population"]), row["timezone"]) for row in rows]
    return sorted(found, key=lambda city: -city[2])[:CITIES]


class People:
    """Drawn from a seeded generator: two runs make the same people."""

    def __init__(self) -> None:
        from matching import sport_bits, week

        self.draw = random.Random(4)
        self.cities = cities()
        self.weights = list(itertools.accumulate(city[2] for city in self.cities))
        self.sports = self.draw.sample(sport_bits.ORDER, len(sport_bits.ORDER))
        self.liked = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.sports))))
        self.weeks = [week.pack(self._slots(week)) for _ in range(2000)]

    def _slots(self, week) -> list:
        start = self.draw.choice((12, 13, 14, 24, 34, 35, 36, 38))
        days = self.draw.sample(range(7), self.draw.randint(1, 5))
        return [week.Slot(day, half) for day in days for half in range(start, start + self.draw.randint(2, 5))]

    def place(self):
        from fitfoodie.common.geo import Point

        (city,) = self.draw.choices(self.cities, cum_weights=self.weights)
        spread = (2 + math.sqrt(city[2]) / 500) / 111
        latitude = max(-89.0, min(89.0, self.draw.gauss(city[0], spread)))
        longitude = self.draw.gauss(city[1], spread / math.cos(math.radians(latitude)))
        return Point(latitude, (longitude + 180) % 360 - 180), city[3]

    def skills(self) -> dict[str, int]:
        chosen = self.draw.choices(self.sports, cum_weights=self.liked, k=self.draw.randint(1, 5))
        return {sport: self.draw.choices((1, 2, 3), (3, 4, 2))[0] for sport in chosen}


class Table:
    """Rows of a model by COPY: what a column holds unless told is what the model says."""

    def __init__(self, model, **usual) -> None:
        from django.db import connection

        one = model(**usual)
        self.table = model._meta.db_table
        self.fields = list(model._meta.concrete_fields)
        self.names = [field.column for field in self.fields]
        self.usual = [field.get_db_prep_save(field.pre_save(one, True), connection) for field in self.fields]
        self.places = {name: place for place, name in enumerate(self.names)}

    def row(self, **told) -> list:
        row = list(self.usual)
        for name, value in told.items():
            row[self.places[name]] = value
        return row

    def again(self, base: int, offset: int, **told) -> None:
        """The first rows once more, `offset` further on: each with what is told in SQL, of the row itself (`one`) or
        of another (`other`); %s is the offset."""
        from django.db import connection

        told = {name: value.replace("%s", str(offset)) for name, value in told.items()} | {"id": f"one.id + {offset}"}
        names = ", ".join(f'"{name}"' for name in self.names)
        values = ", ".join(told.get(name, f'one."{name}"') for name in self.names)
        other = f"(one.id * {SPREAD} + {offset}) %% {base} + 1"
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{self.table}" ({names}) SELECT {values} FROM "{self.table}" one '
                f'JOIN "{self.table}" other ON other.id = {other} WHERE one.id <= {base}'.replace("%%", "%")
            )

    def copy(self, rows) -> None:
        from django.db import connection

        names = ", ".join(f'"{name}"' for name in self.names)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{self.table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def fill(count: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import Preferences, Profile, User
    from matching.models import FitnessProfile

    call_command("migrate", verbosity=0)
    if User.objects.count() >= count:
        return
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    people = People()
    begin = time.perf_counter()
    base = min(count, BASE)
    ids = range(1, base + 1)
    users = Table(User, password="!", joined_at=NOW)
    users.copy(users.row(id=n, email=f"p{n}@example.test", handle=f"p{n}", name=f"Person {n}") for n in ids)
    profiles = Table(Profile)
    profiles.copy(profiles.row(id=n, user_id=n) for n in ids)
    places = [people.place() for _ in ids]
    preferences = Table(Preferences)
    preferences.copy(preferences.row(id=n, user_id=n, time_zone=places[n - 1][1]) for n in ids)
    fitness = Table(FitnessProfile, is_ready=True, located_at=NOW)
    fitness.copy(_fitness(people, fitness, n, places[n - 1][0]) for n in ids)
    for offset in range(base, count, base):
        users.again(base, offset, email="'p' || one.id + %s || '@example.test'", handle="'p' || one.id + %s")
        profiles.again(base, offset, user_id="one.user_id + %s")
        preferences.again(base, offset, user_id="one.user_id + %s")
        taste = {name: f'other."{name}"' for name in fitness.names if name not in PLACE}
        fitness.again(base, offset, **(taste | {"user_id": "one.user_id + %s"}))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say_things(count)
    # As autovacuum would have left it.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{count:,} people made in {time.perf_counter() - begin:.0f} s", flush=True)


def _fitness(people: People, table: Table, n: int, point) -> list:
    from matching import sport_bits
    from matching.grid import cell_of

    draw, cell, skills = people.draw, cell_of(point), people.skills()
    bits = {}
    for skill in (1, 2, 3):
        bits[f"skill_{skill}_low"], bits[f"skill_{skill}_high"] = sport_bits.at_skill(skills, skill)
    return table.row(
        id=n,
        user_id=n,
        skills=json.dumps(skills),
        goals=draw.randrange(256),
        week=draw.choice(people.weeks),
        born_on=date(2000, 1, 1) - timedelta(days=draw.randrange(-500, 14_000)),
        gender=draw.choices(("", "woman", "man", "non_binary"), (2, 4, 4, 1))[0],
        latitude=point.latitude,
        longitude=point.longitude,
        cell_latitude=cell.latitude,
        cell_longitude=cell.longitude,
        radius_km=draw.choice((5, 10, 10, 10, 20, 50)),
        level_gap=draw.choices((0, 1, 2), (2, 6, 2))[0],
        same_gender_only=draw.random() < 0.08,
        is_paused=draw.random() < 0.05,
        is_incognito=draw.random() < 0.05,
        **bits,
    )


def viewers(count: int) -> list[int]:
    """Spread over all; each has a deck."""
    from matching.models import FitnessProfile

    drawn = random.Random(5).sample(range(1, count + 1), VIEWERS * 3)
    asked = FitnessProfile.objects.filter(user_id__in=drawn, is_paused=False, same_gender_only=False)
    return list(asked.order_by("user_id").values_list("user_id", flat=True)[:VIEWERS])


def say_things(count: int) -> None:
    """Each viewer has passed 20 of the nearest, liked some and blocked some; people were shown today."""
    from matching.models import FitnessProfile, Impression, MatchAction
    from matching.selectors.candidates import candidates_for
    from social.models import Block

    shown = []
    for viewer in FitnessProfile.objects.filter(user_id__in=viewers(count)).select_related("user"):
        near = [candidate.user_id for candidate in candidates_for(viewer, limit=60, now=NOW)]
        verbs = [("pass", near[:20]), ("like", near[20:25])]
        MatchAction.objects.bulk_create(
            MatchAction(actor_id=viewer.user_id, target_id=one, verb=verb, acted_at=NOW)
            for verb, ones in verbs
            for one in ones
        )
        Block.objects.bulk_create(Block(blocker=viewer.user, blocked_id=one, blocked_at=NOW) for one in near[25:27])
        shown += near[27:]
    about = {"day": NOW.date(), "shown_at": NOW, "position": 1, "score": 50, "components": {}, "model": "rules"}
    draw = random.Random(6)
    pairs = {(draw.randint(1, count), one) for one in shown for _ in range(30)}
    Impression.objects.bulk_create(
        (Impression(viewer_id=a, candidate_id=b, **about) for a, b in pairs if a != b), batch_size=5000
    )


def statement(viewer_id: int):
    """Who may be shown and how far they are, with the columns that tell who trains what and when; nothing of how often
    they were shown or when they were here."""
    from matching.models import FitnessProfile
    from matching.policy import asker_of
    from matching.selectors.candidates import LIMIT as ROWS
    from matching.selectors.candidates import candidate_rows

    viewer = FitnessProfile.objects.get(user_id=viewer_id)
    rows = candidate_rows(asker_of(viewer, NOW)).values_list("user_id", "distance_km", "skills", "week")
    return rows[:ROWS].query.sql_with_params()


def bare(viewer_id: int):
    """The statement as the database gets it, compiled before the clock runs."""
    from django.db import connection

    sql, params = statement(viewer_id)

    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    return run


def asked(viewer_id: int):
    """The endpoint as the person's app asks it."""
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(pk=viewer_id))

    def run():
        answer = client.get("/api/v1/matches/partners")
        assert answer.status_code == 200, answer.content[:500]
        return answer.json()["results"]

    return run


def seconds_of(call) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def in_turn(pairs, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each call of both sides, after a warm-up; who goes first changes, for the second finds warm pages."""
    for one, other in pairs:
        one(), other()
    times = []
    for number, (one, other) in enumerate(itertools.islice(itertools.cycle(pairs), rounds)):
        if (number + number // len(pairs)) % 2:
            second, first = seconds_of(other), seconds_of(one)
        else:
            first, second = seconds_of(one), seconds_of(other)
        times.append((first, second))
    return [a for a, _ in times], [b for _, b in times]


def plan_of(viewer_id: int) -> str:
    from django.db import connection

    sql, params = statement(viewer_id)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def resident_kb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def memory(calls) -> tuple[int, int]:
    """After 10 requests and after 500 more."""
    around = itertools.cycle(calls)
    for call in itertools.islice(around, 10):
        call()
    first = resident_kb()
    for call in itertools.islice(around, 500):
        call()
    return first, resident_kb()


def measure(count: int, rounds: int, show_plan: bool) -> bool:
    ids = viewers(count)
    rows = [len(bare(viewer)()) for viewer in ids]
    plans = [plan_of(viewer) for viewer in ids[:10]]
    walked = sum(f"using {INDEX}" in plan or f"on {INDEX}" in plan for plan in plans)
    if show_plan:
        print(plans[max(range(10), key=lambda place: rows[place])])
    plain, real = in_turn([(bare(viewer), asked(viewer)) for viewer in ids], rounds)
    one, other = statistics.median(plain), statistics.median(real)
    tail = statistics.quantiles(real, n=100)
    ratio = other / one
    print(f"{count:,} people, {len(ids)} viewers, {statistics.median(rows):.0f} candidates in the middle (0 to 500)")
    print(f"query {one * 1000:.1f} ms   endpoint {other * 1000:.1f} ms (p99 {tail[-1] * 1000:.0f})   ", end="")
    print(f"ratio {ratio:.2f} (limit {LIMIT:.1f})   {'ok' if ratio <= LIMIT else 'MISSED'}")
    print(
        f"plans with the spatial index {walked} of {len(plans)}   {'ok' if walked == len(plans) else 'MISSED'}",
        flush=True,
    )
    first, last = memory([asked(viewer) for viewer in ids])
    flat = last - first <= GROWTH_KB
    print(f"memory after 10 requests {first:,} kB, after 500 more {last:,} kB   {'ok' if flat else 'MISSED'}")
    return ratio <= LIMIT and walked == len(plans) and flat


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432")
    parser.add_argument("--redis", default="")
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--plan", action="store_true", help="print the plan of one viewer")
    parser.add_argument("--fill-only", action="store_true")
    options = parser.parse_args()
    database = f"{options.server}/ff_partners_{options.people}"
    create(database)
    configure(database, options.redis)
    fill(options.people)
    return 0 if options.fill_only or measure(options.people, options.rounds, options.plan) else 1


if __name__ == "__main__":
    sys.exit(main())
