"""The pages about partners, as tabs of each other."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PLACES = (
    ("matching:deck", _("Find partners")),
    ("matching:matches", _("Matches")),
    ("matching:likes", _("Super likes")),
    ("matching:preferences", _("My preferences")),
)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """As the component draws them; without those whose page is not there."""
    found = ((label, address(route)) for route, label in PLACES)
    return [{"label": label, "url": url, "current": url == request.path} for label, url in found if url]


def address(route: str) -> str:
    """Empty for a page that is not there."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
