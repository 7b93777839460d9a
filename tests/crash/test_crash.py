"""A real SIGKILL between commit and dispatch: after a restart each consumer has the event, once."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import prepared

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def environment(tmp_path):
    """A product of its own on a database of its own, of the kind this pass of the suite runs on."""
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "COVERAGE_PROCESS_START"}}
    env |= {"DJANGO_SETTINGS_MODULE": "tests.crash.settings", "FITFOODIE_VAR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    if connection.vendor != "postgresql":
        shutil.copy(prepared.sqlite_file(), tmp_path / "db.sqlite3")
        yield env
        return
    server = prepared.Server.of(settings.DATABASES["default"])
    name = f"fitfoodie_crash_{os.getpid()}"
    prepared.copy_on_postgres(name, server)
    yield env | {"DATABASE_URL": server.url(name)}
    with server.maintenance() as maintenance:
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def report(env: dict[str, str]) -> dict[str, object]:
    return json.loads(run("-m", "tests.crash.report", env=env).stdout.splitlines()[-1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("moment", "before_restart"),
    [
        ("before-dispatch", {"undispatched": 1, "deliveries": []}),
        ("in-dispatch", {"undispatched": 1, "deliveries": [["first", 1]]}),
    ],
)
def test_event_survives_sigkill_and_reaches_each_consumer_once(environment, moment, before_restart):
    run("manage.py", "migrate", "--run-syncdb", "--verbosity", "0", env=environment)

    killed = run("-m", "tests.crash.ring", env=environment | {"DIE": moment})
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, ""), killed.stderr
    assert report(environment) == before_restart

    restarted = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--no-demo", "--port", str(free_port())],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while (found := report(environment))["undispatched"] and time.monotonic() < deadline:
            time.sleep(0.5)
        time.sleep(2.5)  # a second sweep must find nothing more to do
        found = report(environment)
    finally:
        restarted.kill()
        restarted.wait()
    assert found == {"undispatched": 0, "deliveries": [["first", 1], ["second", 1]]}
