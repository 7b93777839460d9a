"""The download and the leaving, from the settings page: both ask who it is once more (GDP-2)."""

import pytest
from django.utils import timezone

from accounts.models import DataExport, User
from accounts.selectors import latest_export
from accounts.services.data_export import start_export
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
START = "/settings/data/export"
LEAVE = "/settings/data/delete"


@pytest.fixture
def person(client):
    person = UserFactory(handle="mei")
    client.force_login(person)
    return person


def confirm(client):
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def ready(client, person, django_capture_on_commit_callbacks):
    confirm(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(START)
    return latest_export(person)


def test_start_needs_a_sign_in(client):
    assert client.post(START)["Location"].startswith("/accounts/login/")
    assert client.post(LEAVE)["Location"].startswith("/accounts/login/")
    assert client.get(f"{START}/abc")["Location"].startswith("/accounts/login/")


def test_start_leads_to_the_job_once_the_person_confirmed(client, person):
    assert client.get(START).status_code == 405
    response = client.post(START)
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not DataExport.objects.exists()
    response = client.post(response["Location"], {"password": PASSWORD, "next": START})
    assert response["Location"] == latest_export(person).job.get_absolute_url()


def test_page_offers_what_is_there(client, person, django_capture_on_commit_callbacks):
    assert b"Make my download" in client.get("/settings/data/").content
    export = start_export(user=person, now=timezone.now())
    page = client.get("/settings/data/").content.decode()
    assert export.job.get_absolute_url() in page
    assert "Make my download" not in page


def test_finished_download_is_offered_on_both_pages(client, ready):
    address = f"{START}/{ready.job.public_id}"
    for page in ("/settings/data/", ready.job.get_absolute_url()):
        assert f'href="{address}"' in client.get(page).content.decode()


def test_download(client, ready):
    response = client.get(f"{START}/{ready.job.public_id}")
    assert response["Content-Type"] == "application/zip"
    assert 'filename="fitfoodie-mei-' in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_download_asks_who_it_is(client, person, ready):
    client.logout()
    client.force_login(person)
    assert client.get(f"{START}/{ready.job.public_id}")["Location"].startswith("/accounts/reauthenticate/")


def test_download_of_somebody_else_is_not_found(client, ready):
    client.force_login(UserFactory())
    assert client.get(f"{START}/{ready.job.public_id}").status_code == 404
    assert client.get(f"{START}/nothing").status_code == 404


def test_leaving_asks_who_it_is_and_loses_nothing_typed(client, person):
    response = client.post(LEAVE, {"handle": "mei"})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.get(pk=person.pk).deletion_requested_at is None
    response = client.post(response["Location"], {"password": PASSWORD, "next": LEAVE})
    assert response["Location"] == "/"
    assert User.objects.get(pk=person.pk).deletion_requested_at is not None


def test_download_that_is_kept_no_longer_is_not_found(client, ready):
    DataExport.objects.update(expires_at=timezone.now())
    assert client.get(f"{START}/{ready.job.public_id}").status_code == 404
