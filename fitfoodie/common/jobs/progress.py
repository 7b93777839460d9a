from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from fitfoodie.common.errors import DomainError
from fitfoodie.common.models import BackgroundJob
from fitfoodie.common.models.job import JobState

# How many steps pass between two writes of the row: a watcher sees movement, the database little of it.
STEPS_PER_WRITE = 10


class JobCancelledError(Exception):
    """The owner asked the job to stop."""


class Progress:
    """What a running job tells its watcher."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.done = 0
        self.total: int | None = None

    def expect(self, total: int) -> None:
        self.total = total
        # A second try starts from nothing again: what the first one reported may be more than there is now.
        self._write(total=total, done=self.done)

    def step(self) -> None:
        """One unit done. Raises JobCancelledError soon after the owner cancelled."""
        self.done += 1
        if self.done % STEPS_PER_WRITE == 0 or self.done == self.total:
            self._write(done=self.done)
            if BackgroundJob.objects.filter(pk=self.job_id, cancel_requested_at__isnull=False).exists():
                raise JobCancelledError

    def finish(self, *, result_url: str = "", report: dict[str, Any] | None = None) -> None:
        self._write(done=self.done, result_url=result_url, report=report or {})

    def _write(self, **fields: Any) -> None:
        BackgroundJob.objects.filter(pk=self.job_id).update(updated_at=timezone.now(), **fields)


@contextmanager
def working_on(job_id: int) -> Iterator[Progress | None]:
    """Run the body as the job: running, then done, cancelled or failed.

    Yields None when the job was cancelled while it waited, or is done already.
    A DomainError becomes the job's error text; anything else also travels on, so that the task is retried.
    """
    started = BackgroundJob.objects.filter(pk=job_id).exclude(state__in=[JobState.CANCELLED, JobState.DONE])
    if not started.update(state=JobState.RUNNING, updated_at=timezone.now()):
        yield None
        return
    try:
        yield Progress(job_id)
    except JobCancelledError:
        _close(job_id, JobState.CANCELLED)
    except DomainError as error:
        _close(job_id, JobState.FAILED, error=error.message[:1000])
    except Exception as error:
        _close(job_id, JobState.FAILED, error=f"{type(error).__name__}"[:1000])
        raise
    else:
        _close(job_id, JobState.DONE)


def _close(job_id: int, state: JobState, *, error: str = "") -> None:
    now = timezone.now()
    BackgroundJob.objects.filter(pk=job_id).update(state=state, error=error, finished_at=now, updated_at=now)
