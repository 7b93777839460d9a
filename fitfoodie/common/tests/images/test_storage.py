"""Both kinds of storage: this machine's disk, and a server that speaks the S3 protocol."""

import importlib
import io
import json

import httpx
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

from fitfoodie.common.storage import name_of
from fitfoodie.settings import storage as storage_settings

# What docs/photos.md tells an operator to set: everyone may read the public folder, nobody the rest.
PUBLIC_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::kitchen/public/*"}
    ],
}


@pytest.fixture
def s3(monkeypatch, settings):
    """The product's own settings, pointed by environment alone at a real S3 protocol server."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - slow import, used by these tests alone

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "MEDIA_S3_BUCKET": "kitchen",
        "AWS_S3_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_S3_REGION_NAME": "us-east-1",
        "AWS_S3_ADDRESSING_STYLE": "path",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    fresh = importlib.reload(storage_settings)
    settings.STORAGES = fresh.STORAGES
    settings.MEDIA_URL = fresh.MEDIA_URL
    storages["default"].connection.create_bucket(Bucket="kitchen")
    storages["default"].connection.meta.client.put_bucket_policy(Bucket="kitchen", Policy=json.dumps(PUBLIC_POLICY))
    yield fresh
    server.stop()
    monkeypatch.undo()
    importlib.reload(storage_settings)


def test_s3_public_file(s3, settings):
    name = storages["default"].save("photos/x/320.avif", ContentFile(b"picture"))
    url = storages["default"].url(name)
    assert url == f"{settings.MEDIA_URL}{name}"
    answer = httpx.get(url)
    assert (answer.content, answer.headers["content-type"]) == (b"picture", "image/avif")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    storages["default"].delete(name)
    assert storages["default"].exists(name) is False


def test_s3_private_file_by_signed_link(s3):
    name = storages["private"].save("originals/x/1", ContentFile(b"private"))
    url = storages["private"].url(name)
    assert "X-Amz-Signature" in url
    assert "X-Amz-Expires=300" in url
    answer = httpx.get(url)
    assert (answer.content, answer.headers["content-disposition"]) == (b"private", "attachment")
    assert httpx.get(url.partition("?")[0]).status_code == 403
    assert storages["default"].exists(name) is False
    storages["private"].delete(name)
    assert storages["private"].exists(name) is False


def test_s3_listing_for_the_clean_up(s3):
    storages["default"].save("photos/a/one/320.jpg", ContentFile(b"x"))
    assert storages["default"].listdir("photos/a/one") == ([], ["320.jpg"])
    assert storages["default"].listdir("photos/nothing") == ([], [])
    assert storages["default"].get_modified_time("photos/a/one/320.jpg").tzinfo is not None


def test_s3_origin_joins_the_policy(s3):
    assert [s3.MEDIA_URL.startswith(origin) for origin in s3.MEDIA_ORIGINS] == [True]


def test_s3_addresses(monkeypatch):
    monkeypatch.setenv("MEDIA_S3_BUCKET", "kitchen")
    assert importlib.reload(storage_settings).MEDIA_URL == "https://kitchen.s3.amazonaws.com/public/"
    monkeypatch.setenv("MEDIA_PUBLIC_URL", "https://img.example.org")
    assert importlib.reload(storage_settings).MEDIA_ORIGINS == ["https://img.example.org"]
    monkeypatch.undo()
    assert importlib.reload(storage_settings).MEDIA_URL == "/media/"


def test_public_file(client):
    name = storages["default"].save("photos/x/320.avif", ContentFile(b"picture"))
    answer = client.get(storages["default"].url(name))
    assert b"".join(answer.streaming_content) == b"picture"
    assert answer["Content-Type"] == "image/avif"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.post(storages["default"].url(name)).status_code == 405


@pytest.mark.parametrize("path", ["nothing.jpg", "../private/x", "photos", "%2e%2e/private"])
def test_public_file_not_there(client, db, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_private_file_by_link(client):
    name = storages["private"].save("originals/x/1", ContentFile(b"<script>"))
    answer = client.get(storages["private"].url(name))
    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Disposition"] == 'attachment; filename="original"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_private_file_link_expires(client, db, settings):
    name = storages["private"].save("originals/x/1", ContentFile(b"x"))
    with time_machine.travel("2026-01-01 12:00:00Z", tick=False) as clock:
        url = storages["private"].url(name)
        clock.shift(settings.PRIVATE_LINK_SECONDS + 1)
        assert client.get(url).status_code == 404


def test_private_file_forged_link(client, db):
    name = storages["private"].save("originals/x/1", ContentFile(b"x"))
    token = storages["private"].url(name).split("/")[2]
    assert name_of(token, max_age=10) == name
    assert client.get(reverse("private-file", kwargs={"token": token[:-2] + "xx"})).status_code == 404
    assert client.get("/private/" + name).status_code == 404


def test_private_file_gone(client, db):
    name = storages["private"].save("originals/x/1", io.BytesIO(b"x"))
    url = storages["private"].url(name)
    storages["private"].delete(name)
    assert client.get(url).status_code == 404
