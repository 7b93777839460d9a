"""A file of recipes at once: each line stands or falls alone, and a second run adds only what is new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from fitfoodie.common.errors import DomainError
from meals.enums import ImportKind
from meals.importing.json_lines import read_json_lines
from meals.importing.recipe import NotARecipeError, ReadRecipe
from meals.models import Meal
from meals.services.imports import Imported, import_recipe
from meals.services.lifecycle import publish_meal
from meals.services.photos import add_photo


@dataclass
class BulkResult:
    imported: int = 0
    known: int = 0
    photos: int = 0
    refused: list[str] = field(default_factory=list)


def import_lines(
    *, owner: User, lines: Iterable[str], now: datetime, images: Path | None = None, publish: bool = False
) -> Iterator[BulkResult]:
    """Import line after line; yields the running result after each, so that a caller can show and stop it.

    `images` is the folder in which a recipe's `image` is a file name. With `publish`, what was imported is public at
    once, which needs an owner who may publish. A line that cannot be read is counted with its reason, never raised.
    """
    result = BulkResult()
    for number, recipe in read_json_lines(iter(lines)):
        if isinstance(recipe, NotARecipeError):
            result.refused.append(recipe.message)
        else:
            _import_line(result, number, recipe, owner=owner, now=now, images=images, publish=publish)
        yield result


def _import_line(
    result: BulkResult,
    number: int,
    recipe: ReadRecipe,
    *,
    owner: User,
    now: datetime,
    images: Path | None,
    publish: bool,
) -> None:
    try:
        with transaction.atomic():
            imported = import_recipe(owner=owner, kind=ImportKind.JSON_LINES, recipe=recipe, now=now)
            if not imported.is_new:
                result.known += 1
                return
            if publish:
                publish_meal(meal_id=imported.meal.pk, actor=owner, now=now)
    except DomainError as error:
        result.refused.append(f"Line {number}: {error.message}")
        return
    result.imported += 1
    result.photos += _add_image(imported, images, recipe, owner=owner, now=now, refused=result.refused)


def _add_image(
    imported: Imported, images: Path | None, recipe: ReadRecipe, *, owner: User, now: datetime, refused: list[str]
) -> int:
    """The picture beside the file; a meal without its picture is still a meal."""
    path = images / Path(recipe.image).name if images and recipe.image else None
    if path is None:
        return 0
    try:
        if not path.is_file():
            return 0
        picture = ContentFile(path.read_bytes(), name=path.name)
    except OSError as error:  # no name a file can have, or one that may not be read
        refused.append(f"{path.name[:80]}: {error.strerror}")
        return 0
    try:
        add_photo(meal_id=imported.meal.pk, actor=owner, file=picture, now=now, alt=_alt(imported.meal))
    except DomainError as error:
        refused.append(f"{path.name}: {error.message}")
        return 0
    return 1


def _alt(meal: Meal) -> str:
    return meal.title
