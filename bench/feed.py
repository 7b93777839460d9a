"""The feed at its size: reading it beside a bare indexed query for the same rows; publishing beside nobody listening.

A person follows 500 of 5,000 creators over 1,000,000 items; a creator with 100,000 followers publishes, and one with
none.
Both sides of a pair are called in turn in one process, so that whatever else the machine does falls on both alike.
Exits with 1 when a limit is missed.

    python bench/feed.py                                 on SQLite in a temporary file
    python bench/feed.py --database postgres://…/bench   on a database that may be filled and emptied
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

READ_LIMIT = 3.0
PUBLISH_LIMIT = 1.2
SIZE = 20
CREATORS, FOLLOWED = 5000, 500
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


def make_people(prefix: str, count: int):
    from accounts.models import Preferences, Profile, User

    people = User.objects.bulk_create(
        (
            User(email=f"{prefix}{n}@example.test", handle=f"{prefix}{n}", name=f"{prefix} {n}", password="!")
            for n in range(count)
        ),
        batch_size=2000,
    )
    Profile.objects.bulk_create((Profile(user=person) for person in people), batch_size=2000)
    Preferences.objects.bulk_create((Preferences(user=person) for person in people), batch_size=2000)
    return people


def follow(pairs) -> None:
    from social.models import Follow

    rows = (Follow(follower=a, followee=b, state="accepted", requested_at=START, accepted_at=START) for a, b in pairs)
    Follow.objects.bulk_create(rows, batch_size=2000)


def fill(items: int, followers: int):
    from allauth.account.models import EmailAddress
    from django.core.management import call_command
    from django.db import connection

    from accounts.enums import Role
    from accounts.services.roles import grant_role
    from meals.models import IngredientLine, Meal
    from social.models import FeedEntry, FeedItem

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    creators = make_people("creator", CREATORS)
    reader, loud, quiet = make_people("some", 3)
    for person in (loud, quiet):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        grant_role(user=person, role=Role.CREATOR, actor=None, reason="Benchmark", now=START)
    fans = make_people("fan", followers)
    follow((reader, creator) for creator in creators[:: CREATORS // FOLLOWED])
    follow((fan, loud) for fan in fans)
    meals = Meal.objects.bulk_create(
        (
            Meal(
                slug=f"m{n}",
                title=f"Soup {n}",
                creator=creators[n * 7 % CREATORS],
                status="published",
                published_at=START,
            )
            for n in range(REAL)
        ),
        batch_size=1000,
    )
    real = [meal.pk for meal in meals]
    beyond = real[-1] + 10_000_000
    for begin in range(0, items, 50_000):
        rows = (
            FeedItem(
                actor=creators[n * 7 % CREATORS],
                kind="meal",
                subject_type="meals.meal",
                subject_id=real[n - items] if n >= items - REAL else beyond + n,
                happened_at=START + timedelta(seconds=n),
            )
            for n in range(begin, min(begin + 50_000, items))
        )
        made = FeedItem.objects.bulk_create(rows, batch_size=5000)
        followed = {creator.pk for creator in creators[:: CREATORS // FOLLOWED]}
        FeedEntry.objects.bulk_create(
            (
                FeedEntry(owner=reader, item=one, happened_at=one.happened_at)
                for one in made
                if one.actor_id in followed
            ),
            batch_size=5000,
        )
    drafts = [
        Meal.objects.create(slug=f"draft-{n}-{person.handle}", title="Soup", creator=person)
        for n in range(400)
        for person in (loud, quiet)
    ]
    IngredientLine.objects.bulk_create(IngredientLine(meal=draft, position=0, text="1 onion") for draft in drafts)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return reader, loud, quiet


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


def publishing(loud, quiet, followers: int, rounds: int) -> bool:
    from django.test import Client

    def publisher(person):
        client = Client()
        client.force_login(person)
        numbers = iter(range(400))

        def publish():
            slug = f"draft-{next(numbers)}-{person.handle}"
            answer = client.post(
                f"/api/v1/meals/{slug}/transition", {"to": "published"}, content_type="application/json"
            )
            assert answer.status_code == 200, answer.content[:500]

        return publish

    alone, heard = in_turn(publisher(quiet), publisher(loud), rounds)
    ratio = heard / alone
    print(
        f"publishing {followers:,} followers   none {alone * 1000:6.2f} ms   all {heard * 1000:6.2f} ms   "
        f"ratio {ratio:.2f} (limit {PUBLISH_LIMIT:.1f})   {'ok' if ratio <= PUBLISH_LIMIT else 'MISSED'}"
    )
    return ratio <= PUBLISH_LIMIT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="")
    parser.add_argument("--redis", default="")
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--followers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        configure(options.database or f"sqlite:///{folder}/bench.sqlite3", options.redis)
        reader, loud, quiet = fill(options.items, options.followers)
        print(f"{FOLLOWED} of {CREATORS} creators, {options.items:,} items, {os.environ['DATABASE_URL'].split(':')[0]}")
        results = [
            reading(reader, options.rounds),
            publishing(loud, quiet, options.followers, options.rounds),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
