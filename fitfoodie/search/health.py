"""Whether search answers as configured. A failed engine is left alone for a while, so that nobody waits for it."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from health_check.base import HealthCheck
from health_check.exceptions import ServiceWarning

from fitfoodie.search.engines import registry
from fitfoodie.search.engines.base import EngineUnavailableError

_KEY = "search.degraded"


@dataclass(frozen=True)
class SearchHealth:
    engine: str
    is_degraded: bool
    detail: str = ""


def is_degraded() -> bool:
    """Whether the database stands in for the configured engine right now."""
    return registry.outside() is not None and cache.get(_KEY) is not None


def mark_degraded(reason: str) -> None:
    cache.set(_KEY, reason, timeout=settings.SEARCH_RETRY_SECONDS)


def mark_recovered() -> None:
    cache.delete(_KEY)


def report() -> SearchHealth:
    """For `/readyz` and `search_status`: asks the engine itself. Degraded is not down: the database still answers."""
    engine = registry.outside()
    if engine is None:
        return SearchHealth(engine=registry.of_database().name, is_degraded=False)
    try:
        engine.ping()
    except EngineUnavailableError as error:
        mark_degraded(str(error))
        return SearchHealth(engine=engine.name, is_degraded=True, detail=str(error))
    mark_recovered()
    return SearchHealth(engine=engine.name, is_degraded=False)


@dataclass
class SearchCheck(HealthCheck):
    """A warning while the database stands in: the process can still do its work."""

    name = "search"

    def run(self) -> None:
        found = report()
        if found.is_degraded:
            raise ServiceWarning(f"{found.engine} does not answer, the database stands in: {found.detail}")
