"""F17, F18, SEC-3, SEC-4: tokens of apps rotate, notice theft, and end at once."""

import threading
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.utils import timezone

from accounts.models import RefreshToken, User
from accounts.services.end_sessions import hash_session_key
from accounts.services.refresh_tokens import delete_expired_refresh_tokens
from accounts.tests.auth.conftest import AppClient
from accounts.tests.auth.letters import subjects
from accounts.tests.factories import PASSWORD, UserFactory
from fitfoodie.events.models import Event


@pytest.fixture
def signed_in(app, member):
    assert app.sign_in(member).status_code == 200
    return app


def spend_long_ago(token=None):
    """Put the use of every spent token out of the grace."""
    long_ago = timezone.now() - timedelta(seconds=11)
    RefreshToken.objects.exclude(used_at=None).update(used_at=long_ago, issued_at=long_ago)


def test_sign_in_gives_both_tokens(signed_in):
    assert signed_in.access_token
    assert signed_in.refresh_token
    assert RefreshToken.objects.count() == 1


def test_access_token_opens_the_api(signed_in):
    assert signed_in.api("get", "me/sessions").status_code == 200


def test_access_token_costs_one_query(signed_in, django_assert_num_queries):
    """One for person, session and verification together, one for the list itself."""
    with django_assert_num_queries(2):
        signed_in.api("get", "me/sessions")


@pytest.mark.parametrize("header", ["Bearer", "Bearer nonsense", "Bearer a b", "bearer a.b.c", "Bearer \u00fc"])
def test_access_token_bad_input(client, db, header):
    response = client.get("/api/v1/me/sessions", headers={"Authorization": header})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_refresh_token_is_no_access_token(signed_in):
    signed_in.access_token = signed_in.refresh_token
    assert signed_in.api("get", "me/sessions").status_code == 401


def test_access_token_expires_after_five_minutes(signed_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    assert signed_in.api("get", "me/sessions").status_code == 401


def test_app_stays_signed_in_for_weeks(app, member, time_machine):
    start = timezone.now()
    app.sign_in(member)
    for day in (7, 14, 20, 27):
        time_machine.move_to(start + timedelta(days=day))
        assert app.refresh().status_code == 200
    assert app.api("get", "me/sessions").status_code == 200


def test_refresh_gives_a_new_pair(signed_in):
    old = (signed_in.access_token, signed_in.refresh_token)
    response = signed_in.refresh()
    assert response.status_code == 200
    assert signed_in.refresh_token != old[1]
    assert signed_in.api("get", "me/sessions").status_code == 200


@pytest.mark.parametrize("token", ["nonsense", "", "a.b.c"])
def test_refresh_bad_input(app, db, token):
    response = app.auth("post", "tokens/refresh", {"refresh_token": token})
    assert response.status_code == 400


def test_twin_request_is_handed_the_same_child(signed_in):
    spent = signed_in.refresh_token
    first = signed_in.refresh(spent).json()["data"]["refresh_token"]
    second = signed_in.refresh(spent).json()["data"]["refresh_token"]
    assert first == second
    assert signed_in.refresh(first).status_code == 200


def test_reuse_after_the_grace_ends_the_family_and_is_told(signed_in, member, deliver):
    stolen = signed_in.refresh_token
    signed_in.refresh()
    spend_long_ago()
    with deliver():
        response = signed_in.refresh(stolen)
    assert response.status_code == 400
    assert signed_in.api("get", "me/sessions").status_code == 401
    assert signed_in.refresh(signed_in.refresh_token).status_code == 400
    assert RefreshToken.objects.count() == 0
    assert subjects(member.email) == ["We have signed one of your apps out"]
    names = set(Event.objects.values_list("name", flat=True))
    assert {"accounts.token.reused", "accounts.session.ended"} <= names


def test_reuse_leaves_other_families_alone(signed_in, member):
    other = AppClient(user_agent="Other app")
    other.sign_in(member)
    stolen = signed_in.refresh_token
    signed_in.refresh()
    spend_long_ago()
    signed_in.refresh(stolen)
    assert other.refresh().status_code == 200


def test_signing_out_ends_the_token_at_once(signed_in):
    signed_in.auth("delete", "auth/session")
    assert signed_in.api("get", "me/sessions").status_code == 401
    assert signed_in.refresh().status_code == 400


def test_deactivation_ends_the_token_at_once(signed_in, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert signed_in.api("get", "me/sessions").status_code == 401
    assert signed_in.refresh().status_code == 400


def test_new_password_ends_the_token_at_once(signed_in, client, member, deliver):
    client.force_login(member)
    with deliver():
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "an entirely other phrase"})
    assert signed_in.api("get", "me/sessions").status_code == 401
    assert signed_in.refresh().status_code == 400
    assert RefreshToken.objects.count() == 0
    assert "_auth_user_id" in client.session


def test_person_of_the_token_comes_with_verification(signed_in, member):
    member.emailaddress_set.update(verified=False)
    response = signed_in.auth("get", "auth/session")
    assert response.json()["data"]["user"]["email_verified"] is False


def test_expired_tokens_are_forgotten(signed_in):
    assert delete_expired_refresh_tokens(now=timezone.now()) == 0
    assert delete_expired_refresh_tokens(now=timezone.now() + timedelta(days=31)) == 1


def test_ended_session_event_names_no_key(signed_in, member):
    key = UserSession.objects.get(user=member).session_key
    signed_in.api("delete", "me/sessions/" + signed_in.api("get", "me/sessions").json()["results"][0]["id"])
    event = Event.objects.get(name="accounts.session.ended")
    assert event.data == {"user_id": member.pk, "session_hashes": [hash_session_key(key)], "reason": "signed_out"}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, so nothing races there")
def test_parallel_refresh_makes_one_child():
    """Ten requests with one token at once: every one is answered with the same child (SEC-3)."""
    person = UserFactory()
    app = AppClient()
    app.sign_in(person)
    barrier, answers = threading.Barrier(10), []

    def refresh():
        barrier.wait()
        response = AppClient().refresh(app.refresh_token)
        answers.append((response.status_code, response.json().get("data", {}).get("refresh_token")))
        connection.close()

    threads = [threading.Thread(target=refresh) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 10
    assert {status for status, _ in answers} == {200}
    assert len({token for _, token in answers}) == 1
    assert RefreshToken.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, so nothing races there")
def test_parallel_theft_and_sign_out_do_not_deadlock():
    person = UserFactory()
    app = AppClient()
    app.sign_in(person)
    stolen = app.refresh_token
    app.refresh()
    spend_long_ago()
    barrier, answers = threading.Barrier(6), []

    def act(number):
        barrier.wait()
        if number % 2:
            answers.append(AppClient().refresh(stolen).status_code)
        else:
            answers.append(app.api("delete", "me/sessions").status_code)
        connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert set(answers) <= {204, 400, 401}
    assert RefreshToken.objects.count() == 0
