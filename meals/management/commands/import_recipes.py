from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from fitfoodie.common.jobs.inline import carried_out_here
from meals.ingredients.foods import load_shipped
from meals.models import Food
from meals.services.bulk_import import BulkResult, import_lines
from meals.services.foods import load_foods
from meals.services.house import house_creator

_SHOW_EVERY = 50


class Command(BaseCommand):
    help = "Turn a JSON Lines file of recipes into published meals with their photos. Run again, it adds what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--images", type=Path, help="folder of the photos (default: images/ beside the file)")
        parser.add_argument("--creator", help="handle of the creator (default: the house account)")
        parser.add_argument("--drafts", action="store_true", help="leave the meals as drafts")
        parser.add_argument("--no-photos", action="store_true", help="leave the photos out")

    def handle(self, *args: Any, file: Path, images: Path | None, creator: str | None, **options: Any) -> None:
        owner = self._owner(creator)
        if not Food.objects.exists():
            load_foods(records=load_shipped())
        folder = None if options["no_photos"] else images or file.parent / "images"
        try:
            with file.open(encoding="utf-8") as lines, carried_out_here():
                result = self._import(owner, lines, folder, publish=not options["drafts"])
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        self._tell(result)

    def _import(self, owner: User, lines: Any, folder: Path | None, *, publish: bool) -> BulkResult:
        result = BulkResult()
        steps = import_lines(owner=owner, lines=lines, now=timezone.now(), images=folder, publish=publish)
        for number, result in enumerate(steps, 1):
            if number % _SHOW_EVERY == 0:
                self.stdout.write(f"  {number} lines read, {result.imported} meals made")
        return result

    def _owner(self, handle: str | None) -> User:
        if handle is None:
            return house_creator(name=f"{settings.SITE_NAME} Kitchen", now=timezone.now())
        owner = User.objects.filter(handle=handle.lower().removeprefix("@")).first()
        if owner is None:
            raise CommandError(f"There is nobody with the handle “{handle}”.")
        return owner

    def _tell(self, result: BulkResult) -> None:
        for line in result.refused:
            self.stderr.write(f"  {line}")
        self.stdout.write(
            f"{result.imported} meals made with {result.photos} photos, "
            f"{result.known} were there already, {len(result.refused)} refused."
        )
