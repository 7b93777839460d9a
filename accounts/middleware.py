"""Small things that concern every request of somebody signed in."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError

from accounts.auth.rate_limits import DEFAULT_WAIT
from accounts.auth.too_many import too_many_problem
from fitfoodie.common.api.exceptions import problem_of
from fitfoodie.common.api.parsing import StrictJSONParser
from fitfoodie.common.api.problems import ProblemResponse
from fitfoodie.common.client_ip import client_ip

# “Last seen” is a help for people, not a log: one write per session in this many seconds is enough.
SEEN_INTERVAL = 300
_SEEN_MEMORY = 60 * 60 * 24 * 30

Handler = Callable[[HttpRequest], HttpResponse]


class LastSeenMiddleware:
    """Keeps “last seen” of browser sessions without a write, or even a query, per request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key and request.session.session_key == key:
            _note_seen(key, request)
        return response


def _note_seen(key: str, request: HttpRequest) -> None:
    now = time.time()
    noted_at = cache.get(f"seen:{key}")
    if noted_at is not None and now - noted_at < SEEN_INTERVAL:
        return
    cache.set(f"seen:{key}", now, _SEEN_MEMORY)
    if noted_at is not None:
        UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now(), ip=client_ip(request))


class RetryAfterMiddleware:
    """Every 429 says when to come back, and the sign-in API says it in the form of the rest of our API."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 429:
            return response
        if request.path.startswith("/api/auth/"):
            response = too_many_problem(request)
        if "Retry-After" not in response:
            response["Retry-After"] = str(getattr(request, "retry_after", DEFAULT_WAIT))
        return response


class SignInBodyMiddleware:
    """Bodies sent to the sign-in API are the strict JSON of the rest of our API, read before allauth does (API-11)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/auth/app/") and request.method not in ("GET", "HEAD", "OPTIONS"):
            try:
                _read_object(request)
            except (APIException, SuspiciousOperation) as error:
                return ProblemResponse(problem_of(error))
        return self.get_response(request)


def _read_object(request: HttpRequest) -> None:
    if not request.body:
        return
    if not isinstance(StrictJSONParser().parse(BytesIO(request.body)), dict):
        raise ParseError("The body must be a JSON object.")


class StaffMfaMiddleware:
    """The back office opens only to staff with a second factor, where STAFF_REQUIRE_MFA is on."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.STAFF_REQUIRE_MFA or match is None or match.app_name != "admin":
            return None
        if not request.user.is_authenticated or is_mfa_enabled(request.user):
            return None
        messages.warning(request, _("The back office needs a second factor. Turn one on, then come back."))
        return redirect("mfa_index")
