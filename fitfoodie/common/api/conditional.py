"""ETag, If-None-Match and If-Match: bandwidth saved on reads, nobody's edit lost on writes (API-6, REC-9)."""

import re
from hashlib import blake2b

from django.http import HttpResponse, HttpResponseNotModified
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.problems import Problem

_VERSION = re.compile(r'^\s*(?:W/)?"?(\d{1,9})(?:\.[0-9a-f]+)?"?\s*$')
_KEPT = ("ETag", "Cache-Control", "Vary")


def etag_of(body: bytes, version: int | None = None) -> str:
    """`"<version>.<digest>"` for versioned documents: edits are held against the version alone, so that a new review
    of a meal does not refuse the save of its author."""
    digest = blake2b(body, digest_size=8).hexdigest()
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def conditional(request: Request, response: HttpResponse, *, version: int | None = None) -> HttpResponse:
    """Adds the ETag; 304 without a body when the caller has it already. Only for finished 200 answers to reads."""
    etag = etag_of(response.content, version)
    response["ETag"] = etag
    response.setdefault("Cache-Control", "private, no-cache")
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked is None or not _matches(asked, etag):
        return response
    answer = HttpResponseNotModified()
    for name in _KEPT:
        if name in response:
            answer[name] = response[name]
    return answer


def _matches(asked: str, etag: str) -> bool:
    return asked.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}


def required_version(request: Request, *, current: int) -> int:
    """The version the caller has edited, from `If-Match`. `*` means whatever is stored.

    Raises 428 when the header is missing and 400 when it is not one of our tags. Whether the version is still the
    stored one is for the service to decide, under its lock.
    """
    asked = request.META.get("HTTP_IF_MATCH")
    if asked is None:
        detail = "Send the ETag of the version you edited as If-Match, so that nobody's changes are lost."
        raise ProblemError(Problem(428, "if_match_required", detail))
    if asked.strip() == "*":
        return current
    found = _VERSION.match(asked)
    if found is None:
        raise ProblemError(Problem(400, "bad_request", "If-Match must be the ETag this resource was read with."))
    return int(found[1])
