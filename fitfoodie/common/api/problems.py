"""Problem details (RFC 9457): the form of every 4xx and 5xx of the API, and the catalogue of codes (API-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpResponse

from fitfoodie.common.api.rendering import dumps

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A code that clients may branch on: never renamed, its status never changed."""

    code: str
    status: int
    title: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """`pointer` is a JSON Pointer into the body, or `?name` for a query parameter; empty means the whole document."""

    pointer: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    code: str
    detail: str
    errors: Sequence[FieldError] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


_catalogue: dict[str, ProblemType] = {}


def register_problem(code: str, status: int, title: str, remedy: str) -> None:
    """Raises ValueError on a second declaration of a code."""
    if code in _catalogue:
        raise ValueError(f"The problem {code} is declared twice.")
    _catalogue[code] = ProblemType(code, status, title, remedy)


def problem_types() -> list[ProblemType]:
    return sorted(_catalogue.values(), key=lambda kind: (kind.status, kind.code))


def problem_type(code: str) -> ProblemType | None:
    return _catalogue.get(code)


def trace_id() -> str:
    """The id of the request, the same that is in its log lines and its response header."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def body_of(problem: Problem) -> dict[str, Any]:
    kind = _catalogue.get(problem.code)
    return {
        "type": f"{settings.SITE_URL}/api/problems/{problem.code}" if kind else "about:blank",
        "title": kind.title if kind else _phrase(problem.status),
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": [{"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in problem.errors],
        "trace_id": trace_id(),
        **problem.extra,
    }


class ProblemResponse(HttpResponse):
    def __init__(self, problem: Problem) -> None:
        super().__init__(
            dumps(body_of(problem)), status=problem.status, content_type=MEDIA_TYPE, headers=dict(problem.headers)
        )
        self["Cache-Control"] = "no-store"


for _row in (
    ("invalid", 400, "The request is not valid", "Correct the fields named in `errors` and send it again."),
    ("malformed_json", 400, "The body is not JSON", "Send UTF-8 JSON; NaN and Infinity are not JSON."),
    ("too_deep", 400, "The body is nested too deeply", "Flatten the document; the limit is 20 levels."),
    ("bad_request", 400, "The request cannot be read", "Check the address, the headers and the encoding."),
    ("invalid_cursor", 400, "The cursor does not fit this list", "Drop `cursor` and start again at the first page."),
    ("unknown_parameter", 400, "Unknown query parameter", "Use only the parameters the reference lists."),
    ("unsupported_version", 400, "Unknown API version", "Use a version from `supported`, or leave the header out."),
    ("not_authenticated", 401, "Sign in first", "Send `Authorization: Bearer` with an access token."),
    ("authentication_failed", 401, "The credentials are not valid", "Refresh the access token or sign in again."),
    ("not_allowed", 403, "You may not do this", "Ask the owner, or sign in as somebody who may."),
    ("csrf_failed", 403, "The CSRF token is missing or wrong", "Pages send `X-CSRFToken`; apps use a Bearer token."),
    ("not_found", 404, "There is nothing here", "It may have moved, or you may not be allowed to know of it."),
    ("method_not_allowed", 405, "This verb is not offered here", "The `Allow` header lists those that are."),
    ("not_acceptable", 406, "No such representation", "Accept `application/json`."),
    ("conflict", 409, "The request does not fit the present state", "Read the resource again, then decide."),
    ("illegal_transition", 409, "This move is not possible now", "`legal` lists the moves that are."),
    ("idempotency_in_progress", 409, "The first request still runs", "Wait `Retry-After` seconds, then repeat it."),
    ("stale_version", 412, "Somebody saved in between", "`current_version` is stored now; read, merge, send again."),
    ("body_too_large", 413, "The body is too large", "Send less at a time; the limit is in `detail`."),
    ("unsupported_media_type", 415, "This content type is not read here", "Send `application/json`."),
    ("idempotency_key_reused", 422, "The key belongs to another request", "Use a fresh `Idempotency-Key`."),
    ("if_match_required", 428, "Say which version you edit", "Send the `ETag` of what you read as `If-Match`."),
    ("rate_limited", 429, "Too many requests", "Wait `Retry-After` seconds. Limits are in `RateLimit-Policy`."),
    ("internal_error", 500, "Something went wrong on our side", "Try later; name the `trace_id` when you report it."),
):
    register_problem(*_row)
