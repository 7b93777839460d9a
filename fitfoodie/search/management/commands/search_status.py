from typing import Any

from django.core.management.base import BaseCommand

from fitfoodie.search import health
from fitfoodie.search import index as indexes
from fitfoodie.search.engines import registry
from fitfoodie.search.engines.base import Engine, EngineUnavailableError


class Command(BaseCommand):
    help = "Shows which engine answers and whether each index holds what it should; exits with 1 when one does not."

    def handle(self, *args: Any, **options: Any) -> None:
        report = health.report()
        state = f"degraded: {report.detail}" if report.is_degraded else "ready"
        self.stdout.write(f"engine {report.engine}: {state}")
        engines = [engine for engine in (registry.of_database(), registry.outside()) if engine is not None]
        complete = [self._show(index, engine) for index in indexes.every() for engine in engines]
        if report.is_degraded or not all(complete):
            raise SystemExit(1)

    def _show(self, index: indexes.SearchIndex, engine: Engine) -> bool:
        expected = index.public().count()
        try:
            held = engine.count(index)
        except EngineUnavailableError as error:
            self.stdout.write(f"{index.name} in {engine.name}: {error}")
            return False
        hint = "" if held == expected else " (run manage.py search_rebuild)"
        self.stdout.write(f"{index.name} in {engine.name}: {held} of {expected} documents{hint}")
        return held == expected
