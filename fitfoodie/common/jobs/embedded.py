"""The embedded default: worker and scheduler as threads of the web process, over a broker in memory.

What a crash takes from memory is found again in the database: undispatched events, photos not yet processed, posts that
are due. Nothing may rely on the broker alone.
"""

import threading
from typing import Any

from celery import Celery
from celery.beat import EmbeddedService
from celery.worker import WorkController

WORKER_THREADS = 2


class EmbeddedWorker:
    """Threads that carry out tasks beside the requests. One per process; `stop` waits for the task at hand."""

    def __init__(self, app: Celery, *, threads: int = WORKER_THREADS) -> None:
        self._ready = threading.Event()
        app.loader.import_default_modules()
        app.finalize()
        self._worker = WorkController(
            app=app,
            pool="threads",
            concurrency=threads,
            ready_callback=lambda _consumer: self._ready.set(),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        # A thread: the stubs also know the kind that is a process.
        self._beat: Any = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
        self._thread = threading.Thread(target=self._worker.start, name="embedded-worker", daemon=True)

    def start(self, *, timeout: float = 20) -> None:
        """Returns when the worker takes tasks. Raises TimeoutError when it does not within `timeout` seconds."""
        self._thread.start()
        if not self._ready.wait(timeout):
            raise TimeoutError("The embedded worker did not start.")
        self._beat.daemon = True
        self._beat.start()

    def stop(self) -> None:
        self._beat.stop()
        self._worker.stop()
        self._thread.join(timeout=10)
