"""A device that somebody has signed in on before, known by a signed cookie (SEC-6).

It opens nothing. It only says whose guesses are counted apart, and whether a sign-in is worth a letter.
"""

import hashlib
import secrets
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User

COOKIE = "known_device"
_SALT = "accounts.known_device"
# A family shares a tablet; more accounts than this push the oldest out.
_MOST_ACCOUNTS = 5


class _Device(NamedTuple):
    id: str
    who: list[str]


def known_device_of(request: HttpRequest, email: str) -> str | None:
    """The device's id, when the owner of this address has signed in on it before."""
    device = _read(request)
    return device.id if device and _mark(email) in device.who else None


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    device = _read(request) or _Device(secrets.token_urlsafe(9), [])
    mark = _mark(user.email)
    who = [mark, *(other for other in device.who if other != mark)][:_MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([device.id, who], salt=_SALT),
        max_age=settings.KNOWN_DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> _Device | None:
    cookie = request.COOKIES.get(COOKIE, "")
    try:
        return _Device(*signing.loads(cookie, salt=_SALT, max_age=settings.KNOWN_DEVICE_COOKIE_AGE))
    except (signing.BadSignature, TypeError):
        return None


def _mark(email: str) -> str:
    """A keyed hash, so that the cookie names nobody."""
    return hashlib.blake2b(email.lower().encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).hexdigest()
