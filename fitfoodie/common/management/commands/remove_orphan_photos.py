from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fitfoodie.common.images.orphans import remove_orphans


class Command(BaseCommand):
    help = "List photo files older than a day that no row names; with --delete, remove them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete the files instead of listing them")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = remove_orphans(now=timezone.now(), dry_run=not options["delete"])
        for path in paths:
            self.stdout.write(path)
        verb = "deleted" if options["delete"] else "found (run again with --delete to remove them)"
        self.stdout.write(f"{len(paths)} orphan files {verb}")
