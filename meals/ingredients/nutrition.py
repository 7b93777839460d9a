"""Nutrition per serving: Σ(grams × nutrient per 100 g ÷ 100) over the lines, ÷ servings (REC-2).

What is not known is counted, not assumed: a line without a food, an amount or a weight makes the totals "at least".
Salt "to taste" and pinches are unknown amounts (REC-3). The one exception is water: without an amount it still adds
no energy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from meals.ingredients.resolve import ResolvedLine

PLACES = Decimal("0.01")
# Our field, and USDA's column.
FIELDS = {
    "calories": "kcal",
    "protein_g": "protein_g",
    "carbs_g": "carbs_g",
    "fat_g": "fat_g",
    "fiber_g": "fiber_g",
    "sugar_g": "sugars_g",
    "saturated_fat_g": "saturated_fat_g",
    "sodium_mg": "sodium_mg",
}
_ENERGY = ("kcal", "protein_g", "carbs_g", "fat_g")


@dataclass(frozen=True, slots=True)
class Nutrition:
    """Per serving. All figures are None when no line is known: no silent zero (REC-2).

    `known` and `unknown` count ingredient lines. `partial` names the figures for which USDA has no value in some
    known food,
    which are therefore "at least" even when every line is known. `grams` is the known weight of a serving.
    """

    calories: Decimal | None
    protein_g: Decimal | None
    carbs_g: Decimal | None
    fat_g: Decimal | None
    fiber_g: Decimal | None
    sugar_g: Decimal | None
    saturated_fat_g: Decimal | None
    sodium_mg: Decimal | None
    grams: Decimal | None
    known: int
    unknown: int
    unknown_lines: tuple[str, ...] = ()
    partial: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        return self.unknown == 0 and self.known > 0

    @property
    def total(self) -> int:
        return self.known + self.unknown


def adds_nothing(line: ResolvedLine) -> bool:
    """Water and its like: no energy whatever the amount, and no salt to speak of."""
    nutrients = line.food.nutrients if line.food else {}
    salt = nutrients.get("sodium_mg")
    return bool(nutrients) and all(nutrients[name] == 0 for name in _ENERGY) and salt is not None and salt < 10


def is_known(line: ResolvedLine) -> bool:
    return adds_nothing(line) or (line.food is not None and line.weight.grams is not None)


def nutrition_of(lines: Sequence[ResolvedLine], servings: int | Decimal) -> Nutrition:
    """Sum over the ingredient lines; headings, tools and steps in the list are no ingredients.

    Raises ValueError unless servings is more than zero.
    """
    if servings <= 0:
        raise ValueError("servings must be more than zero")
    counted = [line for line in lines if line.parsed.is_ingredient]
    known = [line for line in counted if is_known(line)]
    unknown = tuple(line.parsed.text for line in counted if not is_known(line))
    shares = [(line, _share(line, servings)) for line in known]
    sums = {field: _total(shares, column) for field, column in FIELDS.items()}
    partial = frozenset(field for field, (_, missing) in sums.items() if missing)
    figures = {field: _figure(total) if known else None for field, (total, _) in sums.items()}
    grams = _figure(sum((share for _, share in shares), Fraction(0))) if known else None
    return Nutrition(
        **figures, grams=grams, known=len(known), unknown=len(unknown), unknown_lines=unknown, partial=partial
    )


def _share(line: ResolvedLine, servings: int | Decimal) -> Fraction:
    """Grams in one serving; "2 peppers per person" is a share already."""
    grams = Fraction(line.weight.grams or 0)
    return grams if line.parsed.per_serving else grams / Fraction(servings)


def _total(shares: Sequence[tuple[ResolvedLine, Fraction]], column: str) -> tuple[Fraction, bool]:
    total, missing = Fraction(0), False
    for line, grams in shares:
        value = line.food.nutrients[column] if line.food else None
        missing = missing or value is None
        total += grams * Fraction(value or 0) / 100
    return total, missing


def _figure(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES, ROUND_HALF_UP)
