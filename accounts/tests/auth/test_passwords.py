"""F19: length counts, composition does not; what everybody tries is refused, in any disguise."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from fitfoodie.settings import base


@pytest.mark.parametrize(
    "password",
    [
        "Password123",
        "password123!",
        "P@ssw0rd2024!!",
        "!!!qwertyuiop",
        "1234567890",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "passwordpassword",
        "FitFoodie2026!",
        "abcdefghijkl",
        "iloveyou!!!123",
    ],
)
def test_guessable_password_is_refused(password):
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert caught.value.error_list[0].code == "password_too_common"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "turnips sing at dawn",
        "x" * 5 + "9 Ωμέγα und Käse",
        "密码很长也没有关系的啊朋友们",
        "48291#77120!aB",
        "8402957163",
        "🥕🥦🍅🧀🥑🍋🥜🫐🥖🍇",
        "a long one " + "word " * 60,
    ],
)
def test_good_password_is_accepted(password):
    validate_password(password)


@pytest.mark.parametrize(("length", "code"), [(9, "password_too_short"), (1025, "password_too_long")])
def test_password_length(length, code):
    password = ("q8Z!vK2p" * 200)[:length]
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert caught.value.error_list[0].code == code


@pytest.mark.parametrize("password", ["maya@example.com", "MayaLindMaya", "mayalindgren"])
def test_password_close_to_the_person_is_refused(password):
    user = User(email="maya@example.com", handle="mayalind", name="Maya Lind Maya")
    with pytest.raises(ValidationError) as caught:
        validate_password(password, user)
    assert "password_too_similar" in [error.code for error in caught.value.error_list]


def test_first_hasher_is_argon2id():
    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.fixture
def breach_list(settings, httpserver_range):
    settings.BREACHED_PASSWORDS_ENABLED = True
    return httpserver_range


@pytest.fixture
def httpserver_range(settings):
    """A list server on this machine: `answers` maps a prefix to its lines; `asked` keeps the paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            body = server.answers.get(self.path.rpartition("/")[2], "").encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answers = [], {}
    settings.BREACHED_PASSWORDS_URL = f"http://127.0.0.1:{server.server_port}/range/"
    settings.OUTGOING_HTTP_ALLOW_PRIVATE = True
    settings.OUTGOING_HTTP_PORTS = (server.server_port,)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_breached_password_is_refused_and_only_a_prefix_travels(breach_list):
    password = "turnips sing at dawn"
    digest = hashlib.sha1(password.encode()).hexdigest().upper()
    breach_list.answers[digest[:5]] = f"{'0' * 35}:4\r\n{digest[5:]}:7\r\n"
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert caught.value.error_list[0].code == "password_breached"
    assert breach_list.asked == [f"/range/{digest[:5]}"]


def test_password_missing_from_the_breach_list_is_accepted(breach_list):
    digest = hashlib.sha1(b"turnips sing at dawn").hexdigest().upper()
    breach_list.answers[digest[:5]] = f"{digest[5:]}:0\r\n"
    validate_password("turnips sing at dawn")


def test_breach_list_that_is_down_stops_nobody(settings):
    settings.BREACHED_PASSWORDS_ENABLED = True
    settings.BREACHED_PASSWORDS_URL = "https://breaches.invalid/range/"
    validate_password("turnips sing at dawn")


def test_breach_list_is_not_asked_by_default():
    assert settings.BREACHED_PASSWORDS_ENABLED is False
