import pytest
from celery import current_app, shared_task
from django.utils import timezone

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.common.jobs.services import dismiss_failed_job, retry_failed_job
from fitfoodie.common.models import FailedJob

pytestmark = pytest.mark.django_db

calls: list[int] = []


@shared_task(name="tests.unreliable")
def unreliable(*, number: int) -> None:
    calls.append(number)
    if number < 0:
        raise ValueError("negative")
    if number > 100:
        raise DomainError("too large")


@pytest.fixture(autouse=True)
def _no_calls(settings):
    calls.clear()


@pytest.fixture
def staff():
    return User.objects.create_superuser("staff@example.test", "a long passphrase", handle="staff1", name="Staff")


@pytest.fixture
def failed_job():
    return FailedJob.objects.create(
        task_id="1", task="tests.unreliable", kwargs={"number": 7}, error="ValueError", failed_at=timezone.now()
    )


def test_task_that_keeps_failing_is_retried_then_kept_once(monkeypatch):
    monkeypatch.setitem(current_app.conf, "task_eager_propagates", False)
    unreliable.delay(number=-1)
    assert calls == [-1] * (unreliable.max_retries + 1)
    row = FailedJob.objects.get()
    assert (row.task, row.kwargs, row.error) == ("tests.unreliable", {"number": -1}, "ValueError: negative")
    assert "raise ValueError" in row.traceback


def test_task_refused_by_a_rule_is_not_retried():
    with pytest.raises(DomainError):
        unreliable.delay(number=101)
    assert calls == [101]


def test_retry_runs_the_task_once_and_settles(failed_job, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        retry_failed_job(failed_job_id=failed_job.pk, actor=staff, now=timezone.now())
    failed_job.refresh_from_db()
    assert calls == [7]
    assert (failed_job.settlement, failed_job.settled_by) == ("retried", staff)


def test_retry_of_a_settled_job_is_refused(failed_job, staff):
    dismiss_failed_job(failed_job_id=failed_job.pk, actor=staff, reason="known", now=timezone.now())
    with pytest.raises(ConflictError):
        retry_failed_job(failed_job_id=failed_job.pk, actor=staff, now=timezone.now())
