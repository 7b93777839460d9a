"""The product itself, started as an operator starts it: one process, its own database, background work running."""

import contextlib
import fcntl
import os
import re
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

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 240  # seconds; the food table is read and the demo world is made on the way
T = TypeVar("T")
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

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.mailbox = Mailbox(folder / "mail")

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


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
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED} | {
        "FITFOODIE_VAR": str(folder / "var"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "SITE_URL": url,
        "LOG_LEVEL": "WARNING",
        "HTTP_PROXY": "http://127.0.0.1:9",  # nothing may leave this machine
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    command = [sys.executable, "manage.py", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    product = Product(url, folder)

    def ready() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"The product ended with {process.returncode}:\n{product.log()}")
        return _answers(url)

    try:
        wait_for("the product to be ready", ready, seconds=STARTS_WITHIN)
        yield product
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
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
