from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection

ENGINES = ("database", "elasticsearch")


def check_engine(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """search.E001: an unknown engine. E002: Elasticsearch without an address. E003: a database without search."""
    found: list[CheckMessage] = []
    if settings.SEARCH_ENGINE not in ENGINES:
        hint = f"Set SEARCH_ENGINE to one of: {', '.join(ENGINES)}."
        found.append(Error(f"There is no search engine “{settings.SEARCH_ENGINE}”.", hint=hint, id="search.E001"))
    if settings.SEARCH_ENGINE == "elasticsearch" and not _is_address(settings.ELASTICSEARCH_URL):
        hint = "Set ELASTICSEARCH_URL, such as https://user:password@search.example:9200."
        found.append(
            Error("SEARCH_ENGINE is elasticsearch, but its address is not usable.", hint=hint, id="search.E002")
        )
    if connection.vendor not in ("sqlite", "postgresql"):
        hint = "Use a sqlite:// or postgres:// DATABASE_URL."
        found.append(Error(f"There is no search on {connection.vendor}.", hint=hint, id="search.E003"))
    return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
