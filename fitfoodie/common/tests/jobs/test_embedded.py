import threading

import pytest
from celery import Celery, shared_task
from django.core.management import CommandError, call_command

from fitfoodie.celery import app
from fitfoodie.common.jobs.embedded import EmbeddedWorker
from fitfoodie.common.jobs.inline import carried_out_here
from fitfoodie.common.management.commands import start

done = threading.Event()
seen_threads: list[str] = []


@shared_task(name="tests.embedded")
def embedded() -> None:
    seen_threads.append(threading.current_thread().name)
    done.set()


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()
    seen_threads.clear()


@pytest.fixture
def embedded_app():
    """A Celery of its own over memory, whichever broker this pass of the suite runs on."""
    return Celery("embedded-test", broker="memory://", set_as_current=False)


@pytest.fixture
def memory_broker(monkeypatch):
    """The embedded default as a command sees it."""
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setitem(app.conf, "broker_url", "memory://")


def test_task_is_carried_out_in_another_thread(embedded_app):
    worker = EmbeddedWorker(embedded_app)
    worker.start()
    try:
        embedded_app.tasks["tests.embedded"].delay()
        assert done.wait(20)
    finally:
        worker.stop()
    assert seen_threads != [threading.current_thread().name]


class Deaf(threading.Event):
    """The worker takes tasks, but nobody hears of it."""

    def set(self) -> None:
        pass


def test_start_that_takes_too_long_is_told(embedded_app):
    worker = EmbeddedWorker(embedded_app)
    worker._ready = Deaf()
    with pytest.raises(TimeoutError):
        worker.start(timeout=0.01)
    worker._worker.stop()


def test_commands_carry_their_work_out_where_the_broker_is_in_memory(memory_broker):
    with carried_out_here():
        embedded.delay()
        assert done.is_set()
    assert app.conf.task_always_eager is False


def test_commands_leave_their_work_to_the_workers_of_a_real_broker(memory_broker, monkeypatch):
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    with carried_out_here():
        assert app.conf.task_always_eager is False


def test_start_brings_everything_up_in_order(embedded_app, monkeypatch, settings):
    settings.REDIS_URL = ""
    monkeypatch.setattr(start, "app", embedded_app)
    called = []
    monkeypatch.setattr(start, "call_command", lambda name, *args, **options: called.append((name, *args)))
    call_command("start", "--port", "8123", "--no-demo")
    assert called == [("migrate",), ("import_foods",), ("runserver", "127.0.0.1:8123")]


def test_start_with_redis_points_to_the_other_command(settings):
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    with pytest.raises(CommandError, match="make serve"):
        call_command("start")
