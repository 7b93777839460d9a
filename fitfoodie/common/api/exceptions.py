"""From an exception to a problem: what DRF calls for every error inside a view."""

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, UnreadablePostError
from rest_framework import exceptions as drf

from fitfoodie.common.api.problems import FieldError, Problem, ProblemResponse
from fitfoodie.common.errors import DomainError, IllegalTransitionError, StaleVersionError

# DRF's own codes, where ours says it better.
_CODES = {
    "permission_denied": "not_allowed",
    "throttled": "rate_limited",
    "parse_error": "bad_request",
    "error": "internal_error",
}


def _escaped(part: Any) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def field_errors(details: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flattens the nested details of a DRF ValidationError; list items that are fine leave no trace."""
    if isinstance(details, Mapping) and set(details) == {"message", "code"} and isinstance(details["code"], str):
        yield FieldError(pointer, details["code"], str(details["message"]))
    elif isinstance(details, Mapping):
        for name, inner in details.items():
            yield from field_errors(inner, pointer if name == "non_field_errors" else f"{pointer}/{_escaped(name)}")
    elif isinstance(details, list):
        is_leaf = all(isinstance(item, Mapping) and set(item) == {"message", "code"} for item in details)
        for index, inner in enumerate(details):
            yield from field_errors(inner, pointer if is_leaf else f"{pointer}/{index}")


def summary_of(errors: list[FieldError]) -> str:
    if len(errors) == 1:
        return errors[0].detail
    return f"{len(errors)} fields need attention."


def invalid(errors: list[FieldError]) -> Problem:
    return Problem(400, "invalid", summary_of(errors), errors)


class ProblemError(drf.APIException):
    """Raise from API code to answer with exactly this problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail, problem.code)
        self.status_code = problem.status
        self.problem = problem


@singledispatch
def problem_of(error: Exception) -> Problem:
    return Problem(500, "internal_error", "Something went wrong on our side. It has been recorded.")


@problem_of.register
def _(error: ProblemError) -> Problem:
    return error.problem


@problem_of.register
def _(error: drf.APIException) -> Problem:
    code = str(error.get_codes())
    headers: dict[str, str] = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    return Problem(error.status_code, _CODES.get(code, code), str(error.detail), headers=headers)


@problem_of.register
def _(error: drf.Throttled) -> Problem:
    wait = max(1, int(getattr(error, "wait", None) or 1))
    detail = f"Too many requests. Try again in {wait} seconds."
    return Problem(429, "rate_limited", detail, headers={"Retry-After": str(wait)})


@problem_of.register
def _(error: drf.ValidationError) -> Problem:
    return invalid(list(field_errors(error.get_full_details())))


@problem_of.register
def _(error: DjangoValidationError) -> Problem:
    named = error.error_dict.items() if hasattr(error, "error_dict") else [("__all__", error.error_list)]
    return invalid(
        [
            FieldError("" if name == "__all__" else f"/{_escaped(name)}", one.code or "invalid", " ".join(one.messages))
            for name, errors in named
            for one in errors
        ]
    )


@problem_of.register
def _(error: DomainError) -> Problem:
    errors = [FieldError(f"/{_escaped(name)}", error.code, str(text)) for name, text in _named(error)]
    return Problem(error.status, error.code, summary_of(errors) if len(errors) > 1 else error.message, errors)


def _named(error: DomainError) -> Iterable[tuple[str, Any]]:
    """Some errors of a service name several fields at once, in a mapping of sentences."""
    several = getattr(error, "errors", None)
    if isinstance(several, Mapping):
        return several.items()
    return [(error.field, error.message)] if error.field else []


@problem_of.register
def _(error: IllegalTransitionError) -> Problem:
    return Problem(error.status, error.code, error.message, extra={"legal": error.legal})


@problem_of.register
def _(error: StaleVersionError) -> Problem:
    extra: dict[str, Any] = {"current_version": error.current}
    # The other side of the refused save, when the view put it there: nobody has to guess what changed (REC-9).
    if error.current_document is not None:
        extra["current"] = error.current_document
    return Problem(error.status, error.code, error.message, extra=extra)


@problem_of.register(Http404)
@problem_of.register(ObjectDoesNotExist)
def _(error: Exception) -> Problem:
    return Problem(404, "not_found", "There is nothing at this address, or you may not see it.")


@problem_of.register
def _(error: PermissionDenied) -> Problem:
    return Problem(403, "not_allowed", str(error) or "You may not do this.")


@problem_of.register
def _(error: SuspiciousOperation) -> Problem:
    return Problem(400, "bad_request", "The request cannot be read.")


@problem_of.register
def _(error: UnreadablePostError) -> Problem:
    return Problem(400, "bad_request", "The body ended before it was complete.")


@problem_of.register
def _(error: RequestDataTooBig) -> Problem:
    return Problem(413, "body_too_large", "The body is larger than this server reads.")


def handle_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Never None: what nobody foresaw is answered as a bare 500; whoever listens to the signal logs it (API-5)."""
    problem = problem_of(error)
    if problem.status >= 500:
        request = context.get("request")
        got_request_exception.send(sender=type(context.get("view")), request=getattr(request, "_request", request))
    return ProblemResponse(problem)
