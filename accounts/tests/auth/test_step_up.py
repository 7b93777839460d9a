"""Leaving by the API asks who it is once more (GDP-2): by cookie, and by the session behind an access token."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import PASSWORD

LEAVING = {"handle": "maya"}


def is_leaving(member):
    return User.objects.get(pk=member.pk).deletion_requested_at is not None


def test_page_session_must_be_confirmed(client, member):
    client.force_login(member)
    response = client.delete("/api/v1/me", LEAVING, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "reauthentication_required")
    assert not is_leaving(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.delete("/api/v1/me", LEAVING, content_type="application/json").status_code == 202
    assert is_leaving(member)


@pytest.fixture
def signed_in(app, member):
    app.sign_in(member)
    return app


def test_app_must_be_confirmed(signed_in, member):
    response = signed_in.api("delete", "me", LEAVING)
    assert (response.status_code, response.json()["code"]) == (403, "reauthentication_required")
    assert signed_in.auth("post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert signed_in.api("delete", "me", LEAVING).status_code == 202
    assert is_leaving(member)


def test_confirmation_is_good_for_ten_minutes(signed_in, member, time_machine):
    signed_in.auth("post", "auth/reauthenticate", {"password": PASSWORD})
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    signed_in.refresh()
    assert signed_in.api("delete", "me", LEAVING).json()["code"] == "reauthentication_required"
    assert not is_leaving(member)


def test_wrong_input_is_told_before_anything_is_asked(signed_in):
    response = signed_in.api("delete", "me", {})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/handle")
