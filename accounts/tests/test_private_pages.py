"""What depends on who is signed in is kept by their browser alone."""

import pytest

from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/meals/", "/settings/profile/", "/create/", "/meals/saved/", "/create/export/"])
def test_page_of_somebody_signed_in_is_private(client, path):
    client.force_login(UserFactory())
    assert client.get(path)["Cache-Control"] == "private, no-cache"


def test_redirect_to_sign_in_is_private(client):
    assert client.get("/settings/profile/")["Cache-Control"] == "private, no-cache"


def test_list_of_devices_is_private(client):
    client.force_login(UserFactory())
    assert client.get("/api/v1/me/sessions")["Cache-Control"] == "private, no-cache"


def test_answer_that_says_itself_how_it_may_be_kept_is_left(client):
    assert client.get("/meals/plate.svg")["Cache-Control"] == "public, max-age=86400"
    assert "no-store" in client.get("/readyz")["Cache-Control"]
