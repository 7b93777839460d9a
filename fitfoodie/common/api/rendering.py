"""JSON out: one encoder for every answer of the API, whichever view made it."""

import uuid
from decimal import Decimal
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def _encode_other(value: Any) -> Any:
    """What orjson does not know: exact decimals as number literals, lazy texts, sets of choices in a stable order."""
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Promise | uuid.UUID):
        return str(value)
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(data: Any) -> bytes:
    """Instants end in `Z`, decimals keep every digit. Raises TypeError for what has no JSON form."""
    return orjson.dumps(data, default=_encode_other, option=_OPTIONS)


class JsonAnswer(HttpResponse):
    """A finished JSON body. Views on hot paths answer with it and skip content negotiation and rendering."""

    def __init__(self, data: Any = None, *, content: bytes | None = None, status: int = 200, **options: Any) -> None:
        options.setdefault("content_type", "application/json")
        super().__init__(dumps(data) if content is None else content, status=status, **options)


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition (RFC 8259)
    render_style = "binary"

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        return b"" if data is None else dumps(data)
