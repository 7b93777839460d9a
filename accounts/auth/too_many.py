"""What somebody sees who must wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.auth.rate_limits import DEFAULT_WAIT
from fitfoodie.common.api.problems import Problem, ProblemResponse


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    wait = getattr(request, "retry_after", DEFAULT_WAIT)
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def too_many_problem(request: HttpRequest) -> HttpResponse:
    """The sign-in API answers in the form of the rest of the API. `status` is also what allauth's clients look at."""
    wait = getattr(request, "retry_after", DEFAULT_WAIT)
    detail = _("Too many attempts. Try again in %(wait)d seconds.") % {"wait": wait}
    return ProblemResponse(Problem(429, "rate_limited", detail, headers={"Retry-After": str(wait)}))
