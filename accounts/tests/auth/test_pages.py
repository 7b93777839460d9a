"""Every page of getting in answers, in our own frame."""

import pytest
from django.urls import reverse

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
