import pytest
from celery import current_app
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


def test_healthz_asks_no_dependency(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readyz_names_each_dependency(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "broker": "ok", "migrations": "ok", "search": "ok"},
    }


def test_readyz_with_a_migration_missing_is_503(client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("events", "0001_initial")
    try:
        response = client.get("/readyz")
    finally:
        recorder.record_applied("events", "0001_initial")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "down"


def test_readyz_with_the_broker_away_is_503_and_says_why_to_the_token(client, settings):
    settings.METRICS_TOKEN = "let-me-see"
    before = current_app.conf.broker_url
    current_app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    try:
        response = client.get("/readyz", headers={"Authorization": "Bearer let-me-see"})
    finally:
        current_app.conf.broker_write_url = before
    assert response.status_code == 503
    assert "REDIS_URL" in response.json()["details"]["broker"]["message"]


def test_readyz_shows_a_stranger_no_details(client):
    assert "details" not in client.get("/readyz", headers={"Authorization": "Bearer wrong"}).json()


@pytest.mark.parametrize("token", ["", "wrong"])
def test_metrics_does_not_exist_for_strangers(client, settings, token):
    settings.METRICS_TOKEN = "let-me-see"
    assert client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == 404


def test_metrics_for_the_token(client, settings):
    settings.METRICS_TOKEN = "let-me-see"
    response = client.get("/metrics", headers={"Authorization": "Bearer let-me-see"})
    assert response.status_code == 200
    assert b"django_http_requests_total_by_method_total" in response.content


def test_every_answer_carries_its_request_id():
    first, second = Client().get("/healthz"), Client().get("/healthz")
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert len(first["X-Request-ID"]) >= 32


def test_readyz_with_the_search_engine_away_is_a_warning_and_still_ready(client, settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"]["search"] == "warning"
