from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from structlog.contextvars import get_contextvars

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: name, places, legal links, theme, and the reference to quote when something fails."""
    places = _places(settings.SITE_PLACES, request)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "nav_items": places,
        "place_parts": _parts(places, request),
        "legal_items": _places(settings.SITE_LEGAL, request),
        "search_url": _address(settings.SITE_SEARCH),
        "suggest_url": _address(settings.SITE_SUGGEST),
        "sign_in_url": _entrance("account_login", request),
        "sign_up_url": _entrance("account_signup", request),
        "theme": theme_of(request),
        "request_id": get_contextvars().get("request_id", ""),
    }


def theme_of(request: HttpRequest) -> str:
    """`light`, `dark`, or empty for "as the device": what the person's account says, else what this device chose."""
    user = getattr(request, "user", None)
    chosen = getattr(getattr(user, "preferences", None), "theme", None) or request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def _is_signed_in(request: HttpRequest) -> bool:
    """A request that failed before the authentication middleware has no user."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _places(entries: Iterable[Any], request: HttpRequest) -> list[dict[str, Any]]:
    """Only the places whose address exists: an app that is not installed leaves no dead link."""
    offered = [entry for entry in entries if not entry.get("signed_in") or _is_signed_in(request)]
    found = [(entry, _address(entry["route"])) for entry in offered]
    return [
        {
            **entry,
            "url": url,
            "current": _is_here(request.path, url, entry),
            "badge_url": _address(entry["badge"]) if "badge" in entry else "",
        }
        for entry, url in found
        if url
    ]


def _parts(places: Iterable[dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    """Of the place the page is in, when it is in one of several of its parts; else empty."""
    for place in places:
        found = _places(settings.SITE_PARTS.get(place["route"], ()), request) if place["current"] else []
        if len(found) > 1 and any(part["current"] for part in found):
            return {"label": place["label"], "links": found}
    return {}


def _is_here(path: str, url: str, entry: dict[str, Any]) -> bool:
    return any(_is_under(path, each) for each in (url, *map(_address, entry.get("also", ()))) if each)


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))


def _entrance(route: str, request: HttpRequest) -> str:
    """To sign in, and back here where the address holds something that must survive it."""
    address = _address(route)
    if address and any(name in request.GET for name in settings.SITE_KEPT_QUERY):
        return f"{address}?{urlencode({'next': request.get_full_path()})}"
    return address


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
