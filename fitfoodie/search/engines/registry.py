"""Which engine answers, by setting. The database engine is always there: it indexes, it spells, it stands in."""

import functools

from django.conf import settings
from django.db import connection

from fitfoodie.search.engines.base import Engine
from fitfoodie.search.engines.database import DatabaseEngine
from fitfoodie.search.engines.postgresql import PostgresqlEngine
from fitfoodie.search.engines.sqlite import SqliteEngine

_BY_VENDOR: dict[str, DatabaseEngine] = {"sqlite": SqliteEngine(), "postgresql": PostgresqlEngine()}


def of_database(vendor: str | None = None) -> DatabaseEngine:
    return _BY_VENDOR[vendor or connection.vendor]


def outside() -> Engine | None:
    """The engine beside the database, if one is configured."""
    if settings.SEARCH_ENGINE != "elasticsearch":
        return None
    return _elasticsearch(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX_PREFIX)


@functools.lru_cache(maxsize=4)
def _elasticsearch(url: str, prefix: str) -> Engine:
    from fitfoodie.search.engines.elasticsearch import ElasticsearchEngine  # noqa: PLC0415  optional dependency

    return ElasticsearchEngine(url=url, prefix=prefix)
