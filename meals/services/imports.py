"""Bringing recipes in. Every way ends in a draft that says what was not understood (REC-4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.common.http import FetchedPage, FetchError, fetch
from fitfoodie.events.services import record
from meals import rules
from meals.enums import ImportKind
from meals.events import MealImported
from meals.importing.html import read_html
from meals.importing.json_ld import read_all_json_ld, read_json_ld
from meals.importing.recipe import ReadRecipe
from meals.models import Meal, MealImport
from meals.services.write_meal import create_meal


@dataclass(frozen=True)
class Imported:
    """`is_new` is False when the source was imported before and its meal is still there."""

    row: MealImport
    meal: Meal
    is_new: bool


def import_from_url(*, owner: User, url: str, now: datetime) -> Imported:
    """Fetch through the guarded client (REC-5) and read. No transaction is open while the stranger answers.

    Raises FetchError or NotARecipeError, both naming the field, or NotAllowedError.
    """
    _require_member(owner)
    found = _imported_before(owner, url)
    if found:
        return found
    page = _fetched(url)
    recipe = read_json_ld(page.text, url=page.final_url) if "json" in page.content_type else _page(page)
    return import_recipe(owner=owner, kind=ImportKind.URL, recipe=recipe, source_key=url, now=now)


def _fetched(url: str) -> FetchedPage:
    try:
        return fetch(url)
    except FetchError as error:
        error.field = "url"
        raise


def _page(page: FetchedPage) -> ReadRecipe:
    return read_html(page.text, url=page.final_url)


def import_from_html(*, owner: User, page: str, now: datetime, url: str = "") -> Imported:
    """A pasted page. Raises NotARecipeError or NotAllowedError."""
    _require_member(owner)
    return import_recipe(owner=owner, kind=ImportKind.HTML, recipe=read_html(page, url=url), now=now)


def import_from_json_ld(*, owner: User, document: str | dict[str, Any], now: datetime) -> Imported:
    """The first recipe of a document. Raises NotARecipeError or NotAllowedError."""
    _require_member(owner)
    return import_recipe(owner=owner, kind=ImportKind.JSON_LD, recipe=read_json_ld(document), now=now)


def import_export(*, owner: User, document: str, now: datetime) -> list[Imported]:
    """Every recipe of a document, such as our own export (W25): all or none.

    Raises NotARecipeError or NotAllowedError.
    """
    _require_member(owner)
    recipes = read_all_json_ld(document)
    with transaction.atomic():
        return [import_recipe(owner=owner, kind=ImportKind.JSON_LD, recipe=recipe, now=now) for recipe in recipes]


@transaction.atomic
def import_recipe(
    *, owner: User, kind: ImportKind, recipe: ReadRecipe, now: datetime, source_key: str = ""
) -> Imported:
    """A draft of what was read. Locks the import row: the same source twice, even at once, is one meal.

    Raises NotAllowedError, or InvalidMealError naming every field that cannot stand.
    """
    _require_member(owner)
    key = (source_key or recipe.source_key)[:1000]
    row, _created = MealImport.objects.select_for_update().get_or_create(
        owner=owner, source_key=key, defaults={"kind": kind}
    )
    if row.meal is not None:
        return Imported(row=row, meal=row.meal, is_new=False)
    meal = create_meal(creator=owner, content=recipe.content, now=now)
    row.kind, row.meal = kind, meal
    row.payload = dict(recipe.original or {})
    row.problems = problems_of(meal, recipe)
    row.save()
    record(MealImported(meal_id=meal.pk, import_id=row.pk, kind=kind), actor=owner, subject=meal)
    return Imported(row=row, meal=meal, is_new=True)


def problems_of(meal: Meal, recipe: ReadRecipe) -> list[dict[str, str]]:
    """What the source did not tell, then each line that does not count, with why."""
    missing = [{"field": name, "code": "missing", "text": ""} for name in recipe.missing]
    lines = [
        {"field": "ingredients", "code": line.unknown_reason, "text": line.text}
        for line in meal.ingredients.all()
        if line.unknown_reason
    ]
    return missing + lines


def _imported_before(owner: User, url: str) -> Imported | None:
    row = MealImport.objects.select_related("meal").filter(owner=owner, source_key=url, meal__isnull=False).first()
    return Imported(row=row, meal=row.meal, is_new=False) if row and row.meal else None


def _require_member(owner: User) -> None:
    if not rules.may_write(owner):
        raise NotAllowedError(_("Sign in to bring recipes in."))
