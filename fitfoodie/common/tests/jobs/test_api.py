"""Jobs by the API: the owner watches and stops, a stranger finds nothing."""

import pytest
from django.utils import timezone

from accounts.tests.factories import UserFactory
from fitfoodie.common.jobs.progress import working_on
from fitfoodie.common.models import BackgroundJob
from fitfoodie.common.models.job import JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = UserFactory()
    client.force_login(owner)
    return owner


@pytest.fixture
def job(owner):
    return BackgroundJob.objects.create(owner=owner, title="Import")


def url(job):
    return f"/api/v1/jobs/{job.public_id}"


def test_job_is_read_by_its_owner(client, job):
    with working_on(job.pk) as progress:
        progress.expect(4)
        for _ in range(3):
            progress.step()
        progress.finish(result_url="/create/", report={"meals": 3})
    job.refresh_from_db()
    response = client.get(url(job))
    assert response.json() == {
        "id": job.public_id,
        "title": "Import",
        "state": "done",
        "done": 3,
        "total": 4,
        "percent": 75,
        "report": {"meals": 3},
        "result_url": "http://testserver/create/",
        "error": None,
        "created_at": job.created_at.isoformat().replace("+00:00", "Z"),
        "finished_at": job.finished_at.isoformat().replace("+00:00", "Z"),
    }
    assert client.get(url(job), headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_waiting_job_knows_no_total(client, job):
    body = client.get(url(job)).json()
    assert (body["state"], body["total"], body["percent"], body["result_url"]) == ("queued", None, None, None)


def test_cancel(client, job):
    response = client.delete(url(job))
    assert (response.status_code, response.json()["state"]) == (202, "cancelled")


def test_cancel_of_a_finished_job_changes_nothing(client, job):
    BackgroundJob.objects.update(state=JobState.DONE, finished_at=timezone.now())
    assert client.delete(url(job)).json()["state"] == "done"


@pytest.mark.parametrize("verb", ["get", "delete"])
def test_job_is_nobody_elses(client, job, verb):
    client.logout()
    assert getattr(client, verb)(url(job)).status_code == 401
    client.force_login(UserFactory())
    assert getattr(client, verb)(url(job)).status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_unknown_job_is_not_found(client, owner):
    assert client.get("/api/v1/jobs/nothing").status_code == 404


def test_reading_a_job_costs_the_same_however_many_there_are(client, job, django_assert_max_num_queries):
    BackgroundJob.objects.bulk_create([BackgroundJob(owner=job.owner, title=str(n)) for n in range(5)])
    with django_assert_max_num_queries(4):
        client.get(url(job))
