import threading
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.test import APIClient

from fitfoodie.common.api import idempotency
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.common.models import IdempotencyRecord, ScheduledRun
from fitfoodie.common.tasks import forget_expired_idempotency_records
from fitfoodie.common.tests.api import sample_urls

pytestmark = pytest.mark.django_db


def post(client, body=None, key="k1", path="/api/orders"):
    return client.post(path, body or {"a": 1}, headers={"Idempotency-Key": key})


def test_same_key_and_body_is_answered_from_store(member_api):
    first, second = post(member_api), post(member_api)
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.content, first["Location"]) == (second.content, second["Location"])
    assert ("Idempotent-Replayed" in first, second["Idempotent-Replayed"]) == (False, "true")
    assert len(sample_urls.effects) == ScheduledRun.objects.count() == 1


def test_browser_with_a_session_sends_keys_too(member):
    """Its CSRF check has read the body by the time that the key is looked at."""
    browser = APIClient(enforce_csrf_checks=True, headers={"X-CSRFToken": "a" * 32})
    browser.force_login(member)
    browser.cookies["csrftoken"] = "a" * 32
    answers = [post(browser), post(browser), post(browser, {"a": 2})]
    assert [answer.status_code for answer in answers] == [201, 201, 422]


def test_same_key_with_another_body_is_422(member_api):
    post(member_api)
    response = post(member_api, {"a": 2})
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")


def test_keys_of_different_people_never_meet(member_api, django_user_model):
    post(member_api)
    other = APIClient()
    other.force_login(django_user_model.objects.create_user("o@example.org", handle="other", name="Other"))
    assert "Idempotent-Replayed" not in post(other)
    assert len(sample_urls.effects) == 2


def test_without_a_key_each_request_counts(member_api):
    for _ in range(2):
        member_api.post("/api/slow-orders", {"a": 1})
    assert len(sample_urls.effects) == 2


def test_first_request_still_running_is_409_with_a_wait(member_api, member):
    post(member_api)
    IdempotencyRecord.objects.update(status=None)
    response = post(member_api)
    assert (response.status_code, response["Retry-After"]) == (409, "1")
    assert response.json()["code"] == "idempotency_in_progress"


def test_claim_of_a_dead_process_is_taken_over(member_api):
    post(member_api)
    IdempotencyRecord.objects.update(status=None, locked_until=timezone.now() - timedelta(seconds=1))
    assert "Idempotent-Replayed" not in post(member_api)
    assert IdempotencyRecord.objects.get().status == 201


def test_key_is_free_again_after_a_day(member_api):
    post(member_api)
    IdempotencyRecord.objects.update(started_at=timezone.now() - timedelta(hours=24))
    assert post(member_api, {"a": 2}).status_code == 201


def test_validation_failure_is_kept(member_api):
    sample_urls.failures.append(DomainError("No."))
    assert post(member_api).status_code == 400
    again = post(member_api)
    assert (again.status_code, again["Idempotent-Replayed"], again["Content-Type"]) == (
        400,
        "true",
        "application/problem+json",
    )


@pytest.mark.parametrize("failure", [ConflictError("Taken."), RuntimeError("down")])
def test_passing_failures_are_not_kept(member_api, failure):
    member_api.raise_request_exception = False
    sample_urls.failures.append(failure)
    assert post(member_api).status_code in (409, 500)
    assert post(member_api).status_code == 201


@pytest.mark.parametrize("key", ["", "with space", "é", "x" * 256])
def test_key_that_is_no_token_is_refused(member_api, key):
    assert post(member_api, key=key).status_code == 400


def test_answer_without_a_body_is_replayed(member_api):
    first, second = (post(member_api, path="/api/slow-orders") for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (204, 204, b"")
    assert len(sample_urls.effects) == 1


def test_lost_claim_does_not_commit_its_effect(member_api, monkeypatch):
    def steal(response):
        IdempotencyRecord.objects.update(claim=uuid.uuid4())
        return response

    finished = idempotency._finished
    monkeypatch.setattr(idempotency, "_finished", lambda response: steal(finished(response)))
    assert post(member_api).status_code == 409
    assert ScheduledRun.objects.count() == 0


def test_multipart_is_compared_by_its_parts(rf, member):
    def fingerprint(content):
        file = SimpleUploadedFile("a.txt", content)
        request = Request(rf.post("/x", {"alt": "A", "file": file}), parsers=[MultiPartParser()])
        return idempotency._fingerprint(request)

    assert fingerprint(b"same") == fingerprint(b"same")
    assert fingerprint(b"same") != fingerprint(b"other")


def test_expired_records_are_forgotten(member_api):
    post(member_api)
    assert forget_expired_idempotency_records() == 0
    IdempotencyRecord.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert forget_expired_idempotency_records() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_requests_have_one_effect(member):
    if connection.vendor != "postgresql":
        pytest.skip("threads share one in-memory database on SQLite; the race is a PostgreSQL matter")
    barrier, codes = threading.Barrier(20), []

    def send():
        client = APIClient()
        client.force_authenticate(member)
        barrier.wait()
        codes.append(post(client).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(sample_urls.effects), ScheduledRun.objects.count()) == (1, 1)
    assert set(codes) <= {201, 409}
    assert codes.count(201) >= 1
