"""Pages that go on: "more" as a link, no count, no repeats while new meals appear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

PAGE_SIZE = 24
MAX_PAGE = 500


@dataclass(frozen=True)
class Page:
    items: Sequence[Any]
    number: int
    next_url: str


def page_of(request: HttpRequest, rows: "QuerySet[Any]", *, now: datetime, size: int = PAGE_SIZE) -> Page:
    """`as_of` in the address holds the list still: what was published after the first page waits for a reload."""
    number = _number(request.GET.get("page", ""))
    as_of = _instant(request.GET.get("as_of", "")) or now
    found = list(rows.filter(published_at__lte=as_of)[(number - 1) * size : number * size + 1])
    return Page(found[:size], number, _next_url(request, number, as_of) if len(found) > size else "")


def _number(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found and is_aware(found) else None
    except (ValueError, OverflowError):  # not an instant, or one that UTC has no year for
        return None


def _next_url(request: HttpRequest, number: int, as_of: datetime) -> str:
    query: Any = request.GET.copy()
    query["page"] = str(number + 1)
    query["as_of"] = as_of.isoformat()
    return f"{request.path}?{query.urlencode()}"
