"""F72, N80, SEC-7: Google, Apple and Facebook, against a server on this machine that plays all three."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.socialaccount.providers.facebook import flows as facebook_flows
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import RSAAlgorithm

from accounts.models import User
from accounts.rules import is_verified_email
from accounts.tests.auth.letters import code_in, last_mail, subjects
from accounts.tests.factories import PASSWORD
from fitfoodie.events.models import Event

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
EC_PEM = EC_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer()

    def answer(self):
        body = json.dumps(self.server.answers[urlsplit(self.path).path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def world(server, settings, monkeypatch):
    """All three providers configured, their addresses moved to the server of this test."""
    base = f"http://127.0.0.1:{server.server_port}"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "google": {"APPS": [{"client_id": "g", "secret": "s"}], "SCOPE": ["profile", "email"]},
        "facebook": {"APPS": [{"client_id": "f", "secret": "s"}], "VERIFIED_EMAIL": False},
        "apple": {
            "APPS": [{"client_id": "a", "secret": "kid", "key": "team", "settings": {"certificate_key": EC_PEM}}]
        },
    }
    monkeypatch.setattr(GoogleOAuth2Adapter, "access_token_url", f"{base}/token")
    monkeypatch.setattr(GoogleOAuth2Adapter, "identity_url", f"{base}/google/me")
    monkeypatch.setattr(FacebookOAuth2Adapter, "access_token_url", f"{base}/token")
    monkeypatch.setattr(facebook_flows, "GRAPH_API_URL", f"{base}/facebook")
    monkeypatch.setattr(AppleOAuth2Adapter, "access_token_url", f"{base}/apple/token")
    monkeypatch.setattr(AppleOAuth2Adapter, "public_key_url", f"{base}/apple/keys")
    key = json.loads(RSAAlgorithm.to_jwk(RSA_KEY.public_key())) | {"kid": "k1", "alg": "RS256"}
    server.answers = {"/token": {"access_token": "t", "token_type": "Bearer"}, "/apple/keys": {"keys": [key]}}
    return server.answers


def google_says(world, email="zoe@example.com", *, verified=True, sub="1001"):
    world["/google/me"] = {"sub": sub, "id": sub, "email": email, "email_verified": verified, "name": "Zoe Adler"}
    world["/google/me"]["verified_email"] = verified


def go(browser, deliver, provider="google", process="login"):
    start = browser.post(f"/accounts/{provider}/login/?process={process}")
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    with deliver():
        return browser.get(f"/accounts/{provider}/login/callback/", {"code": "c", "state": state}, follow=True)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def test_google_signs_up_and_in(client, db, world, deliver):
    google_says(world)
    go(client, deliver)
    user = User.objects.get(email="zoe@example.com")
    assert is_signed_in(client)
    assert (user.name, user.handle, user.has_usable_password()) == ("Zoe Adler", "zoe_adler", False)
    assert user.profile is not None
    assert is_verified_email(user)
    assert Event.objects.get(name="accounts.user.joined").data == {"user_id": user.pk, "method": "google"}
    client.post("/accounts/logout/")
    go(client, deliver)
    assert is_signed_in(client)
    assert User.objects.count() == 1


def test_address_the_provider_has_not_checked_is_confirmed_with_us(client, db, world, deliver):
    google_says(world, verified=False)
    go(client, deliver)
    assert not is_signed_in(client)
    client.post("/accounts/confirm-email/", {"code": code_in(last_mail("zoe@example.com"))})
    assert is_signed_in(client)


def test_facebook_address_is_always_confirmed_with_us(client, db, world, deliver):
    world["/facebook/me"] = {"id": "77", "name": "Zoe Adler", "email": "zoe@example.com"}
    go(client, deliver, "facebook")
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get(email="zoe@example.com").verified


def apple_signs_up(client, world, deliver, email):
    claims = {"iss": "https://appleid.apple.com", "aud": "a", "sub": "apple-1", "email": email}
    claims |= {"email_verified": "true", "is_private_email": "true", "exp": int(time.time()) + 600}
    world["/apple/token"] = {
        "access_token": "t",
        "id_token": jwt.encode(claims, RSA_KEY, algorithm="RS256", headers={"kid": "k1"}),
    }
    start = client.post("/accounts/apple/login/")
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    user = json.dumps({"name": {"firstName": "Zoe", "lastName": "Adler"}})
    with deliver():
        return client.post("/accounts/apple/login/callback/", {"code": "c", "state": state, "user": user}, follow=True)


def test_apple_relay_address_works(client, db, world, deliver):
    apple_signs_up(client, world, deliver, "x7k2@privaterelay.appleid.com")
    user = User.objects.get()
    assert is_signed_in(client)
    assert (user.email, user.name) == ("x7k2@privaterelay.appleid.com", "Zoe Adler")
    assert is_verified_email(user)


def test_local_account_is_not_linked_without_proof(client, member, world, deliver):
    google_says(world, member.email)
    page = go(client, deliver)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert "Check your mail" in page.content.decode()
    assert subjects(member.email) == ["You already have a FitFoodie account"]


def test_local_account_is_linked_after_proof(client, member, world, deliver):
    google_says(world, member.email)
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    go(client, deliver, process="connect")
    assert SocialAccount.objects.get().user == member
    assert any("connected" in subject.lower() for subject in subjects(member.email))
    client.post("/accounts/logout/")
    go(client, deliver)
    assert client.session["_auth_user_id"] == str(member.pk)


def test_connecting_asks_for_the_password_first(client, member, world, deliver):
    google_says(world, member.email)
    client.force_login(member)
    page = go(client, deliver, process="connect")
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    assert not SocialAccount.objects.exists()


def test_account_of_somebody_else_is_not_taken_over(client, member, stranger, world, deliver):
    SocialAccount.objects.create(user=stranger, provider="google", uid="1001")
    google_says(world, member.email)
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    go(client, deliver, process="connect")
    assert SocialAccount.objects.get().user == stranger


def test_disconnect_works_with_another_way_in(client, member, world, deliver):
    account = SocialAccount.objects.create(user=member, provider="google", uid="1001")
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_disconnect_refuses_the_last_way_in(client, db, world, deliver):
    google_says(world)
    go(client, deliver)
    account = SocialAccount.objects.get()
    response = client.post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.exists()
    assert "no password" in response.content.decode()


def test_disconnect_account_of_a_stranger(client, member, stranger, world):
    account = SocialAccount.objects.create(user=stranger, provider="google", uid="9")
    client.force_login(member)
    client.post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.exists()


def test_buttons_show_only_what_is_configured(client, db, settings):
    assert "Continue with" not in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [{"client_id": "g", "secret": "s"}]}}
    page = client.get("/accounts/login/").content.decode()
    assert "Continue with Google" in page
    assert "Continue with Apple" not in page


def test_provider_without_keys_is_not_there(client, db):
    assert client.post("/accounts/google/login/").status_code == 404


def test_forged_callback_is_refused(client, db, world, deliver):
    google_says(world)
    with deliver():
        response = client.get("/accounts/google/login/callback/", {"code": "c", "state": "forged"})
    assert response.status_code == 401
    assert not User.objects.exists()


def test_deactivated_person_is_not_let_in(client, db, world, deliver):
    google_says(world)
    go(client, deliver)
    User.objects.update(is_active=False)
    other = type(client)()
    go(other, deliver)
    assert not is_signed_in(other)


def test_provider_without_an_address_asks_for_one(client, db, world, deliver):
    world["/facebook/me"] = {"id": "77", "name": "Zoe Adler"}
    page = go(client, deliver, "facebook")
    assert "Almost there" in page.content.decode()
    assert 'value="Zoe Adler"' in page.content.decode()
    with deliver():
        client.post("/accounts/3rdparty/signup/", {"name": "Zoe A.", "handle": "zoe_a", "email": "zoe@example.com"})
    user = User.objects.get()
    assert (user.name, user.handle, user.email) == ("Zoe A.", "zoe_a", "zoe@example.com")
    assert not is_verified_email(user)


def test_app_is_told_of_a_provider_without_keys(client, db):
    response = client.post(
        "/api/auth/app/v1/auth/provider/token",
        {"provider": "google", "process": "login", "token": {"client_id": "x", "id_token": "y"}},
        content_type="application/json",
    )
    assert response.status_code == 400
