import pytest
from django.utils import timezone

from accounts.models import DataExport
from accounts.selectors import latest_export
from accounts.services.data_export import KEPT_FOR, clean_exports
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/me/export"


@pytest.fixture
def person(client):
    person = UserFactory(handle="mei")
    client.force_login(person)
    return person


@pytest.fixture
def ready(client, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(URL, {}, content_type="application/json")
    return latest_export(person)


def test_export_needs_a_sign_in(client):
    assert client.post(URL).status_code == 401
    assert client.get(URL).status_code == 401
    assert client.get(f"{URL}/abc/file").status_code == 401


def test_start_is_accepted_with_its_status(client, person):
    response = client.post(URL, {}, content_type="application/json")
    assert response.status_code == 202
    export = latest_export(person)
    assert response.json() == {
        "id": export.job.public_id,
        "state": "queued",
        "done": 0,
        "total": None,
        "url": None,
        "expires_at": None,
    }
    assert client.post(URL, {}, content_type="application/json").json() == response.json()
    assert DataExport.objects.count() == 1


def test_start_refuses_what_it_does_not_know(client, person):
    response = client.post(URL, {"handle": "leo"}, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/handle"
    assert not DataExport.objects.exists()


def test_start_repeated_with_its_key_is_replayed(client, person):
    answers = [
        client.post(URL, {}, content_type="application/json", headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotent-Replayed"] == "true"


def test_nothing_asked_for_yet_is_not_found(client, person):
    assert client.get(URL).status_code == 404


def test_latest_export_leads_to_its_file(client, ready):
    status = client.get(URL).json()
    assert (status["state"], status["done"]) == ("done", status["total"])
    assert status["url"] == f"http://testserver{URL}/{ready.job.public_id}/file"
    response = client.get(status["url"], headers={"Accept": "application/zip"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_expired_export_has_no_address(client, ready):
    DataExport.objects.update(expires_at=timezone.now())
    assert client.get(URL).json()["url"] is None
    assert client.get(f"{URL}/{ready.job.public_id}/file").status_code == 404
    clean_exports(now=timezone.now() + KEPT_FOR)
    assert client.get(URL).json()["url"] is None


def test_file_of_somebody_else_is_not_found(client, ready):
    client.force_login(UserFactory())
    response = client.get(f"{URL}/{ready.job.public_id}/file")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
