"""Run the suite on the embedded default, then on PostgreSQL and Redis.

The second pass is left out, with a line that says so, where the servers do not answer; with REQUIRE_SERVICES=1 that is
a failure. Arguments are handed on to pytest.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from urllib.parse import urlsplit

import psycopg
import redis

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/fitfoodie")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
WORKERS = os.environ.get("TEST_WORKERS", "2")
# Folders whose tests ask neither a database nor Redis: a second pass would only repeat the first.
PURE = (
    "fitfoodie/common/tests/http",
    "fitfoodie/common/tests/images",
    "meals/tests/covers",
    "meals/tests/importing",
    "meals/tests/ingredients",
    "tests/architecture",
    "tests/design",
    "tests/docs",
)

# What takes longest and finds the same or more on PostgreSQL: left to the second pass where there is one.
STRICTER_ON_POSTGRESQL = ("tests/contracts/test_fuzz.py",)


def missing_services() -> list[str]:
    """What keeps the second pass from running, in words; empty when nothing does."""
    missing = []
    try:
        maintenance = urlsplit(DATABASE_URL)._replace(path="/postgres", scheme="postgresql").geturl()
        with psycopg.connect(maintenance, connect_timeout=3) as connection:
            found = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
            if not found:
                missing.append("PostgreSQL answers, but the PostGIS extension is not installed there")
    except psycopg.Error as error:
        missing.append(f"PostgreSQL does not answer at {urlsplit(DATABASE_URL).netloc}: {error}".splitlines()[0])
    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        missing.append(f"Redis does not answer at {urlsplit(REDIS_URL).netloc}: {error}".splitlines()[0])
    return missing


def run_suite(title: str, environment: dict[str, str], *, without: Iterable[str] = ()) -> int:
    print(f"\n── {title} ──", flush=True)
    left_out = [f"--ignore={folder}" for folder in ("tests/journeys", *without)]
    # Tests last from a millisecond to a minute: a worker that is done takes over what another has before it.
    spread = ["-n", WORKERS, "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", "-q", *spread, "-m", "not browser", *left_out, *sys.argv[1:]]
    inherited = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(command, env=inherited | environment, check=False).returncode


def main() -> int:
    missing = missing_services()
    later = () if missing else STRICTER_ON_POSTGRESQL
    failed = run_suite("SQLite, everything in one process", {}, without=later)
    if not missing:
        services = {"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL}
        title = "PostgreSQL and Redis, without the tests that ask neither"
        return run_suite(title, services, without=PURE) or failed
    print("\n── PostgreSQL and Redis: this pass was left out ──")
    print("\n".join(f"   {line}" for line in missing))
    if os.environ.get("REQUIRE_SERVICES") == "1":
        print("   REQUIRE_SERVICES=1 asks for both, so this run has failed.")
        return 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
