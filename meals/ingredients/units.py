"""Cooking units: their names as people write them, and exact conversion between units of one dimension.

US customary kitchen measures (1 cup = 236.5882365 ml, 1 tbsp = 1/16 cup, 1 tsp = 1/48 cup): NIST Handbook 44,
appendix C. A metric cup or an imperial pint differ by under 6 % and 20 %; the texts do not say which is meant, so
the US one is assumed.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

import pint


class Dimension(StrEnum):
    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    COUNT = "count"  # a natural piece: clove, slice, head
    PACKAGE = "package"  # a container whose size the label tells: can, jar
    VAGUE = "vague"  # REC-3: a pinch has no weight


_NAMES: dict[Dimension, dict[str, str]] = {
    Dimension.MASS: {
        "mg": "mg milligram milligrams",
        "g": "g gr gm gms grs gram grams gramm gramms gramme grammes",
        "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
        "oz": "oz ozs ounce ounces",
        "lb": "lb lbs pound pounds",
    },
    Dimension.VOLUME: {
        "ml": "ml mls milliliter milliliters millilitre millilitres cc",
        "cl": "cl centiliter centilitre centiliters centilitres",
        "dl": "dl deciliter deciliters decilitre decilitres",
        "l": "l lt ltr ltrs liter liters litre litres",
        "tsp": "tsp tsps ts teaspoon teaspoons teaspoonful teaspoonfuls teaspoonsful tea-spoon tea-spoons tea-spoonful "
        "tea-spoonfuls",
        "tbsp": "tbsp tbsps tbs tbl tb tblsp tablespoon tablespoons tablespoonful tablespoonfuls tablespoonsful "
        "table-spoon table-spoons table-spoonful table-spoonfuls",
        "cup": "cup cups cupful cupfuls",
        "fl_oz": "fl_oz",
        "pint": "pint pints pt pts",
        "quart": "quart quarts qt qts",
        "gallon": "gallon gallons gal gals",
    },
    Dimension.LENGTH: {"cm": "cm centimeter centimeters centimetre centimetres", "inch": "inch inches"},
    Dimension.COUNT: {
        "clove": "clove cloves clove(s) glove gloves pearls",
        "slice": "slice slices rasher rashers",
        "stick": "stick sticks",
        "head": "head heads",
        "stalk": "stalk stalks rib ribs",
        "sprig": "sprig sprigs twig twigs",
        "ear": "ear ears",
        "leaf": "leaf leaves",
        "piece": "piece pieces pc pcs",
        "cube": "cube cubes",
        "sheet": "sheet sheets",
        "strip": "strip strips",
        "fillet": "fillet fillets filet filets",
        "loaf": "loaf loaves",
        "block": "block blocks",
        "bunch": "bunch bunches",
        "serving": "serving servings",
        "strand": "strand strands thread threads",
        "pod": "pod pods",
    },
    Dimension.PACKAGE: {
        "can": "can cans tin tins",
        "jar": "jar jars",
        "bottle": "bottle bottles",
        "package": "package packages pkg pkgs packet packets pack packs pck pcks sachet sachets envelope envelopes",
        "bag": "bag bags",
        "box": "box boxes",
        "carton": "carton cartons container containers tub tubs",
    },
    Dimension.VAGUE: {
        "pinch": "pinch pinches",
        "dash": "dash dashes",
        "splash": "splash splashes glug glugs",
        "drizzle": "drizzle",
        "sprinkle": "sprinkle sprinkles",
        "drop": "drop drops",
        "squeeze": "squeeze squeezes squirt squirts",
        "handful": "handful handfuls handfull fistful",
        "knob": "knob knobs pat lump thumb thumbs",
        "spoon": "spoon spoons spoonful spoonfuls salt-spoonful salt-spoon",
        "glass": "glass glasses",
        "mug": "mug mugs",
        "bowl": "bowl bowls",
        "shot": "shot shots jigger jiggers",
        "part": "part parts",
    },
}

DIMENSION: dict[str, Dimension] = {unit: dim for dim, units in _NAMES.items() for unit in units}
_BY_NAME: dict[str, str] = {
    name: unit for units in _NAMES.values() for unit, names in units.items() for name in names.split()
}
# One letter decides by its case: "2 T" is tablespoons, "2 t" teaspoons.
_BY_LETTER = {"T": "tbsp", "t": "tsp", "c": "cup", "C": "cup", "L": "l", "G": "g"}
_SEVERAL_WORDS = (
    (re.compile(r"\bfl(?:uid)?\.?\s*(?:oz|ounces?)\b\.?", re.IGNORECASE), "fl_oz"),
    (re.compile(r"\b(table|tea)[\s-]spoon(?:ful)?s?(?:ful)?\b", re.IGNORECASE), r"\1spoon"),
    (re.compile(r"\bmetric (cups?)\b", re.IGNORECASE), r"\1"),
)

# Words that a piece-like unit shares with a food: a unit only before "of" or a food ("2 cloves garlic"), never alone.
AMBIGUOUS = frozenset({"clove", "leaf", "head", "stick", "fillet", "pod", "ear", "strip", "cube", "glass", "part"})


def join_unit_words(text: str) -> str:
    """Units of several words as one: "fluid ounce" becomes "fl_oz", "table spoon" "tablespoon"."""
    for pattern, name in _SEVERAL_WORDS:
        text = pattern.sub(name, text)
    return text


def canonical(word: str) -> str | None:
    """The unit a word names, or None. "Tbsp." and "tablespoons" are "tbsp"; "T" and "t" differ."""
    bare = word.rstrip(".,")
    if bare in _BY_LETTER:
        return _BY_LETTER[bare]
    return _BY_NAME.get(bare.lower())


def dimension(unit: str | None) -> Dimension:
    """Counted pieces ("3 eggs") have no unit."""
    return Dimension.COUNT if unit is None else DIMENSION.get(unit, Dimension.VAGUE)


_DEFINITIONS = """
gram = [mass] = g
kilogram = 1000 * gram = kg
milligram = 0.001 * gram = mg
ounce = 28.349523125 * gram = oz
pound = 453.59237 * gram = lb
milliliter = [volume] = ml
centiliter = 10 * milliliter = cl
deciliter = 100 * milliliter = dl
liter = 1000 * milliliter = l
cup = 236.5882365 * milliliter
fluid_ounce = 29.5735295625 * milliliter = fl_oz
pint = 473.176473 * milliliter
quart = 946.352946 * milliliter
gallon = 3785.411784 * milliliter
tablespoon = 14.78676478125 * milliliter = tbsp
teaspoon = 4.92892159375 * milliliter = tsp
centimeter = [length] = cm
inch = 2.54 * centimeter
"""


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    # Our own few lines instead of pint's full definition file: milliseconds to build instead of a second.
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction, on_redefinition="ignore")
    for line in filter(None, _DEFINITIONS.splitlines()):
        registry.define(line)
    return registry


@cache
def factor(source: str, target: str) -> Fraction | None:
    """How many `target` one `source` is, exactly; None between dimensions or for units without a size."""
    if source == target:
        return Fraction(1)
    measured = {Dimension.MASS, Dimension.VOLUME, Dimension.LENGTH}
    if dimension(source) != dimension(target) or dimension(source) not in measured:
        return None
    registry = _registry()
    return Fraction(registry.Quantity(Fraction(1), source).to(target).magnitude)


def convert(quantity: Decimal | Fraction, source: str, target: str) -> Fraction | None:
    ratio = factor(source, target)
    return None if ratio is None else Fraction(quantity) * ratio
