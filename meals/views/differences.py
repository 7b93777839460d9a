"""What changed from one version of a meal to the next, in words and lines."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meals.models import Meal, MealRevision

FIELD_LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "notes": _("Notes"),
    "language": _("Language"),
    "servings": _("Servings"),
    "prep_minutes": _("Preparation (min)"),
    "cook_minutes": _("Cooking (min)"),
    "minutes": _("Total time (min)"),
    "ingredients": _("Ingredients"),
    "steps": _("Steps"),
    "tags": _("Tags"),
    "audience": _("Who may see it"),
    "price": _("Price"),
    "portions_per_day": _("Portions a day"),
    "nutrition": _("Nutrition by hand"),
    "diets": _("Diets"),
    "allergens": _("Allergens"),
    "source_url": _("Source"),
    "source_name": _("Source name"),
    "source_author": _("Original author"),
    "source_licence": _("Licence"),
}


@dataclass(frozen=True)
class DiffLine:
    """`sign` is "+", "-" or " "."""

    sign: str
    text: str


@dataclass(frozen=True)
class FieldDiff:
    name: str
    label: str | Promise
    lines: tuple[DiffLine, ...]


@dataclass(frozen=True)
class Version:
    number: int
    saved_at: datetime
    fields: tuple[FieldDiff, ...]


def history_of(meal: Meal, *, limit: int = 50) -> list[Version]:
    """All that the creator saved, the newest first."""
    revisions = list(meal.revisions.order_by("-version")[: limit + 1])
    pairs = zip(revisions, [*revisions[1:], None], strict=True)
    return [_version(new, old) for new, old in pairs][:limit]


def public_history_of(meal: Meal, *, limit: int = 50) -> list[Version]:
    """What changed before everyone's eyes, the newest first: from one text that was shown to the next, so that
    nothing of a draft between them is told (REC-8)."""
    revisions = list(meal.revisions.filter(is_shown=True).order_by("-version")[: limit + 1])
    return [_version(new, old) for new, old in pairwise(revisions)]


def _version(new: MealRevision, old: MealRevision | None) -> Version:
    fields = differences(old.content, new.content) if old else ()
    return Version(new.version, new.saved_at, tuple(fields))


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[FieldDiff]:
    """Only what differs, in the order of the form."""
    return [
        FieldDiff(name, label, tuple(_diff(_lines(old.get(name)), _lines(new.get(name)))))
        for name, label in FIELD_LABELS.items()
        if old.get(name) != new.get(name)
    ]


def _diff(old: list[str], new: list[str]) -> Iterable[DiffLine]:
    for line in difflib.ndiff(old, new):
        if line[0] in "+- ":
            yield DiffLine(line[0], line[2:])


def _lines(value: Any) -> list[str]:
    """Any value of a revision as lines that a person can compare."""
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return [f"{key}: {amount}" for key, amount in value.items() if amount is not None]
    if isinstance(value, list):
        return [line for item in value for line in str(item).splitlines()]
    return str(value).splitlines()
