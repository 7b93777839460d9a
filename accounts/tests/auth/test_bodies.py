"""API-11: what apps send to the sign-in API is strict JSON, like everything else of the API."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["auth/login", "auth/signup", "auth/password/request", "tokens/refresh"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed_json"),
        (b'{"email": "maya@example.com", "password": "\\ud800"}', "malformed_json"),
        (b'{"email": NaN}', "malformed_json"),
        (b"\xff", "malformed_json"),
        (b"[" * 100_000, "malformed_json"),
        (b'{"email": ' + b"[" * 30 + b"]" * 30 + b"}", "too_deep"),
        (b'["email"]', "bad_request"),
    ],
)
def test_body_that_is_no_json_object_is_a_problem(path, body, code):
    response = Client().post(f"/api/auth/app/v1/{path}", body, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["code"] == code


@pytest.mark.parametrize("megabytes", [2, 4])
def test_body_that_is_too_large_is_a_problem(megabytes):
    body = b'{"email": "' + b"a" * megabytes * 1024 * 1024 + b'"}'
    response = Client().post("/api/auth/app/v1/auth/login", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


def test_request_without_a_body_is_allauths_to_answer(app):
    response = app.client.delete("/api/auth/app/v1/auth/session")
    assert response.status_code == 401
    assert response.json()["meta"] == {"is_authenticated": False}
