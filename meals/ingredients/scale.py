"""Scaling and showing amounts. Stored amounts never change: every display starts from them again (REC-1).

All arithmetic is on fractions, so ×2 then ×½, or ×3 then ×⅓, gives the original number. Rounding happens in `show`
alone.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from meals.ingredients.amounts import exactly
from meals.ingredients.units import Dimension, convert, dimension

Number = int | Decimal | Fraction


class UnitSystem(StrEnum):
    METRIC = "metric"
    US = "us"


_METRIC = frozenset({"mg", "g", "kg", "ml", "cl", "dl", "l", "cm"})
# Spoons are in every kitchen: they stay what they are in both systems.
_EVERYWHERE = frozenset({"tsp", "tbsp"})
_LADDERS = {
    (UnitSystem.METRIC, Dimension.MASS): (("g", Fraction(0)), ("kg", Fraction(1))),
    (UnitSystem.METRIC, Dimension.VOLUME): (("ml", Fraction(0)), ("l", Fraction(1))),
    (UnitSystem.METRIC, Dimension.LENGTH): (("cm", Fraction(0)),),
    (UnitSystem.US, Dimension.MASS): (("oz", Fraction(0)), ("lb", Fraction(1))),
    (UnitSystem.US, Dimension.VOLUME): (("tsp", Fraction(0)), ("tbsp", Fraction(1)), ("cup", Fraction(1, 4))),
    (UnitSystem.US, Dimension.LENGTH): (("inch", Fraction(0)),),
}
_COMMON = {
    Fraction(1, 8): "⅛",
    Fraction(1, 4): "¼",
    Fraction(1, 3): "⅓",
    Fraction(3, 8): "⅜",
    Fraction(1, 2): "½",
    Fraction(5, 8): "⅝",
    Fraction(2, 3): "⅔",
    Fraction(3, 4): "¾",
    Fraction(7, 8): "⅞",
}
_NEAR = Fraction(1, 50)


def scaled(quantity: Number, factor: Number) -> Fraction:
    """Exact product. A stored 0.333333 counts as the third it stands for."""
    amount = exactly(quantity) if isinstance(quantity, Decimal) else Fraction(quantity)
    return amount * (exactly(factor) if isinstance(factor, Decimal) else Fraction(factor))


def in_system(quantity: Number, unit: str | None, system: UnitSystem) -> tuple[Fraction, str | None]:
    """The same amount in units of that system; pieces, packages, pinches and spoons stay as they are."""
    amount = scaled(quantity, 1)
    ladder = _LADDERS.get((system, dimension(unit)))
    if unit is None or not ladder or unit in _EVERYWHERE or (unit in _METRIC) == (system is UnitSystem.METRIC):
        return amount, unit
    best = (amount, unit)
    for step, least in ladder:
        converted = convert(amount, unit, step)
        if converted is not None and converted >= least:
            best = (converted, step)
    return best


def show(quantity: Number, unit: str | None = None) -> str:
    """For people: "1 ½", "250", "2.5". Metric units in decimals, all else in kitchen fractions where one is near (2
    %)."""
    amount = scaled(quantity, 1)
    if amount <= 0:
        return "0" if amount == 0 else f"-{show(-amount, unit)}"
    return _decimal(amount) if unit in _METRIC else _kitchen(amount)


def _kitchen(amount: Fraction) -> str:
    whole, part = divmod(amount, 1)
    choices = {Fraction(0): "", **_COMMON, Fraction(1): ""}
    nearest = min(choices, key=lambda choice: abs(choice - part))
    if abs(nearest - part) > _NEAR * amount or whole + nearest == 0:
        return _decimal(amount)
    count = int(whole) + (nearest == 1)
    return " ".join(filter(None, (str(count) if count else "", choices[nearest])))


def _decimal(amount: Fraction) -> str:
    """Whole numbers from 10 up, else two significant digits: nothing here is weighed finer."""
    if amount >= 10:
        return str(round(amount))
    return f"{float(f'{float(amount):.2g}'):f}".rstrip("0").rstrip(".")
