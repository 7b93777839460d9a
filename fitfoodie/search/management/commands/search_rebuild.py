from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fitfoodie.search import index as indexes
from fitfoodie.search import services
from fitfoodie.search.engines.base import EngineUnavailableError


class Command(BaseCommand):
    help = "Builds search indexes anew beside the live ones and swaps them in; searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--index", help="only this one; without it all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = [indexes.get(options["index"])] if options["index"] else indexes.every()
        except indexes.UnknownIndexError as error:
            raise CommandError(str(error)) from error
        for index in chosen:
            started = perf_counter()
            try:
                total = services.rebuild(index)
            except EngineUnavailableError as error:
                raise CommandError(f"{index.name}: rebuilt in the database, but {error}") from error
            self.stdout.write(f"{index.name}: {total} documents in {perf_counter() - started:.1f} s")
