"""F1, N61, SEC-1, SEC-2: a new password, once, and what it ends."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.tests.auth.conftest import AppClient
from accounts.tests.auth.letters import last_mail, path_in, subjects
from accounts.tests.factories import PASSWORD
from fitfoodie.events.models import Event

URL = "/accounts/password/reset/"
NEW = "seven lanterns over the lake"


def ask(browser, email, deliver):
    with deliver():
        return browser.post(URL, {"email": email})


def follow(browser, path):
    """The link keeps the token in the session and shows the form under a plain address."""
    return browser.get(path, follow=True)


def choose(browser, path, password, deliver):
    page = follow(browser, path)
    with deliver():
        return browser.post(page.redirect_chain[-1][0], {"password1": password}, follow=True)


def test_reset_works(client, member, deliver):
    ask(client, member.email, deliver)
    response = choose(client, path_in(last_mail(member.email)), NEW, deliver)
    assert "Password saved" in response.content.decode()
    member.refresh_from_db()
    assert member.check_password(NEW)
    assert "_auth_user_id" not in client.session
    event = Event.objects.get(name="accounts.password.changed")
    assert event.data == {"user_id": member.pk, "is_reset": True}
    assert len(subjects(member.email)) == 2


def test_reset_unknown_address_shows_the_same(client, member, deliver):
    known = ask(client, member.email, deliver)
    unknown = ask(Client(), "nobody@example.com", deliver)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2


def test_reset_api_unknown_address_answers_the_same(app, member, deliver):
    with deliver():
        known = app.auth("post", "auth/password/request", {"email": member.email})
        unknown = AppClient().auth("post", "auth/password/request", {"email": "nobody@example.com"})
    assert known.status_code == unknown.status_code == 200
    assert known.json() == unknown.json()


def test_reset_link_works_once(client, member, deliver):
    ask(client, member.email, deliver)
    path = path_in(last_mail(member.email))
    choose(client, path, NEW, deliver)
    page = follow(Client(), path)
    assert "does not work any more" in page.content.decode()


def test_reset_link_expires_after_an_hour(client, member, deliver, time_machine):
    ask(client, member.email, deliver)
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=2))
    page = follow(client, path_in(last_mail(member.email)))
    assert "older than an hour" in page.content.decode()


def test_reset_ends_every_session_and_token(client, member, deliver):
    browser, phone = Client(), AppClient()
    browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    phone.sign_in(member)
    ask(client, member.email, deliver)
    choose(client, path_in(last_mail(member.email)), NEW, deliver)
    assert browser.get("/accounts/sessions/").status_code == 302
    assert phone.api("get", "me/sessions").status_code == 401
    assert phone.refresh().status_code == 400
    assert not member.usersession_set.exists()


def test_reset_leaves_the_second_factor(client, member, deliver):
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    ask(client, member.email, deliver)
    choose(client, path_in(last_mail(member.email)), NEW, deliver)
    response = client.post("/accounts/login/", {"login": member.email, "password": NEW})
    assert response["Location"] == "/accounts/2fa/authenticate/"


@pytest.mark.parametrize(("password", "words"), [("short", "Use at least 10"), ("Password123", "anybody would try")])
def test_reset_bad_input(client, member, deliver, password, words):
    ask(client, member.email, deliver)
    response = choose(client, path_in(last_mail(member.email)), password, deliver)
    assert words in response.content.decode()
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_reset_by_api_works(app, member, deliver):
    with deliver():
        app.auth("post", "auth/password/request", {"email": member.email})
    key = path_in(last_mail(member.email)).rstrip("/").rpartition("/")[2]
    assert app.auth("post", "auth/password/reset", {"key": key, "password": NEW}).status_code == 401
    assert app.auth("post", "auth/password/reset", {"key": key, "password": NEW}).status_code == 400
    assert app.sign_in(member, NEW).status_code == 200


def test_reset_requests_are_limited(client, member, deliver):
    answers = [ask(Client(), member.email, deliver).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_change_needs_the_old_password(client, member):
    client.force_login(member)
    response = client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW})
    assert response.context["form"].errors["oldpassword"]


def test_change_keeps_this_device_and_ends_the_others(client, member, deliver):
    other = Client()
    for browser in (client, other):
        browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    with deliver():
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    assert client.get("/accounts/sessions/").status_code == 200
    assert other.get("/accounts/sessions/").status_code == 302
    assert len(client.get("/accounts/sessions/").context["devices"]) == 1
    assert "password" in last_mail(member.email).subject.lower()
