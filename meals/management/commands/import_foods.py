from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meals import services
from meals.ingredients.foods import FoodTableError, load_shipped, read_directory


class Command(BaseCommand):
    help = "Load the food table that ships with the product, or a newer one from a folder. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="a folder with the two USDA CSV files")

    def handle(self, *args: Any, directory: Path | None = None, **options: Any) -> None:
        try:
            records = read_directory(directory) if directory else load_shipped()
        except FoodTableError as error:
            raise CommandError(str(error)) from error
        loaded = services.load_foods(records=records)
        self.stdout.write(
            f"{len(records)} foods read, {loaded.foods} new or changed, {loaded.portions} household measures written."
        )
