from typing import Any

from celery import Task

from fitfoodie.common.errors import DomainError


class ReliableTask(Task):  # type: ignore[type-arg]  # the stubs' parameters do not exist at run time
    """Base of every task: retries with backoff and jitter, then a row in the dead-letter list.

    A DomainError is an answer, not an accident: it is not retried. A task must be idempotent, take ids by keyword, and
    be enqueued on commit.
    """

    autoretry_for = (Exception,)
    dont_autoretry_for = (DomainError,)
    max_retries = 5
    retry_backoff = 2
    retry_backoff_max = 600
    retry_jitter = True

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: dict[str, Any], einfo: Any) -> None:
        from fitfoodie.common.jobs.services import keep_failed_job  # noqa: PLC0415  app ready: the task class loads first

        keep_failed_job(task_id=task_id, task=self.name, kwargs=kwargs, error=exc, traceback=str(einfo))
