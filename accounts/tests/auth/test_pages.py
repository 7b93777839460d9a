"""Every page of getting in answers, in our own frame."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from accounts.auth.too_many import too_many_requests
from accounts.tests.factories import PASSWORD

ENTRANCE = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "account_inactive",
    "socialaccount_login_cancelled",
]
MANAGE = [
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "socialaccount_connections",
    "usersessions_list",
    "account_reauthenticate",
]


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_page_anonymous(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert b"css/sign-in.css" in response.content


@pytest.mark.parametrize("name", MANAGE)
def test_manage_page_works(client, member, name):
    client.force_login(member)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert b"css/sign-in.css" in response.content


@pytest.mark.parametrize("name", MANAGE)
def test_manage_page_anonymous(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 302


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_page_loads_nothing_inline(client, db, name):
    """The content security policy refuses inline scripts, handlers and styles."""
    html = client.get(reverse(name)).content.decode()
    assert 'style="' not in html
    assert " onclick=" not in html


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_second_factor_page_after_proof(client, member, name):
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200


def test_password_page_of_somebody_without_one(client, member):
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    response = client.get("/accounts/password/set/")
    assert "second way in" in response.content.decode()


def test_wait_page_says_how_long(client, db):
    request = RequestFactory().get("/accounts/login/")
    request.retry_after, request.user = 42, AnonymousUser()
    response = too_many_requests(request)
    assert (response.status_code, response["Retry-After"]) == (429, "42")
    assert "in 42 seconds" in response.content.decode()
