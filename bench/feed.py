"""The feed at its size: reading it beside a bare indexed query for the same rows; publishing beside nobody listening.

A person follows 500 of 5,000 creators over 1,000,000 items; a creator with 100,000 followers publishes, and one with
none.
Both sides of a pair are called in turn in one process, so that whatever else the machine does falls on both alike.
Exits with 1 when a limit is missed.

    python bench/feed.py                                 on SQLite in a temporary file
    python bench/feed.py --server postgres://…           on a database of its own there, ff_feed
    python bench/feed.py --database postgres://…/bench   on a database that may be filled and emptied
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

READ_LIMIT = 3.0
PUBLISH_LIMIT = 1.2
SIZE = 20
CREATORS, FOLLOWED = 5000, 500
DRAFTS = 400
ADDRESSES = {
    "meal": "/api/v1/meals/draft-{n}-{handle}/transition",
    "post": "/api/v1/influencers/{handle}/posts/{handle}{n}/transition",
}
# So many of the newest items lead to meals that exist: more than any page reaches.
REAL = 20_000
START = datetime(2026, 1, 1, tzinfo=UTC)


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


# Where the ids of rows begin that are made by one statement: below stay those that are made one by one.
CREATOR, FAN, MEAL, ITEM, BEYOND = 1_000_000, 2_000_000, 3_000_000, 10_000_000, 100_000_000


def create(database: str) -> None:
    """The database itself, beside the one every server has."""
    import psycopg

    server, _, name = database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def multiply(pattern, count: int, **told: str) -> None:
    """So many rows like `pattern`, by one statement; what is told in SQL may speak of `n`, counted from 0."""
    from django.db import connection

    names = [field.column for field in pattern._meta.concrete_fields]
    table = connection.ops.quote_name(pattern._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    values = ", ".join(told.get(name, f"one.{connection.ops.quote_name(name)}") for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) "
            f"WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < {count - 1}) "
            f"SELECT {values} FROM series, {table} one WHERE one.id = {pattern.pk}"
        )


def instant(seconds: str) -> str:
    """So many after START, in SQL."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"TIMESTAMPTZ '{START.isoformat()}' + ({seconds}) * INTERVAL '1 second'"
    return f"datetime('{START:%Y-%m-%d %H:%M:%S}', ({seconds}) || ' seconds')"


def make_person(handle: str):
    from accounts.models import Preferences, Profile, User

    person = User.objects.create(email=f"{handle}@example.test", handle=handle, name=handle, password="!")
    return person, Profile.objects.create(user=person), Preferences.objects.create(user=person)


def make_people(prefix: str, first_id: int, count: int) -> None:
    person, profile, preferences = make_person(f"pattern_{prefix}")
    address = f"'{prefix}' || n || '@example.test'"
    multiply(person, count, id=f"{first_id} + n", email=address, handle=f"'{prefix}' || n")
    for row in (profile, preferences):
        multiply(row, count, id=f"{first_id} + n", user_id=f"{first_id} + n")


def follow(follower, followee, count: int, **told: str) -> None:
    from social.models import Follow

    usual = {"state": "accepted", "requested_at": START, "accepted_at": START}
    pattern = Follow.objects.create(follower=follower, followee=followee, **usual)
    multiply(pattern, count, **told)
    pattern.delete()


def fill(items: int, followers: int):
    from allauth.account.models import EmailAddress
    from django.core.management import call_command
    from django.db import connection

    from accounts.enums import Role
    from accounts.services.roles import grant_role

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    (reader, *_), (loud, *_), (quiet, *_), (other, *_) = map(make_person, ("reader", "loud", "quiet", "other"))
    for person in (loud, quiet):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        grant_role(user=person, role=Role.CREATOR, actor=None, reason="Benchmark", now=START)
    make_people("creator", CREATOR, CREATORS)
    make_people("fan", FAN, followers)
    step = CREATORS // FOLLOWED
    follow(reader, other, FOLLOWED, id=f"{CREATOR} + n", followee_id=f"{CREATOR} + n * {step}")
    follow(other, loud, followers, id=f"{FAN} + n", follower_id=f"{FAN} + n")
    fill_feed(reader, other, items, step)
    drafts(loud, quiet)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return reader, loud, quiet


def fill_feed(reader, other, items: int, step: int) -> None:
    """An item a second, creators by turns; what the newest of them lead to is there."""
    from django.db import connection

    from meals.models import Meal
    from social.models import FeedEntry, FeedItem

    first = items - REAL
    meal = Meal.objects.create(slug="pattern", title="Soup", creator=other, status="published", published_at=START)
    real = {"slug": "'m' || n", "title": "'Soup ' || n", "public_id": "'soup' || n"}
    real = {name: value for name, value in real.items() if name in {field.column for field in Meal._meta.fields}}
    multiply(meal, REAL, id=f"{MEAL} + n", creator_id=f"{CREATOR} + (n + {first}) * 7 % {CREATORS}", **real)
    usual = {"kind": "meal", "subject_type": "meals.meal", "happened_at": START}
    item = FeedItem.objects.create(actor=other, subject_id=1, **usual)
    subject = f"CASE WHEN n >= {first} THEN {MEAL} + n - {first} ELSE {BEYOND} + n END"
    whose = f"{CREATOR} + n * 7 % {CREATORS}"
    multiply(item, items, id=f"{ITEM} + n", actor_id=whose, subject_id=subject, happened_at=instant("n"))
    entries, source = FeedEntry._meta.db_table, FeedItem._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {entries} (owner_id, item_id, happened_at) SELECT {reader.pk}, id, happened_at "
            f"FROM {source} WHERE id >= {ITEM} AND (actor_id - {CREATOR}) % {step} = 0"
        )
    item.delete()


def drafts(loud, quiet) -> None:
    """Meals and posts to be published, as many for both."""
    from influencers.models import Post
    from meals.models import IngredientLine, Meal

    made = [
        Meal(slug=f"draft-{n}-{person.handle}", title="Soup", creator=person)
        for n in range(DRAFTS)
        for person in (loud, quiet)
    ]
    made = Meal.objects.bulk_create(made)
    IngredientLine.objects.bulk_create(IngredientLine(meal=draft, position=0, text="1 onion") for draft in made)
    Post.objects.bulk_create(
        Post(author=person, text="Soup today.", public_id=f"{person.handle}{n}")
        for n in range(DRAFTS)
        for person in (loud, quiet)
    )


def seconds_of(call) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def in_turn(one, other, rounds: int) -> tuple[float, float]:
    """Medians in seconds; each warmed up, then called by turns."""
    for call in (one, other):
        for _warm in range(5):
            call()
    pairs = [(seconds_of(one), seconds_of(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def reading(reader, rounds: int) -> bool:
    from meals.api.shapes import CARD_COLUMNS
    from meals.models import Meal
    from social.models import FeedEntry
    from social.selectors import feed

    def asked():
        return feed.following_page(reader, after=None, size=SIZE, show=feed.shapes_of).lines

    lines = asked()
    ids, subjects = [line.item.pk for line in lines], [line.item.subject_id for line in lines]
    assert len(ids) == SIZE

    def bare():
        """The same 20 rows by the index that orders them, with the person, and the meals they show by primary key: what
        the page holds, and nothing asked about who may see it."""
        entries = FeedEntry.objects.filter(owner=reader).order_by("-happened_at", "-item_id")
        rows = list(entries.select_related("item__actor__profile__photo")[:SIZE])
        return rows, list(Meal.objects.filter(pk__in=subjects).values(*CARD_COLUMNS))

    plain, real = in_turn(bare, asked, rounds)
    ratio = real / plain
    print(
        f"reading {SIZE} lines  bare {plain * 1000:6.2f} ms   feed {real * 1000:6.2f} ms   ratio {ratio:.2f} "
        f"(limit {READ_LIMIT:.1f})   {'ok' if ratio <= READ_LIMIT else 'MISSED'}"
    )
    return ratio <= READ_LIMIT


def publishing(kind: str, address: str, loud, quiet, followers: int, rounds: int) -> bool:
    from django.test import Client

    def publisher(person):
        client = Client()
        client.force_login(person)
        numbers = iter(range(DRAFTS))

        def publish():
            path = address.format(n=next(numbers), handle=person.handle)
            answer = client.post(path, {"to": "published"}, content_type="application/json")
            assert answer.status_code == 200, answer.content[:500]

        return publish

    alone, heard = in_turn(publisher(quiet), publisher(loud), rounds)
    ratio = heard / alone
    print(
        f"publishing a {kind}, {followers:,} followers   none {alone * 1000:6.2f} ms   all {heard * 1000:6.2f} ms   "
        f"ratio {ratio:.2f} (limit {PUBLISH_LIMIT:.1f})   {'ok' if ratio <= PUBLISH_LIMIT else 'MISSED'}",
        flush=True,
    )
    return ratio <= PUBLISH_LIMIT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="")
    parser.add_argument("--server", default="")
    parser.add_argument("--redis", default="")
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--followers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = f"{options.server}/ff_feed" if options.server else options.database
        if options.server:
            create(database)
        configure(database or f"sqlite:///{folder}/bench.sqlite3", options.redis)
        reader, loud, quiet = fill(options.items, options.followers)
        print(f"{FOLLOWED} of {CREATORS} creators, {options.items:,} items, {os.environ['DATABASE_URL'].split(':')[0]}")
        results = [
            reading(reader, options.rounds),
            *(
                publishing(kind, address, loud, quiet, options.followers, options.rounds)
                for kind, address in ADDRESSES.items()
            ),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
