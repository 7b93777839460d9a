"""The product itself, started as an operator starts it: in one process, or in those of production."""

import contextlib
import fcntl
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import psycopg
import redis
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 480  # seconds; the food table is read and the demo world is made on the way, or all files compressed
T = TypeVar("T")
# Commissions are due as soon as the order is completed, and a small one can be paid out.
AT_ONCE = {"COMMISSION_HOLDING_DAYS": "0", "PAYOUT_MINIMUM": "0.10"}
NOT_INHERITED = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SITE_URL", "PORT", "HOST"}


def wait_for(what: str, look: Callable[[], T | None], *, seconds: float = 30) -> T:
    """What `look` finds, as soon as it finds something. Raises TimeoutError that names `what`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"Waited {seconds} s for {what}.")


class Mailbox:
    """The letters that the product sent, read from the files it leaves them in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def letters_to(self, address: str) -> list[str]:
        """Their texts, oldest first. A file may hold several letters, one under the other."""
        files = sorted(self._folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        raw = b"".join(file.read_bytes() for file in files)
        parsed = [message_from_bytes(one.lstrip(), policy=policy.default) for one in re.split(rb"\n-{79}\n", raw)]
        return [letter.get_content() for letter in parsed if letter["To"] == address]

    def find(self, address: str, pattern: str) -> str:
        """The newest thing that `pattern` names in a letter to `address`; waits for the letter."""

        def look() -> str | None:
            matches = [found for text in self.letters_to(address) if (found := re.search(pattern, text, re.MULTILINE))]
            return matches[-1].group(1) if matches else None

        return wait_for(f"a letter to {address} with {pattern}", look)


class Product:
    """A running FitFoodie."""

    def __init__(self, url: str, folder: Path, environment: dict[str, str]) -> None:
        self.url = url
        self.folder = folder
        self.environment = environment
        self.mailbox = Mailbox(folder / "mail")

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def manage(self, *words: str, stdin: str = "") -> str:
        """What an operator's `manage.py` prints. Raises RuntimeError with it when it fails."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=stdin, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@contextlib.contextmanager
def running_product(folder: Path) -> Iterator[Product]:
    """Starts it in `folder` on a free port; yields when it is ready, ends it with all its threads."""
    port = free_port()
    product = Product(f"http://127.0.0.1:{port}", folder, _environment(folder, port))
    with _started(product, [sys.executable, "manage.py", "start", "--host", "127.0.0.1", "--port", str(port)]):
        yield product


@contextlib.contextmanager
def served_product(folder: Path) -> Iterator[Product]:
    """The processes of production (deploy/serve) on a database of their own, with the demo world in it; one process
    where PostgreSQL or Redis does not answer. What takes days otherwise is due at once."""
    port = free_port()
    environment = _environment(folder, port) | AT_ONCE | (found := own_services())
    product = Product(f"http://127.0.0.1:{port}", folder, environment)
    command = [sys.executable, "manage.py", "start", "--host", "127.0.0.1", "--port", str(port)]
    if found:
        for step in ("migrate", "import_foods", "demo"):  # production itself knows no demo world
            product.manage(step)
        environment |= {
            "DJANGO_SETTINGS_MODULE": "fitfoodie.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "0",
            "VENV": sys.prefix,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "WS_PORT": str(free_port()),
            "BEAT_FILE": str(folder / "var" / "beat"),
        }
        command = ["deploy/serve"]
    with _started(product, command):
        yield product


def own_services() -> dict[str, str]:
    """Addresses of an empty PostgreSQL database and an empty Redis database, where both servers answer."""
    database = urlsplit(os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/fitfoodie")
    store = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
    name = f"{database.path.strip('/')}_served"
    maintenance = database._replace(scheme="postgresql", path="/postgres").geturl()
    try:
        redis.Redis.from_url(store, socket_connect_timeout=3).flushdb()
        with psycopg.connect(maintenance, autocommit=True, connect_timeout=3) as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    except (psycopg.Error, redis.RedisError):
        return {}
    return {"DATABASE_URL": database._replace(path=f"/{name}").geturl(), "REDIS_URL": store}


def _environment(folder: Path, port: int) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    return {name: value for name, value in os.environ.items() if name not in NOT_INHERITED} | {
        "FITFOODIE_VAR": str(folder / "var"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "HTTP_PROXY": "http://127.0.0.1:9",  # nothing may leave this machine
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }


@contextlib.contextmanager
def _started(product: Product, command: list[str]) -> Iterator[None]:
    """Until the block ends; with it end all the processes of the group."""
    with (product.folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=product.environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )

    def ready() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"The product ended with {process.returncode}:\n{product.log()}")
        return _answers(product.url)

    try:
        wait_for("the product to be ready", ready, seconds=STARTS_WITHIN)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def made_once(shared: Path, own: Path) -> Iterator[Callable[[], None]]:
    """Several workers need the same world: the first makes it, the others begin with a copy of its database.

    Yields what the first calls when its world stands. Until then the others wait.
    """
    shared.mkdir(parents=True, exist_ok=True)
    world = shared / "world.sqlite3"
    (own / "var").mkdir(parents=True, exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not world.exists()
        if not is_first:
            copy_database(world, own / "var" / "db.sqlite3")
            fcntl.flock(lock, fcntl.LOCK_UN)

        def keep() -> None:
            if is_first:
                copy_database(own / "var" / "db.sqlite3", world)
                fcntl.flock(lock, fcntl.LOCK_UN)

        yield keep


def copy_database(source: Path, target: Path) -> None:
    """Whole, although `source` is in use."""
    with (
        contextlib.closing(sqlite3.connect(source)) as read,
        contextlib.closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
