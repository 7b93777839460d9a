"""How close `GET /api/v1/meals` comes to a bare view over the same rows. Exits with 1 below the limit.

Both views are called through the whole WSGI application of one process, in short alternating rounds, so that whatever
else the machine does falls on both alike. Network and server are left out: they cost both the same and would only
flatter the ratio.

    python bench/list_throughput.py                                 on SQLite in a temporary file
    python bench/list_throughput.py --database postgres://…/bench   on a database that may be filled and emptied
"""

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

LIMIT = 0.70
MAX_QUERIES = 4
FILTERS = "max_minutes=60&max_calories=700"
HOST = "localhost"


def configure(database: str, redis: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fitfoodie.settings.production"
    os.environ["DATABASE_URL"] = database
    os.environ["REDIS_URL"] = redis
    os.environ["SECRET_KEY"] = "of-the-benchmark-alone-and-long-enough-to-be-taken"
    os.environ["ALLOWED_HOSTS"] = HOST
    os.environ["SECURE_SSL_REDIRECT"] = "false"
    os.environ["LOG_LEVEL"] = "ERROR"
    # The limits are counted as ever, only too high to be reached.
    os.environ["API_RATE_LIMITS"] = "read=1000000000/60,anonymous_read=1000000000/60"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.bare_urls"
    django.setup()


def fill(count: int):
    from django.core.management import call_command

    from accounts.models import Preferences, Profile, User
    from meals.models import Meal

    call_command("migrate", verbosity=0)
    Meal.objects.all().delete()
    creators = []
    for number in range(50):
        handle = f"bench{number:02}"
        person, is_new = User.objects.get_or_create(
            email=f"{handle}@example.test", defaults={"handle": handle, "name": f"Creator {number}"}
        )
        creators.append(person)
        if is_new:
            Profile.objects.get_or_create(user=person)
            Preferences.objects.get_or_create(user=person)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    Meal.objects.bulk_create(
        (
            Meal(
                slug=f"bench-meal-{number}",
                creator=creators[number % 50],
                title=f"Red lentil soup number {number}",
                summary="Warm, quick and cheap; keeps for three days in the fridge and freezes well.",
                status="published",
                published_at=start + timedelta(minutes=number),
                minutes=number % 90,
                servings=4,
                calories=Decimal(200 + number % 900),
                protein_g=Decimal(number % 60),
                carbs_g=Decimal(50),
                fat_g=Decimal("12.5"),
                diets=frozenset({"vegan", "vegetarian"}),
                allergens=frozenset({"celery"}),
                has_complete_traits=True,
                ingredients_known=5,
                ingredients_total=5,
                price=Decimal("9.50") if number % 3 else None,
                rating_average=Decimal("4.25"),
                rating_count=number % 40,
            )
            for number in range(count)
        ),
        batch_size=500,
    )
    if os.environ["DATABASE_URL"].startswith("postgres"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return creators[0]


def session_cookie(user) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.module_loading import import_string

    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Caller:
    def __init__(self, path: str, query: str, headers: dict[str, str]) -> None:
        from fitfoodie.wsgi import application

        self.application = application
        self.environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "HTTP_HOST": HOST,
            "wsgi.url_scheme": "http",
            "wsgi.multithread": False,
            **headers,
        }

    def __call__(self) -> bytes:
        environ = self.environ | {"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
        status = []
        response = self.application(environ, lambda line, _headers, _exc=None: status.append(line))
        body = b"".join(response)
        response.close()
        assert status[0].startswith("200"), (status, body[:300])
        return body


def rate(call, seconds: float) -> float:
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        call()
        done += 1
    return done / spent


def queries_of(call) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def compare(name: str, headers: dict[str, str], rounds: int, seconds: float) -> bool:
    import orjson

    bare, api = Caller("/bench/bare", "", headers), Caller("/api/v1/meals", FILTERS, headers)
    same = [row["public_id"] for row in orjson.loads(bare())] == [row["id"] for row in orjson.loads(api())["results"]]
    assert same, "the two views show different rows"
    asked = queries_of(api)
    for call in (bare, api):
        rate(call, seconds)
    pairs = [(rate(bare, seconds), rate(api, seconds)) for _ in range(rounds)]
    ratio = statistics.median(api_rate / bare_rate for bare_rate, api_rate in pairs)
    bare_rate, api_rate = (statistics.median(column) for column in zip(*pairs, strict=True))
    is_met = ratio >= LIMIT and asked <= MAX_QUERIES
    print(
        f"{name:<12} bare {bare_rate:7.0f}/s   api {api_rate:7.0f}/s   ratio {ratio:.2f} (limit {LIMIT:.2f})   "
        f"queries {asked} (limit {MAX_QUERIES})   {'ok' if is_met else 'MISSED'}"
    )
    return is_met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="")
    parser.add_argument("--redis", default="")
    parser.add_argument("--meals", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        configure(options.database or f"sqlite:///{folder}/bench.sqlite3", options.redis)
        user = fill(options.meals)
        print(f"20 of {options.meals} meals, {FILTERS}, {os.environ['DATABASE_URL'].split(':')[0]}")
        results = [
            compare("anonymous", {}, options.rounds, options.seconds),
            compare("signed in", {"HTTP_COOKIE": session_cookie(user)}, options.rounds, options.seconds),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
