from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.rules import is_verified_email


def verification(request: HttpRequest) -> dict[str, Any]:
    """`verify_url` is where to confirm one's address, for those who have yet to: every page then says so (F2)."""
    return {"verify_url": _verify_url(request)}


def _verify_url(request: HttpRequest) -> str:
    if request.path.startswith("/accounts/"):
        return ""  # the way there is no place for a reminder
    if getattr(request, "user", None) and request.user.is_authenticated:
        return "" if is_verified_email(request.user) else reverse("account_email")
    # Somebody in the middle of signing up who looks around first. Without a cookie there is no session to ask.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_waiting = has_session and EMAIL_VERIFICATION_CODE_SESSION_KEY in request.session
    return reverse("account_email_verification_sent") if is_waiting else ""
