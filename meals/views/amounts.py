"""Ingredient lines as a cook reads them: scaled to the servings asked for, in the units asked for (REC-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Units
from meals.ingredients.scale import UnitSystem, in_system, scaled, show
from meals.models import IngredientLine, Meal
from meals.validators import MAX_SERVINGS

UNKNOWN_WORDS: dict[str, str | Promise] = {
    "no_amount": _("no amount given"),
    "vague_unit": _("an amount nobody can weigh"),
    "no_food": _("not in our food table"),
    "no_measure": _("nobody has weighed this measure"),
    "not_food": _("not an ingredient"),
}
_UNIT_WORDS = {"fl_oz": "fl oz"}


@dataclass(frozen=True)
class ShownLine:
    """`amount` and `rest` when the amount could be worked with, else the line as written."""

    amount: str
    rest: str
    note: str
    text: str
    unknown: str | Promise
    is_optional: bool


@dataclass(frozen=True)
class Serving:
    """How the page shows amounts, and the addresses of the other ways."""

    servings: int
    # None: the recipe does not say, `servings` counts whole recipes.
    original: int | None
    system: UnitSystem | None
    factor: Fraction

    @property
    def is_changed(self) -> bool:
        return self.factor != 1 or self.system is not None


def serving_of(request: HttpRequest, meal: Meal) -> Serving:
    """From `?servings=` and `?units=`; what cannot be read is as written. A person's own units apply unless said."""
    text = request.GET.get("servings", "")
    base = meal.base_servings
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else base
    servings = min(max(wanted, 1), MAX_SERVINGS)
    return Serving(servings, meal.servings, _system(request), Fraction(servings, base))


def _system(request: HttpRequest) -> UnitSystem | None:
    chosen = request.GET.get("units", "")
    if not chosen and request.user.is_authenticated:
        preferences = getattr(request.user, "preferences", None)
        chosen = UnitSystem.US if preferences and preferences.units == Units.US else ""
    return UnitSystem(chosen) if chosen in tuple(UnitSystem) else None


def shown_sections(lines: Iterable[IngredientLine], serving: Serving) -> list[tuple[str, list[ShownLine]]]:
    """Headings with their lines, in the order of the recipe."""
    grouped = groupby(lines, key=lambda line: line.section)
    return [(section, [_shown(line, serving) for line in group]) for section, group in grouped]


def _shown(line: IngredientLine, serving: Serving) -> ShownLine:
    is_read = line.is_food and line.quantity is not None and line.food_name
    return ShownLine(
        amount=_amount(line, serving) if is_read else "",
        rest=" ".join(part for part in (line.size, line.food_name) if part) if is_read else line.text,
        note=line.note if is_read else "",
        text=line.text,
        unknown=UNKNOWN_WORDS.get(line.unknown_reason, ""),
        is_optional=line.is_optional,
    )


def _amount(line: IngredientLine, serving: Serving) -> str:
    low, unit = _converted(line.quantity, line.unit, serving)
    text = show(low, unit)
    if line.quantity_max is not None:
        high, high_unit = _converted(line.quantity_max, line.unit, serving)
        if high_unit == unit:
            text = f"{text}–{show(high, unit)}"
    return f"{text} {_UNIT_WORDS.get(unit or '', unit or '')}".strip()


def _converted(quantity: Any, unit: str, serving: Serving) -> tuple[Fraction, str | None]:
    amount = scaled(quantity, 1) * serving.factor
    return in_system(amount, unit or None, serving.system) if serving.system else (amount, unit or None)


def choices(meal: Meal, serving: Serving) -> dict[str, Any]:
    """The controls beside the ingredients, as addresses that work without JavaScript."""

    def url(servings: int, units: str) -> str:
        return f"{reverse('meals:detail', args=[meal.slug])}?servings={servings}&units={units}#ingredients"

    units = serving.system.value if serving.system else "as-written"
    return {
        "units": units,
        "fewer_url": url(serving.servings - 1, units) if serving.servings > 1 else "",
        "more_url": url(serving.servings + 1, units) if serving.servings < MAX_SERVINGS else "",
        "systems": [
            {"label": label, "url": url(serving.servings, value), "is_on": units == value}
            for value, label in (("as-written", _("As written")), ("metric", _("Metric")), ("us", _("US")))
        ],
    }
