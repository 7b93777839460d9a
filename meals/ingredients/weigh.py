"""Grams of a line. Unknown stays unknown: no guess without a figure to stand on (REC-2, REC-3).

Sources: mass units and the volume of kitchen measures from NIST Handbook 44, appendix C (see `units`); the weight
of a cup, a spoon or a piece of a food from the household measures of USDA SR28, grams = quantity × measure grams /
measure amount. A volume in another unit than USDA weighed goes through the ratio of the two volumes. A range ("2-3
onions") weighs its midpoint. A weight that the author wrote beside a volume or a count ("1 cup (240 g)") beats the
table.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from meals.ingredients.amounts import Amount, exactly
from meals.ingredients.foods import FoodRecord, Portion
from meals.ingredients.names import word_set, words
from meals.ingredients.parse import ParsedLine
from meals.ingredients.units import Dimension, canonical, convert, dimension

GRAM_PLACES = Decimal("0.01")


class WeightReason(StrEnum):
    """Where the weight comes from, or why there is none."""

    MASS = "mass"
    STATED = "stated"  # a mass beside another amount
    PACK = "pack"
    VOLUME = "volume"
    COUNT = "count"
    NO_AMOUNT = "no_amount"
    VAGUE_UNIT = "vague_unit"
    NO_FOOD = "no_food"
    NO_MEASURE = "no_measure"  # USDA never weighed such a piece or spoon of it
    NOT_FOOD = "not_food"


@dataclass(frozen=True, slots=True)
class Weight:
    grams: Decimal | None
    reason: WeightReason


def weigh(line: ParsedLine, food: FoodRecord | None) -> Weight:
    """Grams of the whole line (or of one serving's share where the line says "per person")."""
    if not line.is_ingredient:
        return Weight(None, WeightReason.NOT_FOOD)
    if line.quantity is None:
        return Weight(None, WeightReason.NO_AMOUNT)
    for source in (_by_mass, _by_stated_mass, _by_pack, _by_volume, _by_count):
        if found := source(line, food):
            return found
    if dimension(line.unit) is Dimension.VAGUE:
        return Weight(None, WeightReason.VAGUE_UNIT)
    return Weight(None, WeightReason.NO_MEASURE if food else WeightReason.NO_FOOD)


def midpoint(low: Decimal, high: Decimal | None) -> Fraction:
    return exactly(low) if high is None else (exactly(low) + exactly(high)) / 2


def _weight(grams: Fraction | None, reason: WeightReason) -> Weight | None:
    if grams is None:
        return None
    exact = Decimal(grams.numerator) / Decimal(grams.denominator)
    return Weight(exact.quantize(GRAM_PLACES), reason)


def _quantity(line: ParsedLine) -> Fraction:
    return midpoint(line.quantity or Decimal(0), line.quantity_max)


def _by_mass(line: ParsedLine, _food: FoodRecord | None) -> Weight | None:
    return _weight(convert(_quantity(line), line.unit or "", "g"), WeightReason.MASS)


def _by_stated_mass(line: ParsedLine, _food: FoodRecord | None) -> Weight | None:
    for amount in line.equivalents:
        grams = convert(midpoint(amount.quantity, amount.quantity_max), amount.unit or "", "g")
        if grams:
            return _weight(grams, WeightReason.STATED)
    return None


def _by_pack(line: ParsedLine, food: FoodRecord | None) -> Weight | None:
    if not line.pack:
        return None
    each = convert(exactly(line.pack.quantity), line.pack.unit or "", "g") or _volume_grams(line.pack, line, food)
    return _weight(None if each is None else each * _quantity(line), WeightReason.PACK)


def _by_volume(line: ParsedLine, food: FoodRecord | None) -> Weight | None:
    whole = Amount(line.quantity or Decimal(0), line.unit, line.quantity_max)
    for amount in (whole, *line.equivalents):
        if grams := _volume_grams(amount, line, food):
            return _weight(grams, WeightReason.VOLUME)
    return None


def _volume_grams(amount: Amount, line: ParsedLine, food: FoodRecord | None) -> Fraction | None:
    if food is None or dimension(amount.unit) is not Dimension.VOLUME:
        return None
    measure = _volume_measure(food, amount.unit or "", frozenset(words(f"{line.food} {line.note}")))
    if not measure:
        return None
    portion, unit = measure
    volume = convert(midpoint(amount.quantity, amount.quantity_max), amount.unit or "", unit)
    return None if volume is None else volume * Fraction(portion.grams) / Fraction(portion.amount)


# Said of a cup, these change what is weighed; a cup of butter is not a cup of melted or whipped butter.
_CHANGED = word_set(
    "melted whipped mashed pureed cooked sifted hull shell yield refuse crushed crumbled crumb drained packed puree"
)


def _volume_measure(food: FoodRecord, wanted: str, said: frozenset[str]) -> tuple[Portion, str] | None:
    """The measure nearest to what the line says: same unit first, then the same cut ("cup, chopped")."""
    found: list[tuple[tuple[int, int, int, int], Portion, str]] = []
    for index, portion in enumerate(food.portions):
        unit = _volume_unit(portion.measure)
        if not unit:
            continue
        cut = frozenset(words(portion.measure)[1:])
        rank = (-len(cut & said), len(cut & _CHANGED - said), int(unit != wanted), index)
        found.append((rank, portion, unit))
    best = min(found, key=lambda entry: entry[0], default=None)
    return (best[1], best[2]) if best else None


def _volume_unit(measure: str) -> str | None:
    plain = measure.lower().strip()
    if plain.startswith("fl oz"):
        return "fl_oz"
    first = plain.replace(",", " ").split()
    unit = canonical(first[0]) if first and len(first[0]) > 1 else None
    return unit if dimension(unit) is Dimension.VOLUME else None


_SIZES = ("small", "medium", "large", "extra large", "jumbo")
_ONE = word_set("fruit each item whole piece head")
_SAYS_LITTLE = word_set("without refuse unpeeled raw whole ns as to florida or california")
_SAME_SORT = {"roma": "plum", "grape": "cherry"}
_SIZES_VARY = frozenset({"Pork sausage, link/patty, unprepared"})  # USDA's link is a breakfast link
_PACKETS = re.compile(r"^(?:Leavening agents|Gelatin|Soup|Seasoning mix|Gravy|Pudding)|, frozen")
# How USDA names a container or piece that we call otherwise.
_PIECE_WORDS = {
    "package": frozenset({"package", "packet", "envelope", "pkg"}),
    "stalk": frozenset({"stalk", "rib"}),
    "strip": frozenset({"strip", "slice"}),
    "can": frozenset({"can"}),
}


def _by_count(line: ParsedLine, food: FoodRecord | None) -> Weight | None:
    counted = dimension(line.unit) in {Dimension.COUNT, Dimension.PACKAGE}
    if food is None or not counted or food.name in _SIZES_VARY:
        return None
    pieces = _of_sort(_pieces(food, line.unit, line.food), line.food, food)
    portion = _of_size(pieces, _size(line, food))
    if not portion:
        return None
    return _weight(_quantity(line) * Fraction(portion.grams) / Fraction(portion.amount), WeightReason.COUNT)


def _of_sort(pieces: list[Portion], name: str, food: FoodRecord) -> list[Portion]:
    """A cherry tomato is no medium tomato: a measure that names the sort goes first."""
    sort = {_SAME_SORT.get(word, word) for word in words(name)} - {*words(food.name), *_SIZES}
    return [portion for portion in pieces if sort & {*words(portion.measure)}] or pieces


def _size(line: ParsedLine, food: FoodRecord) -> str | None:
    """The size the line names; an egg without one is large, as recipes and USDA's standard egg have it."""
    said = (line.size or line.note.split(";")[0]).lower()
    found = next((size for size in reversed(_SIZES) if size in said), None)
    return found or ("large" if food.name.startswith("Egg, ") else None)


def _pieces(food: FoodRecord, unit: str | None, name: str) -> list[Portion]:
    # USDA's "0.5 fillet" is half of a whole side, not two of what a recipe calls a fillet.
    whole = [portion for portion in food.portions if portion.amount >= 1]
    if unit is None:
        return [portion for portion in whole if _is_one(portion.measure, food, name)]
    if dimension(unit) is Dimension.PACKAGE and not _sold_in_one_size(food, unit):
        return []
    wanted = _PIECE_WORDS.get(unit, frozenset({unit}))
    return [portion for portion in whole if wanted & frozenset(words(portion.measure.split("(")[0])[:2])]


def _sold_in_one_size(food: FoodRecord, unit: str) -> bool:
    """A packet of yeast is the same everywhere, a packet of honey is not; USDA weighed a small can of tomatoes."""
    if unit == "can":
        return not food.name.startswith("Tomatoes")
    return unit == "package" and bool(_PACKETS.search(food.name))


def _is_one(measure: str, food: FoodRecord, name: str) -> bool:
    """A whole piece: "medium (2-1/2" dia)", "fruit", "pepper, large", "lemon yields"; not a slice, cup, ring or
    wedge."""
    said = words(re.sub(r'[\d/-]+"? long', "", measure.split("(", maxsplit=1)[0]))
    if not said or "yield" in said:
        return "yield" in said and said[0] in {*words(name), "fruit"}
    if said[0] in _ONE or said[0] in {"small", "medium", "large", "extra", "jumbo"}:
        return len(frozenset(said[1:]) - _SAYS_LITTLE) < 2 or said[-1] in {*words(food.name), *_ONE}
    named = {*words(food.name), *(_SAME_SORT.get(word, word) for word in words(name))}
    rest = frozenset(said[1:]) - named - _SAYS_LITTLE
    return said[0] in named and rest <= {"small", "medium", "large", "extra", "jumbo"}


def _of_size(portions: Iterable[Portion], size: str | None) -> Portion | None:
    """The portion of that size; without a size the medium one, else one that names no size, else none of several."""
    sized = {portion: next((s for s in reversed(_SIZES) if s in portion.measure.lower()), None) for portion in portions}
    for wanted in (size, None) if size else ("medium", None):
        for portion, found in sized.items():
            if found == wanted:
                return portion
    return next(iter(sized)) if len(sized) == 1 and not size else None
