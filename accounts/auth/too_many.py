"""What somebody sees who must wait."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.auth.rate_limits import DEFAULT_WAIT


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    wait = getattr(request, "retry_after", DEFAULT_WAIT)
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def too_many_problem(request: HttpRequest) -> JsonResponse:
    """RFC 9457. `status` doubles as the member that clients of the sign-in API look at."""
    wait = getattr(request, "retry_after", DEFAULT_WAIT)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "code": "rate_limited",
        "detail": _("Too many attempts. Try again in %(wait)d seconds.") % {"wait": wait},
        "errors": [],
        "trace_id": getattr(request, "request_id", None) or request.headers.get("X-Request-ID", ""),
    }
    return JsonResponse(problem, status=429, content_type="application/problem+json")
