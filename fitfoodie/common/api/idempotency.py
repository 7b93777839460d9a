"""Idempotency keys: a POST that creates or charges has its effect once, however often it is sent (ORD-4)."""

import functools
import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import orjson
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError
from fitfoodie.common.api.problems import FieldError, Problem
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.throttling import caller_of
from fitfoodie.common.models import IdempotencyRecord

KEPT_FOR = timedelta(hours=24)
LOCKED_FOR = timedelta(minutes=2)
RETRY_AFTER = 1  # seconds
HEADER = "Idempotency-Key"
_KEY = re.compile(r"^[\x21-\x7e]{1,255}$")
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Retry-After")
# An answer that may differ next time is not kept: conflicts, limits, and our own failures.
_PASSING = {409, 429}

Handler = TypeVar("Handler", bound=Callable[..., HttpResponse])


class LostClaimError(RuntimeError):
    """The request outlived its lock and another one took its key over: its effect must not be committed."""


def idempotent(*, is_atomic: bool = True) -> Callable[[Handler], Handler]:
    """Decorates `post` of an ApiView.

    The effect and the stored answer commit together, so that a crash leaves either both or neither. A handler that
    waits for other hosts says `is_atomic=False`: it must not hold a transaction, and answers for its own repeats.
    """

    def decorate(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def run(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            key = request.META.get("HTTP_IDEMPOTENCY_KEY")
            if key is None:
                return handler(view, request, *args, **kwargs)
            return _run_once(view, request, key, functools.partial(handler, view, request, *args, **kwargs), is_atomic)

        run.is_idempotent = True  # type: ignore[attr-defined]  # read by the architecture test
        return run  # type: ignore[return-value]  # wraps keeps the signature

    return decorate


def _run_once(
    view: Any, request: Request, key: str, handler: Callable[[], HttpResponse], is_atomic: bool
) -> HttpResponse:
    if not _KEY.match(key):
        detail = "An Idempotency-Key is 1 to 255 printable ASCII characters without spaces, such as a UUID."
        raise ProblemError(Problem(400, "bad_request", detail))
    record = claim(caller=caller_of(request), key=key, fingerprint=_fingerprint(request), now=timezone.now())
    if record.status is not None:
        return _replayed(record)
    try:
        if not is_atomic:
            return _kept(record, _finished(handler()))
        with transaction.atomic():
            return _kept(record, _finished(handler()))
    except LostClaimError:
        raise _in_progress() from None
    except Exception as error:  # noqa: BLE001  every failure is answered by the view's own handler, and released
        return _kept(record, view.handle_exception(error))


def _fingerprint(request: Request) -> str:
    """Of what was asked. Multipart bodies are compared by their parts: each sending draws a new boundary."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(repr((name, file.name, hashlib.sha256(file.read()).hexdigest())).encode())
                file.seek(0)
    else:
        digest.update(_raw(request))
    return digest.hexdigest()


def _raw(request: Request) -> bytes:
    """What was sent; of browsers, whose CSRF check has read the stream by then, what was understood of it."""
    try:
        return request._request.body
    except RawPostDataException:
        return orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS)


def claim(*, caller: str, key: str, fingerprint: str, now: datetime) -> IdempotencyRecord:
    """The row of this key: a fresh claim (`status` None) that only this request holds, or a stored answer.

    Raises 422 when the key was used for another request and 409 while the first one runs.
    """
    fresh: dict[str, Any] = {
        "fingerprint": fingerprint,
        "status": None,
        "headers": {},
        "body": b"",
        "started_at": now,
        "locked_until": now + LOCKED_FOR,
        "claim": uuid.uuid4(),
    }
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(caller=caller, key=key, **fresh)
    except IntegrityError:
        pass
    rows = IdempotencyRecord.objects.filter(caller=caller, key=key)
    expired = Q(started_at__lte=now - KEPT_FOR)
    abandoned = Q(status=None, locked_until__lte=now, fingerprint=fingerprint)
    if rows.filter(expired | abandoned).update(**fresh):
        return rows.get(claim=fresh["claim"])
    record = rows.first()
    if record is None or (record.status is None and record.fingerprint == fingerprint):
        raise _in_progress()
    if record.fingerprint != fingerprint:
        raise ProblemError(
            Problem(
                422,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Use a fresh one.",
                [FieldError("", "idempotency_key_reused", "The body or the address differs from the first request.")],
            )
        )
    return record


def _in_progress() -> ProblemError:
    detail = "The first request with this Idempotency-Key is still running. Ask again in a moment."
    return ProblemError(Problem(409, "idempotency_in_progress", detail, headers={"Retry-After": str(RETRY_AFTER)}))


def _finished(response: Any) -> HttpResponse:
    """The answer as bytes. A DRF Response is written with the API's encoder, the only one there is."""
    if not hasattr(response, "data"):
        return response  # type: ignore[no-any-return]  # duck-typed: DRF's Response
    content = b"" if response.data is None else None
    headers = {name: value for name, value in response.headers.items() if name != "Content-Type"}
    return JsonAnswer(response.data, content=content, status=response.status_code, headers=headers)


def _kept(record: IdempotencyRecord, response: HttpResponse) -> HttpResponse:
    """Stores the answer, or gives the key free when another attempt may end differently."""
    mine = IdempotencyRecord.objects.filter(pk=record.pk, claim=record.claim)
    if response.status_code in _PASSING or response.status_code >= 500:
        mine.delete()
        return response
    kept = {name: response[name] for name in _KEPT_HEADERS if name in response}
    if not mine.update(status=response.status_code, headers=kept, body=response.content):
        raise LostClaimError
    return response


def _replayed(record: IdempotencyRecord) -> HttpResponse:
    headers = dict(record.headers)
    content_type = headers.pop("Content-Type", "application/json")
    response = HttpResponse(bytes(record.body), status=record.status, content_type=content_type, headers=headers)
    response["Idempotent-Replayed"] = "true"
    return response


def forget_expired_records(*, now: datetime) -> int:
    """Deletes what is older than a day; returns how many. Run by the schedule."""
    return IdempotencyRecord.objects.filter(started_at__lte=now - KEPT_FOR).delete()[0]
