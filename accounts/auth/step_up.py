"""Sensitive steps ask who it is once more (GDP-2): not a session left open, not a token that leaked."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.problems import Problem, register_problem

CODE = "reauthentication_required"
register_problem(
    CODE,
    403,
    "Confirm that it is you",
    "Send the password to `/api/auth/app/v1/auth/reauthenticate`, or a code to `…/auth/2fa/reauthenticate`; repeat.",
)


def require_recent_confirmation(request: Request) -> None:
    """Raises the problem `reauthentication_required` unless the person confirmed themselves in the last ten minutes.

    People who sign in with a provider alone have nothing here to confirm with and pass, as on the pages.
    """
    if not did_recently_reauthenticate(_with_session(request)):
        raise ProblemError(Problem(403, CODE, "Confirm your password or second factor, then send this again."))


def _with_session(request: Request) -> HttpRequest:
    """The request as allauth reads it: an app's session is the one its token was made for."""
    if not isinstance(request.auth, dict):
        return request._request
    asked = HttpRequest()
    asked.user = request.user
    asked.session = SessionStore(request.auth["session_key"])
    return asked
