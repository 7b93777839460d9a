from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app


@contextmanager
def carried_out_here() -> Iterator[None]:
    """Run what is enqueued inside right away, where the broker lives in the memory of this very process.

    For commands: their process ends before an embedded worker would get to the work. With a real broker nothing
    changes, the workers do it.
    """
    conf = current_app.conf
    before = conf.task_always_eager, conf.task_eager_propagates
    if str(conf.broker_url or "").startswith("memory:"):
        # A task that fails must not stop the command: it lands in the dead-letter list like any other.
        conf.task_always_eager, conf.task_eager_propagates = True, False
    try:
        yield
    finally:
        conf.task_always_eager, conf.task_eager_propagates = before
