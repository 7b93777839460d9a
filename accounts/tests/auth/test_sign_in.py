"""F20, SEC-1, SEC-5, SEC-6, N79: signing in by password, code and second factor, and what happens to guessers."""

import time

import pytest
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.auth.letters import code_in, last_mail, subjects
from accounts.tests.factories import PASSWORD
from fitfoodie.events.models import Event

URL = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(browser, user, password=PASSWORD, **extra):
    return browser.post(URL, {"login": user.email, "password": password}, **extra)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def totp_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def protected(member):
    TOTP.activate(member, SECRET)
    RecoveryCodes.activate(member)
    return member


def test_sign_in_works(client, member):
    response = sign_in(client, member)
    assert response["Location"] == "/"
    assert is_signed_in(client)
    event = Event.objects.get(name="accounts.session.started")
    assert event.data == {"user_id": member.pk, "is_new_device": False}


def test_sign_in_takes_any_case_of_the_address(client, member):
    client.post(URL, {"login": " Maya@Example.COM ", "password": PASSWORD})
    assert is_signed_in(client)


def test_sign_in_goes_on_where_one_wanted_to_go(client, member):
    response = client.post(URL, {"login": member.email, "password": PASSWORD, "next": "/accounts/email/"})
    assert response["Location"] == "/accounts/email/"


def test_sign_in_never_leads_to_another_site(client, member):
    response = client.post(URL, {"login": member.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_sign_in_wrong_password_says_what_to_do(client, member):
    response = sign_in(client, member, "not this one")
    assert response.status_code == 200
    assert "do not belong together" in response.content.decode()
    assert member.email in response.content.decode()


def test_sign_in_unknown_address_answers_the_same(client, member, monkeypatch):
    """Same words, status and number of hashes, which is where the time goes."""
    checked = []
    original_check, original_set = User.check_password, User.set_password
    monkeypatch.setattr(User, "check_password", lambda u, raw: (checked.append("c"), original_check(u, raw))[1])
    monkeypatch.setattr(User, "set_password", lambda u, raw: (checked.append("s"), original_set(u, raw))[1])
    known = sign_in(client, member, "not this one")
    unknown = client.post(URL, {"login": "nobody@example.com", "password": "not this one"})
    assert known.status_code == unknown.status_code == 200
    assert checked == ["c", "s"]
    assert known.context["form"].errors == unknown.context["form"].errors


def test_sign_in_deactivated(client, member):
    member.is_active = False
    member.save()
    sign_in(client, member)
    assert not is_signed_in(client)


def test_eleventh_wrong_sign_in_in_a_minute_has_to_wait(client, member):
    answers = [sign_in(client, member, f"wrong {n}").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
    response = sign_in(client, member, "wrong again")
    assert 1 <= int(response["Retry-After"]) <= 3601
    assert "A little slower" in response.content.decode()


def test_eleventh_wrong_sign_in_of_an_app_is_a_problem(app, member):
    for n in range(10):
        assert app.sign_in(member, f"wrong {n}").status_code == 400
    response = app.sign_in(member, "wrong")
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 1 <= int(response["Retry-After"]) <= 61
    assert (response.json()["status"], response.json()["code"]) == (429, "rate_limited")


def test_forged_forwarded_header_does_not_help(client, member):
    """No proxy is configured, so the header is only what the client wrote (SEC-5)."""
    for n in range(10):
        client.post(URL, {"login": f"x{n}@example.com", "password": "wrong"}, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    response = client.post(URL, {"login": "y@example.com", "password": "wrong"}, HTTP_X_FORWARDED_FOR="203.0.113.200")
    assert response.status_code == 429


def test_right_sign_ins_use_up_nothing(client, member):
    for _ in range(12):
        assert sign_in(Client(), member).status_code == 302


def test_owner_on_a_known_device_gets_in_while_strangers_guess(client, member):
    """SEC-6: neither the account's bucket nor that of a shared address locks the owner out."""
    sign_in(client, member)
    client.post("/accounts/logout/")
    for n in range(12):
        sign_in(Client(), member, f"wrong {n}")
    assert sign_in(Client(), member).status_code == 429
    assert sign_in(client, member).status_code == 302


def test_known_device_does_not_guess_for_ever(client, member):
    sign_in(client, member)
    client.post("/accounts/logout/")
    answers = [sign_in(client, member, f"wrong {n}").status_code for n in range(11)]
    assert answers[-1] == 429


def test_known_device_is_known_for_its_owner_only(client, member, stranger):
    sign_in(client, stranger)
    client.post("/accounts/logout/")
    for n in range(10):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{n}"), member, f"wrong {n}")
    assert sign_in(client, member).status_code == 429


def test_forged_device_cookie_counts_for_nothing(client, member):
    client.cookies["known_device"] = "forged:value:here"
    sign_in(client, member)
    assert is_signed_in(client)


def test_new_device_is_told_to_the_owner(client, member, deliver):
    with deliver():
        sign_in(client, member)
        sign_in(Client(HTTP_USER_AGENT="Another browser"), member)
    assert subjects(member.email) == ["New sign-in to your FitFoodie account"]
    assert "Another browser" in last_mail().body


def test_same_device_is_no_news(client, member, deliver):
    with deliver():
        sign_in(client, member)
        client.post("/accounts/logout/")
        sign_in(client, member)
    assert mail.outbox == []


def test_sign_in_by_code_works(client, member, deliver):
    with deliver():
        client.post("/accounts/login/code/", {"email": member.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(last_mail(member.email))})
    assert is_signed_in(client)


def test_sign_in_by_code_unknown_address_answers_the_same(client, member, deliver):
    with deliver():
        known = client.post("/accounts/login/code/", {"email": member.email})
        unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2


def test_second_factor_is_asked(client, protected):
    response = sign_in(client, protected)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)
    assert "One more step" in client.get(response["Location"]).content.decode()
    client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    client.post("/accounts/2fa/trust/", {"action": "skip"})
    assert is_signed_in(client)


def test_second_factor_wrong_code(client, protected):
    sign_in(client, protected)
    response = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert response.status_code == 200
    assert not is_signed_in(client)


def test_second_factor_code_works_once(client, protected):
    code = totp_code()
    for browser in (client, Client()):
        sign_in(browser, protected)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        browser.post("/accounts/2fa/trust/", {"action": "skip"})
    assert is_signed_in(client)
    assert not is_signed_in(browser)


def test_recovery_code_works_once(client, protected):
    code = RecoveryCodes(protected.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    for browser in (client, Client()):
        sign_in(browser, protected)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        browser.post("/accounts/2fa/trust/", {"action": "skip"})
    assert is_signed_in(client)
    assert not is_signed_in(browser)


def test_trusted_device_is_not_asked_for_two_weeks(client, protected):
    sign_in(client, protected)
    client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    response = client.post("/accounts/2fa/trust/", {"action": "trust"})
    assert response.cookies["mfa_trusted"]["max-age"] == 14 * 24 * 3600
    client.post("/accounts/logout/")
    sign_in(client, protected)
    assert is_signed_in(client)


def test_second_factor_of_an_app(app, protected):
    response = app.sign_in(protected)
    assert response.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True, "types": ["recovery_codes", "totp"]} in response.json()[
        "data"
    ]["flows"]
    assert app.access_token is None
    assert app.auth("post", "auth/2fa/authenticate", {"code": totp_code()}).status_code == 200
    assert app.api("get", "me/sessions").status_code == 200


def test_totp_secret_is_encrypted_at_rest(protected):
    stored = Authenticator.objects.get(user=protected, type="totp").data["secret"]
    assert SECRET not in stored
    assert get_mfa_adapter().decrypt(stored) == SECRET


def test_turning_the_second_factor_on_and_off_is_told_and_asks_again(client, member, deliver):
    client.force_login(member)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    with deliver():
        client.post("/accounts/2fa/totp/activate/", {"code": totp_code(page.context["form"].secret)})
    assert "authenticator app" in last_mail(member.email).subject.lower()
    with deliver():
        client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=member, type="totp").exists()
    assert "deactivated" in last_mail(member.email).subject.lower()


def test_recovery_codes_are_shown_once(client, member):
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    response = client.post(
        "/accounts/2fa/totp/activate/", {"code": totp_code(page.context["form"].secret)}, follow=True
    )
    codes = RecoveryCodes(member.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    assert codes[0] in response.content.decode()
    assert codes[0] not in client.get("/accounts/2fa/recovery-codes/").content.decode()


def test_unverified_person_cannot_turn_on_a_second_factor(client, member):
    member.emailaddress_set.update(verified=False)
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"] == "/accounts/2fa/"


def test_passkey_sign_in_offers_a_challenge(client, db):
    response = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert response.json()["request_options"]["publicKey"]["challenge"]


def test_admin_sign_in_is_ours(client, db):
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"].startswith("/accounts/login/")


def test_admin_wants_a_second_factor_of_staff(client, settings, protected):
    settings.STAFF_REQUIRE_MFA = True
    boss = User.objects.create_superuser("boss@example.com", PASSWORD, handle="boss", name="Boss")
    client.force_login(boss)
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"
    TOTP.activate(boss, SECRET)
    assert client.get("/admin/").status_code == 200


def test_admin_is_closed_to_members(client, member):
    client.force_login(member)
    assert client.get("/admin/login/").status_code == 403
