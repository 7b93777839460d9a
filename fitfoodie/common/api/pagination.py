"""Lists in pages: by signed keyset cursor, or by number where the list is small. Nothing is ever counted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.db.models import F, OrderBy, Q, QuerySet
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.problems import FieldError, Problem

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_PAGE = 1000
_SIGNATURE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Ordering:
    """By `column`, ties broken by `tie` in the same direction: together they must be unique. Nulls come last."""

    column: str
    is_descending: bool = False
    is_nullable: bool = False
    tie: str = "id"

    def order_by(self, *, is_backward: bool) -> list[OrderBy]:
        descending = self.is_descending is not is_backward
        nulls: dict[str, bool] = {}
        if self.is_nullable:
            nulls = {"nulls_first": True} if is_backward else {"nulls_last": True}
        key, tie = F(self.column), F(self.tie)
        return [key.desc(**nulls), tie.desc()] if descending else [key.asc(**nulls), tie.asc()]

    def beyond(self, value: Any, tie_value: Any, *, is_backward: bool) -> Q:
        """Rows strictly after the position (before it, when backward) in list order."""
        sign = "lt" if self.is_descending is not is_backward else "gt"
        tie_beyond = Q(**{f"{self.tie}__{sign}": tie_value})
        if value is None:
            same = Q(**{f"{self.column}__isnull": True}) & tie_beyond
            return same | Q(**{f"{self.column}__isnull": False}) if is_backward else same
        # The first condition says nothing new; it lets the database start inside the index instead of at its end.
        within = Q(**{f"{self.column}__{sign}e": value}) & (
            Q(**{f"{self.column}__{sign}": value}) | Q(**{self.column: value}) & tie_beyond
        )
        return within | Q(**{f"{self.column}__isnull": True}) if self.is_nullable and not is_backward else within


@dataclass(frozen=True, slots=True)
class Position:
    is_backward: bool
    key: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    results: Sequence[Any]
    next: str | None
    previous: str | None


@lru_cache(maxsize=4)
def _signing_key(secret: str) -> bytes:
    return hashlib.sha256(b"fitfoodie.cursor:" + secret.encode()).digest()


def _signature(payload: bytes, binding: str) -> bytes:
    keyed = hmac.new(_signing_key(settings.SECRET_KEY), payload + b"\0" + binding.encode(), hashlib.sha256)
    return keyed.digest()[:_SIGNATURE_BYTES]


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"n": str(value)} if isinstance(value, Decimal) else value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["t"]) if "t" in value else Decimal(value["n"])


def encode_cursor(position: Position, binding: str) -> str:
    payload = orjson.dumps([int(position.is_backward), *map(_packed, position.key)])
    return base64.urlsafe_b64encode(_signature(payload, binding) + payload).rstrip(b"=").decode()


def decode_cursor(text: str, binding: str) -> Position:
    """Raises 400 `invalid_cursor` unless we made the cursor for exactly this list (API-4)."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise _refused() from None
    signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(payload, binding)):
        raise _refused()
    is_backward, *key = orjson.loads(payload)
    return Position(bool(is_backward), tuple(map(_unpacked, key)))


def _refused() -> ProblemError:
    detail = (
        "This cursor was not made for this list: the filters, the order or the address differ. Start again without it."
    )
    return ProblemError(
        Problem(
            400, "invalid_cursor", detail, [FieldError("?cursor", "invalid_cursor", "Leave it out to start again.")]
        )
    )


def whole_number(params: Mapping[str, str], name: str, default: int, maximum: int) -> int:
    """Raises 400 naming the parameter unless it is a whole number from 1 to `maximum`."""
    text = params.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= maximum:
        return int(text)
    raise ProblemError(
        invalid([FieldError(f"?{name}", "out_of_range", f"Give a whole number from 1 to {maximum} as {name}.")])
    )


def page_size(request: Request) -> int:
    return whole_number(request.GET, "page_size", PAGE_SIZE, MAX_PAGE_SIZE)


def _binding(request: Request, caller: Any) -> str:
    """Everything that decides which rows are in the list and in which order; page size and position do not."""
    given = sorted((k, v) for k, values in request.GET.lists() if k not in ("cursor", "page_size") for v in values)
    return orjson.dumps([request.path, given, caller]).decode()


def link_with(request: Request, **changes: str) -> str:
    """The address of the request with other values for the named parameters."""
    kept = [(k, v) for k, values in request.GET.lists() if k not in changes for v in values]
    return f"{request._request.build_absolute_uri(request.path)}?{urlencode([*kept, *changes.items()])}"


def keyset_page(request: Request, rows: QuerySet[Any, Any], ordering: Ordering, *, caller: Any = None) -> Page:
    """One page of `rows` by keyset. `caller` binds the cursor further, where the list depends on who asks.

    `rows` may yield dicts (`values()`), which must hold both key columns, or instances.
    """
    binding = _binding(request, caller)
    size = page_size(request)
    cursor = request.GET.get("cursor")
    position = None if cursor is None else decode_cursor(cursor, binding)
    is_backward = position is not None and position.is_backward
    rows = rows.order_by(*ordering.order_by(is_backward=is_backward))
    if position is not None:
        rows = rows.filter(ordering.beyond(*position.key, is_backward=is_backward))
    found = list(rows[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if is_backward:
        found.reverse()

    def link(row: Any, *, backward: bool) -> str:
        return link_with(request, cursor=encode_cursor(Position(backward, _key(row, ordering)), binding))

    has_next, has_previous = (True, has_more) if is_backward else (has_more, position is not None)
    return Page(
        found,
        link(found[-1], backward=False) if has_next and found else None,
        link(found[0], backward=True) if has_previous and found else None,
    )


def _key(row: Any, ordering: Ordering) -> tuple[Any, Any]:
    if isinstance(row, dict):
        return row[ordering.column], row[ordering.tie]
    return getattr(row, ordering.column), getattr(row, ordering.tie)


def rank_page(request: Request, ranked: Sequence[Any], *, caller: Any = None) -> tuple[Sequence[Any], Page]:
    """A page of a list that exists only as a ranking (search, recommendations): the cursor holds the rank reached.

    Returns the slice and a Page without results, for the caller to fill with what the slice leads to.
    """
    binding = _binding(request, caller)
    size = page_size(request)
    cursor = request.GET.get("cursor")
    start = 0 if cursor is None else decode_cursor(cursor, binding).key[0]

    def link(rank: int) -> str:
        return link_with(request, cursor=encode_cursor(Position(is_backward=False, key=(rank,)), binding))

    has_next = start + size < len(ranked)
    following = link(start + size) if has_next else None
    return ranked[start : start + size], Page((), following, link(max(0, start - size)) if start else None)


def numbered_page(request: Request, rows: QuerySet[Any, Any] | Sequence[Any]) -> Page:
    """`?page=2`: for short lists that have a stable order of their own."""
    size = page_size(request)
    number = whole_number(request.GET, "page", 1, MAX_PAGE)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(
        found[:size],
        link_with(request, page=str(number + 1)) if len(found) > size and number < MAX_PAGE else None,
        link_with(request, page=str(number - 1)) if number > 1 else None,
    )


def page_body(page: Page, results: Iterable[Any]) -> dict[str, Any]:
    return {"results": list(results), "next": page.next, "previous": page.previous}
