"""Allergens and diets of a meal, failing closed (REC-6).

An allergen is "contains" as soon as one word or food says so. It is "free" only when every ingredient is
understood; one that is not makes every other allergen "unknown" and no diet is claimed. Alternatives ("butter or
margarine") all count.

Sources of the thresholds, per serving:
- high protein: at least 20 % of the energy from protein; high fiber: at least 3 g per 100 kcal (Regulation (EC) No
  1924/2006, annex)
- low calorie: at most 120 kcal per 100 g, the US definition for a meal (21 CFR 101.60(b)(3))
- low carb: under 26 % of the energy from carbohydrate (Feinman et al., Nutrition 31 (2015) 1-13)

Rennet in cheese is not told by recipes: "vegetarian" allows cheese. Oats count as gluten, as in EU law.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from meals.ingredients.foods import FoodRecord
from meals.ingredients.lexicon import NOTHING, Allergen, Animal, Lexicon, Meaning, joined, shipped_lexicon
from meals.ingredients.names import DESCRIBING, PREPARED
from meals.ingredients.nutrition import Nutrition, is_known
from meals.ingredients.resolve import ResolvedLine
from meals.ingredients.units import Dimension, dimension


class Diet(StrEnum):
    VEGAN = "vegan"
    VEGETARIAN = "vegetarian"
    PESCATARIAN = "pescatarian"
    GLUTEN_FREE = "gluten_free"
    DAIRY_FREE = "dairy_free"
    EGG_FREE = "egg_free"
    NUT_FREE = "nut_free"
    LOW_CARB = "low_carb"
    LOW_CALORIE = "low_calorie"
    HIGH_PROTEIN = "high_protein"
    HIGH_FIBER = "high_fiber"


class Presence(StrEnum):
    CONTAINS = "contains"
    FREE = "free"
    UNKNOWN = "unknown"


_SEA = frozenset({Animal.FISH, Animal.SHELLFISH})
_FLESH = frozenset({Animal.MEAT, Animal.OTHER})
_FORBIDDEN_ANIMALS = {
    Diet.VEGAN: frozenset(Animal),
    Diet.VEGETARIAN: _FLESH | _SEA,
    Diet.PESCATARIAN: _FLESH,
}
_FORBIDDEN_ALLERGENS = {
    Diet.GLUTEN_FREE: frozenset({Allergen.GLUTEN}),
    Diet.DAIRY_FREE: frozenset({Allergen.MILK}),
    Diet.EGG_FREE: frozenset({Allergen.EGGS}),
    Diet.NUT_FREE: frozenset({Allergen.NUTS, Allergen.PEANUTS}),
}
# USDA groups whose foods are what their name says: nothing was added by a maker.
_SINGLE_FOODS = frozenset(
    {
        "Vegetables and Vegetable Products",
        "Fruits and Fruit Juices",
        "Spices and Herbs",
        "Nut and Seed Products",
        "Legumes and Legume Products",
        "Beef Products",
        "Pork Products",
        "Poultry Products",
        "Lamb, Veal, and Game Products",
        "Finfish and Shellfish Products",
        "Dairy and Egg Products",
        "Cereal Grains and Pasta",
    }
)
_MEAT_GROUPS = frozenset(
    {
        "Beef Products",
        "Pork Products",
        "Poultry Products",
        "Lamb, Veal, and Game Products",
        "Sausages and Luncheon Meats",
    }
)
_JOINT = re.compile(r"\s*(?:,|&|\+|\band\b|/|;)\s*", re.IGNORECASE)
_GLUTEN_FREE = re.compile(r"\bgluten[\s-]*free\b", re.IGNORECASE)
_DAIRY_FREE = re.compile(r"\b(?:dairy|lactose)[\s-]*free\b|\bvegan\b|\bplant[\s-]*based\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traits:
    """`why` gives the lines behind every allergen contained; `unknown_lines` those that leave the rest open."""

    allergens: frozenset[Allergen]
    diets: frozenset[Diet]
    complete: bool
    why: dict[Allergen, list[str]] = field(default_factory=dict)
    unknown_lines: tuple[str, ...] = ()

    def presence(self, allergen: Allergen) -> Presence:
        if allergen in self.allergens:
            return Presence.CONTAINS
        return Presence.FREE if self.complete else Presence.UNKNOWN


def traits_of(
    lines: Sequence[ResolvedLine], nutrition: Nutrition | None = None, lexicon: Lexicon | None = None
) -> Traits:
    """Allergens and diets of the ingredient lines; the energy-based diets need the nutrition of the same lines."""
    lexicon = lexicon or shipped_lexicon()
    counted = [line for line in lines if line.parsed.is_ingredient]
    meanings = [(line, meaning_of(line, lexicon)) for line in counted]
    why: dict[Allergen, list[str]] = {}
    for line, meaning in meanings:
        for allergen in sorted(meaning.allergens):
            why.setdefault(allergen, []).append(line.parsed.text)
    unknown = tuple(line.parsed.text for line, meaning in meanings if not meaning.settled)
    complete = bool(counted) and not unknown
    animals = frozenset(animal for _, meaning in meanings for animal in meaning.animals)
    diets: set[Diet] = set()
    if complete:
        diets.update(_diets_by_origin(animals, frozenset(why)))
        diets.update(_diets_by_energy(counted, nutrition))
    return Traits(frozenset(why), frozenset(diets), complete, why, unknown)


def meaning_of(line: ResolvedLine, lexicon: Lexicon) -> Meaning:
    """What the line holds: its words, its alternatives and its USDA food together."""
    parsed = line.parsed
    names = [parsed.food, *parsed.alternatives]
    read = joined(
        _meaning_of_name(name, line.food if index == 0 else None, lexicon) for index, name in enumerate(names)
    )
    # A note may name another ingredient ("mixed with milk"): it counts as contained, never as an all-clear.
    noted = lexicon.read(parsed.note)[0] or NOTHING
    settled = read.settled and parsed.language == "en"
    said = Meaning(read.allergens | noted.allergens, read.animals | noted.animals, settled)
    return _minus_free(said, f"{parsed.food} {parsed.note}")


def _meaning_of_name(name: str, food: FoodRecord | None, lexicon: Lexicon) -> Meaning:
    whole = _read_part(name, food, lexicon)
    parts = [part for part in _JOINT.split(name) if part]
    if whole.settled or len(parts) < 2:
        return whole
    pieces = joined(_read_part(part, None, lexicon) for part in parts)
    return Meaning(whole.allergens | pieces.allergens, whole.animals | pieces.animals, pieces.settled)


def _read_part(name: str, food: FoodRecord | None, lexicon: Lexicon) -> Meaning:
    """Settled when the words or the USDA food leave nothing open."""
    known, rest = lexicon.read(name)
    found = known or NOTHING
    understood = found.settled and all(word in PREPARED | DESCRIBING for word in rest)
    # USDA's own words mislead where the name is plain: "Mushrooms, oyster", "Seeds, sesame butter, tahini".
    of_food = meaning_of_food(food, lexicon) if food and not understood else NOTHING
    composite = known is not None and not known.settled  # a taco seasoning is a maker's mix, whatever its USDA group
    return Meaning(
        found.allergens | of_food.allergens,
        found.animals | of_food.animals,
        understood or (of_food.settled and not composite),
    )


def meaning_of_food(food: FoodRecord, lexicon: Lexicon) -> Meaning:
    known, _ = lexicon.read(" ".join(food.name.split(",")[:3]))
    found = known or NOTHING
    if food.group == "Dairy and Egg Products":
        egg = food.name.startswith("Egg")
        return Meaning(
            frozenset({Allergen.EGGS if egg else Allergen.MILK}), frozenset({Animal.EGG if egg else Animal.DAIRY}), True
        )
    if food.group in _MEAT_GROUPS:
        return Meaning(found.allergens, frozenset({Animal.MEAT}), food.group in _SINGLE_FOODS)
    single = food.group in _SINGLE_FOODS and (known is None or known.settled)
    return Meaning(found.allergens, found.animals, single or found.settled)


def _minus_free(meaning: Meaning, text: str) -> Meaning:
    """ "Gluten-free flour", "vegan butter" hold what they say they do not; what they do hold is open."""
    gluten_free, dairy_free = _GLUTEN_FREE.search(text), _DAIRY_FREE.search(text)
    if not gluten_free and not dairy_free:
        return meaning
    absent = ({Allergen.GLUTEN} if gluten_free else set()) | ({Allergen.MILK} if dairy_free else set())
    animals = meaning.animals - {Animal.DAIRY} if dairy_free else meaning.animals
    return Meaning(meaning.allergens - absent, animals, False)


def _diets_by_origin(animals: frozenset[Animal], allergens: frozenset[Allergen]) -> Iterable[Diet]:
    yield from (diet for diet, forbidden in _FORBIDDEN_ANIMALS.items() if not animals & forbidden)
    yield from (diet for diet, forbidden in _FORBIDDEN_ALLERGENS.items() if not allergens & forbidden)


def _diets_by_energy(lines: Iterable[ResolvedLine], nutrition: Nutrition | None) -> Iterable[Diet]:
    """Only where every line that could carry energy is weighed: salt or a pinch of spice may stay unknown."""
    if not nutrition or not nutrition.calories or not all(is_known(line) or _negligible(line) for line in lines):
        return
    shares = {
        Diet.HIGH_PROTEIN: (nutrition.protein_g or Decimal(0)) * 4 >= nutrition.calories * Decimal("0.20"),
        Diet.LOW_CARB: (nutrition.carbs_g or Decimal(0)) * 4 < nutrition.calories * Decimal("0.26"),
        Diet.HIGH_FIBER: (nutrition.fiber_g or Decimal(0)) * 100 >= nutrition.calories * 3,
        Diet.LOW_CALORIE: nutrition.calories * 100 <= (nutrition.grams or Decimal(0)) * 120,
    }
    missing = {Diet.HIGH_FIBER} if "fiber_g" in nutrition.partial else set()
    yield from (diet for diet, holds in shares.items() if holds and diet not in missing)


def _negligible(line: ResolvedLine) -> bool:
    """Under about 5 kcal whatever the cook does: a pinch or dash, salt, or a seasoning "to taste"."""
    if line.food is None:
        return line.parsed.unit in {"pinch", "dash"} or bool(
            re.fullmatch(r"(?i)salt (?:and|&) pepper", line.parsed.food)
        )
    if line.food.nutrients["kcal"] == 0:
        return True
    vague = line.parsed.quantity is None or dimension(line.parsed.unit) is Dimension.VAGUE
    return vague and line.food.group == "Spices and Herbs"
