"""Whether a request is a person looking at a page (ANA-7), and how a view says what it shows."""

import re

from django.db.models import Model
from django.http import HttpRequest

_MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|headless|lighthouse|facebookexternalhit|embed|curl|wget|python|"
    r"httpx|axios|go-http|java/|okhttp|libwww|scrapy|feed|archiver|validator",
    re.IGNORECASE,
)


def is_person(request: HttpRequest) -> bool:
    """A browser that asks for a page to be looked at: no machine by its own word, no page fetched ahead of a click."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    return request.method == "GET" and bool(agent) and not _MACHINES.search(agent) and "prefetch" not in purpose.lower()


def shows(request: HttpRequest, row: Model) -> None:
    """Called by the view of a page: this is what it shows. Whoever counts reads `shown_by` after the answer."""
    request.shown_row = row  # type: ignore[attr-defined]  # a note from view to middleware


def shown_by(request: HttpRequest) -> Model | None:
    return getattr(request, "shown_row", None)
