"""A database with every migration carried out, made once and copied for each process of the suite.

Running the migrations takes most of a minute, copying what they made a moment. What was made lies in `build/prepared/`
for SQLite and in a database beside the test databases for PostgreSQL, under a digest of what it was made of: a changed
migration makes it anew. Copying is carried out under a lock, so any number of processes may start at once.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "prepared"
PREFIX = "fitfoodie_prepared_"
# Besides the migrations themselves: what they call, and the packages that bring migrations of their own.
MADE_OF = ("*/migrations/*.py", "fitfoodie/*/migrations/*.py", "fitfoodie/search/*.py", "fitfoodie/search/engines/*.py")
AND_OF = ("fitfoodie/common/geo.py", "requirements.txt")


def digest() -> str:
    files = sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern)} | {ROOT / name for name in AND_OF})
    total = hashlib.sha256(sys.version.encode())
    for path in files:
        total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()[:16]


def migrate(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "fitfoodie.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@contextmanager
def filled(name: str) -> Iterator[None]:
    """The test database `name` of the default connection is a copy of the prepared one, as long as this lasts."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name, uri=True)) as memory:  # shared with Django's own connection, and held open
            with closing(sqlite3.connect(sqlite_file())) as prepared:
                prepared.backup(memory)
            yield
    else:
        copy_on_postgres(name, Server.of(connection.settings_dict))
        yield


def sqlite_file() -> Path:
    """Where the prepared database of SQLite lies; it is made when it does not."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"{digest()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            unfinished = made.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            migrate(f"sqlite:///{unfinished}")
            with closing(sqlite3.connect(unfinished)) as whole:  # one file, without the journal beside it
                whole.execute("PRAGMA journal_mode=DELETE")
            unfinished.rename(made)
    return made


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server, and who one is there."""

    host: str
    port: int
    user: str
    password: str

    @classmethod
    def of(cls, conf: dict[str, Any]) -> "Server":
        """Of the settings of a connection."""
        return cls(conf["HOST"], int(conf["PORT"] or 5432), conf["USER"], conf["PASSWORD"])

    def maintenance(self) -> psycopg.Connection:
        return psycopg.connect(**asdict(self), dbname="postgres", autocommit=True)

    def url(self, name: str) -> str:
        user = quote(self.user) + (f":{quote(self.password)}" if self.password else "")
        return f"postgres://{user}@{self.host}:{self.port}/{name}"


def copy_on_postgres(name: str, server: Server) -> None:
    """Lays the database `name` anew."""
    prepared = PREFIX + digest()
    with server.maintenance() as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        if not maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [prepared]).fetchone():
            _prepare_on_postgres(prepared, maintenance, server)
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{prepared}"')


def _prepare_on_postgres(prepared: str, maintenance: psycopg.Connection, server: Server) -> None:
    unfinished = f"{PREFIX}unfinished"
    old = maintenance.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
    for (name,) in old:
        maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    maintenance.execute(f'CREATE DATABASE "{unfinished}"')
    migrate(server.url(unfinished))
    maintenance.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{prepared}"')
