"""Figures of an import: how much of the ingredient lists was understood. Printed by `manage.py import_report`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from meals.ingredients.amounts import normalize
from meals.ingredients.match import FoodMatcher
from meals.ingredients.parse import LineKind, ParsedLine
from meals.ingredients.resolve import resolve
from meals.ingredients.units import canonical


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the lines of one language.

    `ingredients` is `lines` less headings, tools and steps that stand in the lists. A line is `parsed` when it yields
    a food
    and, where the text shows an amount, that amount too:
    - it shows a quantity when a digit, a fraction sign or a number word stands before the end of the line outside a
      remark in brackets or behind a full stop; then a quantity must have been read;
    - it shows a unit when a known unit word directly follows such a number; then a unit must have been read.
    A line that shows neither needs its food alone. `matched` lines have a USDA food; `weighed` ones grams as well;
    `unknown`
    are ingredient lines that cannot be counted in nutrition (no food or no weight), which REC-2 shows as unknown.
    """

    lines: int = 0
    ingredients: int = 0
    with_quantity: int = 0
    parsed: int = 0
    matched: int = 0
    weighed: int = 0
    unknown: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def parsed_percent(self) -> float:
        return _percent(self.parsed, self.ingredients)

    @property
    def matched_percent(self) -> float:
        return _percent(self.matched, self.ingredients)

    @property
    def matched_percent_of_lines(self) -> float:
        """The stricter figure: of all lines, headings and stray steps included."""
        return _percent(self.matched, self.lines)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


_ASIDE = re.compile(r"\([^()]*\)|\.\s+[A-Z].*$|[,;:]\s+[A-Za-z].*$")
_NUMBER = r"\d+(?:[.,/]\d+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|quarter|dozen)\b"
_SHOWN = re.compile(rf"(?:{_NUMBER})", re.IGNORECASE)
_SHOWN_UNIT = re.compile(rf"(?:{_NUMBER})\s*(?:of an?\s+)?([A-Za-z_]+)", re.IGNORECASE)


def shows_quantity(text: str) -> bool:
    return bool(_SHOWN.search(_ASIDE.sub(" ", normalize(text))))


def shows_unit(text: str) -> bool:
    found = _SHOWN_UNIT.search(_ASIDE.sub(" ", normalize(text)))
    return bool(found) and canonical(found[1] if found else "") is not None


def is_parsed(line: ParsedLine) -> bool:
    """As stated in `Figures`."""
    if not line.is_ingredient:
        return False
    quantity_read = line.quantity is not None or not shows_quantity(line.text)
    return quantity_read and (line.unit is not None or line.quantity is None or not shows_unit(line.text))


def figures_of(texts: Iterable[str], matcher: FoodMatcher) -> dict[str, Figures]:
    """Figures by language ("en", "zh") of all lines of any number of recipes."""
    totals: dict[str, Figures] = {}
    for text in texts:
        line = resolve(text, matcher)
        weighed = line.food is not None and line.weight.grams is not None
        counted = line.parsed.kind is LineKind.INGREDIENT
        one = Figures(
            lines=1,
            ingredients=int(counted),
            with_quantity=int(line.parsed.quantity is not None),
            parsed=int(is_parsed(line.parsed)),
            matched=int(line.food is not None),
            weighed=int(weighed),
            unknown=int(counted and not weighed),
        )
        language = line.parsed.language
        totals[language] = totals.get(language, Figures()) + one
    return totals
