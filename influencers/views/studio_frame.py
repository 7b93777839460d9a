"""What every page of the studio shows above its own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_PLACES = (
    ("studio", _("Overview")),
    ("studio-content", _("Content")),
    ("studio-calendar", _("Calendar")),
    ("insights", _("Insights")),
    ("studio-page", _("Your page")),
    ("studio-collections", _("Collections")),
    ("verification", _("Badge")),
)


_further_places: dict[str, Any] = {}


def add_place(route: str, label: Any) -> None:
    """A part of the studio that another app brings; called once, when the apps are ready. Raises ValueError."""
    if route in _further_places:
        raise ValueError(f"The studio place {route} is added twice.")
    _further_places[route] = label


def studio_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    places = [(label, reverse(f"influencers:{name}")) for name, label in _PLACES]
    places += [(label, reverse(route)) for route, label in _further_places.items()]
    home = places[0][1]
    return [
        {"label": label, "url": url, "current": request.path == url or (url != home and request.path.startswith(url))}
        for label, url in places
    ]
