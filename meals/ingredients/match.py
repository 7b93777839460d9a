"""From a food's name to the USDA food it means, or to nothing: a wrong food is worse than an unknown one.

First a curated table of usual names (`data/food_aliases.csv`), tried as written, then with preparation words
("freshly chopped") and at last descriptions ("large red") taken away, then with one slip of spelling. Only then the
USDA descriptions themselves, which must hold every word of the name and little else.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from meals.ingredients import foods as food_table
from meals.ingredients.foods import FoodRecord
from meals.ingredients.names import DESCRIBING, PREPARED, key, without, word_set, words
from meals.ingredients.parse import ParsedLine

ALIASES_FILE = food_table.DATA / "food_aliases.csv"

_SLIP_SCORE = 88  # rapidfuzz ratio: one or two letters in a long word; "batter" and "butter" are 83
_LONGEST = 12  # words; anything longer is prose
# Dishes and products of one maker or place: never what a bare ingredient name means.
_NOT_INGREDIENTS = frozenset(
    {
        "American Indian/Alaska Native Foods",
        "Baby Foods",
        "Fast Foods",
        "Meals, Entrees, and Side Dishes",
        "Restaurant Foods",
        "Snacks",
        "Sweets",
        "Baked Products",
        "Beverages",
        "Breakfast Cereals",
        "Soups, Sauces, and Gravies",
    }
)
_STATES = word_set(
    """
    canned frozen cooked dried dry dehydrated smoked pickled roasted boiled fried baked sweetened candied
    juice powder oil flour paste sauce syrup concentrate imitation substitute fat free light reduced low mix
    seed leaf root peel green
    """
)
_PLAIN = word_set(
    """
    raw fresh all variety commercial regular plain whole without salt added with and or in of the unprepared
    type average year round mature mixed species includes skin boneless meat only separable lean trimmed grade
    ripe
    """
)


# The first term of a USDA description when it names a group rather than a food: "Fish, trout", "Spices, mace".
_GROUPS = word_set(
    """
    fish spice nut seed cheese game meat crustacean mollusk alcoholic beverage sweetener vegetable fruit bean
    pepper oil fat pork beef lamb veal chicken turkey bread leavening agent squash mushroom lettuce cabbage
    seasoning mix variety by product fresh cured domestic dry whole juice
    """
)


@dataclass(frozen=True, slots=True)
class Match:
    """`confidence` from 0 to 1; `reason` is "alias", "note", "dried", "prepared", "described", "spelling" or
    "description"."""

    usda_id: int
    confidence: float
    reason: str


class FoodMatcher:
    """Built once over the food table, then asked often: answers are cached."""

    def __init__(self, foods: Iterable[FoodRecord], aliases: Path = ALIASES_FILE) -> None:
        self.foods = {food.usda_id: food for food in foods}
        self._aliases = {
            name: number for name, number in read_aliases(aliases) if number is None or number in self.foods
        }
        self._slippable = [name for name, number in self._aliases.items() if len(name) >= 7 and number]
        self._by_word: dict[str, set[int]] = {}
        self._described: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        for food in self.foods.values():
            if food.group not in _NOT_INGREDIENTS and not _names_a_maker(food.name):
                self._describe(food)
        self._known: dict[str, Match | None] = {}

    def _describe(self, food: FoodRecord) -> None:
        heads = food.name.split(",")
        described = frozenset(words(food.name))
        self._described[food.usda_id] = (frozenset(words(" ".join(heads[:2]))), described)
        for word in described:
            self._by_word.setdefault(word, set()).add(food.usda_id)

    def food(self, match: Match | None) -> FoodRecord | None:
        return self.foods[match.usda_id] if match else None

    def match_line(self, line: ParsedLine) -> Match | None:
        """The food of a parsed line; a can or tin of something is the canned sort where one is known."""
        if not line.is_ingredient or line.language != "en":
            return None
        if "can" in {line.unit, line.container}:
            return self._by_note(line) or self._canned(line.food)
        found = self._by_note(line) or self._dried(line) or self.match(line.food)
        return self._whole(line) or found if line.unit is None and line.quantity else found

    def _dried(self, line: ParsedLine) -> Match | None:
        """A teaspoon of ginger or thyme is the dried spice, unless the line speaks of fresh or of cutting."""
        said = {*words(line.food), *words(line.note)}
        if line.unit != "tsp" or not said.isdisjoint(PREPARED):
            return None
        for form in ("dried", "ground"):
            number = self._aliases.get(key(f"{form} {line.food}"))
            if number and self.foods[number].group == "Spices and Herbs":
                return Match(number, 0.9, "dried")
        return None

    def _whole(self, line: ParsedLine) -> Match | None:
        """ "3 diced tomatoes" are counted, so they are fresh, though "diced tomatoes" come in a can."""
        found = self.match(line.food)
        if not found or line.pack or "canned" not in words(self.foods[found.usda_id].name):
            return None
        return self.match(" ".join(without(words(line.food), PREPARED)))

    def _canned(self, name: str) -> Match | None:
        """Never the raw sort: carrots from a can are not raw carrots."""
        canned, plain = self.match(f"canned {name}"), self.match(name)
        raw = plain is not None and "raw" in words(self.foods[plain.usda_id].name)
        return canned or (None if raw else plain)

    def _by_note(self, line: ParsedLine) -> Match | None:
        """ "Cheese (cheddar)", "corn, frozen": a word of the note and the food together are a name of the table."""
        pieces = (piece for piece in line.note.split(";") if len(piece.split()) <= 3)  # longer ones weigh choices
        for said in (word for piece in pieces for word in re.split(r",|\b(?:and|or)\b", piece)):
            telling = not PREPARED.issuperset(words(said))  # a tomato, diced, is no canned diced tomato
            number = self._aliases.get(key(f"{said} {line.food}")) if telling else None
            if number:
                return Match(number, 0.9, "note")
        return None

    def match(self, food_text: str) -> Match | None:
        """The USDA food a name means, None when in doubt."""
        name = key(food_text[:200])
        if name not in self._known:
            self._known[name] = self._find(words(food_text[:200]))
        return self._known[name]

    def _find(self, parts: tuple[str, ...]) -> Match | None:
        if not parts or len(parts) > _LONGEST:
            return None
        known = self._alias(parts)
        if known is not None:
            return known if known.usda_id else None
        return self._spelled_alike(parts) or self._by_description(parts)

    def _alias(self, parts: tuple[str, ...]) -> Match | None:
        """The first reading in the table; a match with number 0 for a name known to have no USDA food."""
        for reason, confidence, name in _readings(parts):
            if name in self._aliases:
                return Match(self._aliases[name] or 0, confidence, reason)
        return None

    def _spelled_alike(self, parts: tuple[str, ...]) -> Match | None:
        for name in dict.fromkeys((" ".join(parts), " ".join(without(parts, PREPARED)))):
            if len(name) < 7:
                continue
            found = process.extractOne(name, self._slippable, scorer=fuzz.ratio, score_cutoff=_SLIP_SCORE)
            if found and _one_slip(name, found[0]):
                return Match(self._aliases[found[0]] or 0, 0.7, "spelling")
        return None

    def _by_description(self, parts: tuple[str, ...]) -> Match | None:
        """The food whose description holds every word, its first or second term the last word, with the fewest other
        words."""
        wanted = frozenset(without(parts, PREPARED))
        vague = wanted <= _GROUPS | _STATES | _PLAIN or not {"and", "or", "&"}.isdisjoint(parts)
        if vague or not all(word in self._by_word for word in wanted) or len(max(wanted, key=len)) < 4:
            return None
        found = set.intersection(*(self._by_word[word] for word in wanted))
        scored = sorted((self._strangeness(usda_id, wanted, parts[-1]), usda_id) for usda_id in found)
        if not scored or scored[0][0] > 2.0:
            return None
        return Match(scored[0][1], round(0.75 - scored[0][0] / 8, 2), "description")

    def _strangeness(self, usda_id: int, wanted: frozenset[str], last: str) -> float:
        heads, described = self._described[usda_id]
        if last not in heads or heads - wanted - _GROUPS - _PLAIN - _STATES:
            return 99.0  # another food, or one sort among many
        others = described - wanted - _PLAIN
        states = len(others & _STATES)
        raw = 0.0 if "raw" in described or "raw" in wanted else 0.4
        return states * 1.5 + (len(others) - states) * 0.7 + raw + 0.01 * len(described)


def _names_a_maker(name: str) -> bool:
    """USDA writes makers in capitals: "CAMPBELL'S Red and White"."""
    return any(len(word) > 3 and word.isalpha() and word.isupper() for word in name.replace("'", "").split())


def _one_slip(written: str, known: str) -> bool:
    """The same number of words, the same first letter of each, and the same end: not "corn oil" for "coin oil"."""
    mine, theirs = written.split(), known.split()
    return len(mine) == len(theirs) and all(
        a == b or (min(len(a), len(b)) >= 5 and a[0] == b[0]) for a, b in zip(mine, theirs, strict=True)
    )


def _readings(parts: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    """The name as written, then with fewer and fewer words that say little."""
    yield "alias", 1.0, " ".join(parts)
    prepared = without(parts, PREPARED)
    yield "prepared", 0.95, " ".join(prepared)
    described = prepared
    while len(described) > 1 and (index := _first_describing(described)) is not None:
        described = (*described[:index], *described[index + 1 :])
        yield "described", 0.85, " ".join(described)


def _first_describing(parts: tuple[str, ...]) -> int | None:
    return next((index for index, word in enumerate(parts[:-1]) if word in DESCRIBING), None)


def read_aliases(path: Path = ALIASES_FILE) -> Iterator[tuple[str, int | None]]:
    """Pairs of (normalised name, USDA number); None for names that look like a food of the table but are another."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in row["names"].split(";"):
                yield key(name), int(row["usda_id"]) if row["usda_id"] else None


@cache
def shipped_matcher() -> FoodMatcher:
    """The matcher over the table that ships with the product, built once per process."""
    return FoodMatcher(food_table.load_shipped())
