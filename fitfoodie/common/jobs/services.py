from datetime import datetime
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError
from fitfoodie.common.models import BackgroundJob, FailedJob
from fitfoodie.common.models.job import JobState

logger = structlog.get_logger(__name__)


def keep_failed_job(*, task_id: str, task: str, kwargs: dict[str, Any], error: Exception, traceback: str) -> FailedJob:
    """Write or refresh the dead-letter row of a task id."""
    logger.error("job_failed", task=task, task_id=task_id, error=repr(error))
    row, _created = FailedJob.objects.update_or_create(
        task_id=task_id,
        defaults={
            "task": task,
            "kwargs": kwargs,
            "error": f"{type(error).__name__}: {error}"[:1000],
            "traceback": traceback[:50_000],
            "correlation_id": str(structlog.contextvars.get_contextvars().get("request_id", "")),
            "failed_at": timezone.now(),
            "settled_at": None,
        },
    )
    return row


@transaction.atomic
def retry_failed_job(*, failed_job_id: int, actor: Any, now: datetime) -> FailedJob:
    """Enqueue the task once more, after commit. Locks the row; raises ConflictError when it was settled before."""
    row = _settle(failed_job_id=failed_job_id, actor=actor, now=now, settlement="retried")
    transaction.on_commit(partial(_enqueue, row.task, row.kwargs))
    return row


@transaction.atomic
def dismiss_failed_job(*, failed_job_id: int, actor: Any, reason: str, now: datetime) -> FailedJob:
    """Close the row without running it. Locks the row; raises ConflictError when it was settled before."""
    return _settle(failed_job_id=failed_job_id, actor=actor, now=now, settlement=f"dismissed: {reason}"[:500])


def _settle(*, failed_job_id: int, actor: Any, now: datetime, settlement: str) -> FailedJob:
    row = FailedJob.objects.select_for_update().get(pk=failed_job_id)
    if row.settled_at is not None:
        raise ConflictError(_("Somebody has settled this job already."))
    row.settled_at = now
    row.settled_by = actor
    row.settlement = settlement
    row.save(update_fields=["settled_at", "settled_by", "settlement"])
    return row


@transaction.atomic
def start_background_job(*, owner: Any, title: str, task: str, **kwargs: Any) -> BackgroundJob:
    """Make the row a person watches and enqueue the task of that name with `job_id` and `kwargs` on commit.

    Services name tasks instead of importing them: tasks stand above services. The task wraps
    its work in `progress.working_on(job_id)`.
    """
    job = BackgroundJob.objects.create(owner=owner, title=title)
    transaction.on_commit(partial(_enqueue, task, {"job_id": job.pk, **kwargs}))
    return job


def _enqueue(task: str, kwargs: dict[str, Any]) -> None:
    current_app.signature(task, kwargs=kwargs).apply_async()


@transaction.atomic
def cancel_background_job(*, job_id: int, now: datetime) -> BackgroundJob:
    """Ask the job to stop at its next step. A job that has finished stays as it is. Locks the row."""
    job = BackgroundJob.objects.select_for_update().get(pk=job_id)
    if job.is_finished:
        return job
    job.cancel_requested_at = now
    if job.state == JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, now
    job.save(update_fields=["cancel_requested_at", "state", "finished_at", "updated_at"])
    return job
