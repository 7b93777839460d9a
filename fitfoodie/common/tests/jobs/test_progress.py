import pytest
from celery import shared_task
from django.utils import timezone

from accounts.models import User
from fitfoodie.common.errors import DomainError
from fitfoodie.common.jobs.progress import STEPS_PER_WRITE, working_on
from fitfoodie.common.jobs.services import cancel_background_job, start_background_job
from fitfoodie.common.models.job import JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return User.objects.create_user("owner@example.test", "a long passphrase", handle="owner1", name="Owner")


calls = []


@shared_task(name="tests.watched")
def watched(**kwargs):
    calls.append(kwargs)


@pytest.fixture
def job(owner):
    return start_background_job(owner=owner, title="Import", task="tests.watched")


def test_start_enqueues_on_commit(owner, django_capture_on_commit_callbacks):
    calls.clear()
    with django_capture_on_commit_callbacks(execute=True):
        job = start_background_job(owner=owner, title="Import", task="tests.watched", path="a.jsonl")
    assert calls == [{"job_id": job.pk, "path": "a.jsonl"}]


def test_work_to_the_end_is_done(job):
    with working_on(job.pk) as progress:
        progress.expect(3)
        for _ in range(3):
            progress.step()
        progress.finish(report={"meals": 3})
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.report) == (JobState.DONE, 3, 3, {"meals": 3})
    assert job.percent == 100


def test_cancel_while_running_stops_soon(job):
    with working_on(job.pk) as progress:
        progress.expect(1000)
        cancel_background_job(job_id=job.pk, now=timezone.now())
        for _ in range(1000):
            progress.step()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, STEPS_PER_WRITE)


def test_cancel_while_waiting_never_starts(job):
    cancel_background_job(job_id=job.pk, now=timezone.now())
    with working_on(job.pk) as progress:
        assert progress is None
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_refusal_is_shown_to_the_owner(job):
    with working_on(job.pk):
        raise DomainError("Line 3 is not JSON.")
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Line 3 is not JSON.")


def test_crash_travels_on_and_can_run_again(job):
    with pytest.raises(ZeroDivisionError), working_on(job.pk):
        _ = 1 / 0
    with working_on(job.pk):
        pass
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_page_shows_progress_to_its_owner_only(client, job, owner):
    assert client.get(job.get_absolute_url()).status_code == 302
    stranger = User.objects.create_user("s@example.test", "a long passphrase", handle="stranger", name="S")
    client.force_login(stranger)
    assert client.get(job.get_absolute_url()).status_code == 404
    client.force_login(owner)
    assert client.get(job.get_absolute_url()).status_code == 200
    panel = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert panel.content.startswith(b'<div id="job"')


def test_cancel_from_the_page(client, job, owner):
    client.force_login(owner)
    response = client.post(f"{job.get_absolute_url()}cancel")
    assert response.status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
