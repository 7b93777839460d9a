"""What words of an ingredient's name say about allergens and animal origin: `data/traits.csv`, our own table.

The fourteen allergens are those of Annex II of Regulation (EU) No 1169/2011. A row is `settled` when the name alone
tells all there is to know; bread certainly holds gluten, but what else the baker used is unknown.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from meals.ingredients.chinese import is_chinese
from meals.ingredients.foods import DATA
from meals.ingredients.names import words

TRAITS_FILE = DATA / "traits.csv"


class Allergen(StrEnum):
    GLUTEN = "gluten"
    CRUSTACEANS = "crustaceans"
    EGGS = "eggs"
    FISH = "fish"
    PEANUTS = "peanuts"
    SOYBEANS = "soybeans"
    MILK = "milk"
    NUTS = "nuts"
    CELERY = "celery"
    MUSTARD = "mustard"
    SESAME = "sesame"
    SULPHITES = "sulphites"
    LUPIN = "lupin"
    MOLLUSCS = "molluscs"


class Animal(StrEnum):
    MEAT = "meat"
    FISH = "fish"
    SHELLFISH = "shellfish"
    DAIRY = "dairy"
    EGG = "egg"
    HONEY = "honey"
    OTHER = "other"  # gelatin, rennet


@dataclass(frozen=True, slots=True)
class Meaning:
    allergens: frozenset[Allergen] = frozenset()
    animals: frozenset[Animal] = frozenset()
    settled: bool = False

    def __or__(self, other: "Meaning") -> "Meaning":
        """Both are in it; settled only if both are."""
        return Meaning(self.allergens | other.allergens, self.animals | other.animals, self.settled and other.settled)


NOTHING = Meaning()


class Lexicon:
    """Finds the longest known names in a text: "coconut milk" is not milk, "peanut butter" no butter."""

    def __init__(self, path: Path = TRAITS_FILE) -> None:
        self._english: dict[tuple[str, ...], Meaning] = {}
        self._chinese: dict[str, Meaning] = {}
        for name, meaning in _read(path):
            if is_chinese(name):
                self._chinese[name] = meaning
            else:
                self._english[words(name)] = meaning
        self._longest = max(map(len, self._english))

    def read(self, text: str) -> tuple[Meaning | None, tuple[str, ...]]:
        """The joint meaning of the names found, None when there is none, and the words that belong to none of them."""
        found, rest = self._read_words(words(text)) if not is_chinese(text) else (self._read_chinese(text), ())
        if not found:
            return None, rest
        meaning = found[0]
        for more in found[1:]:
            meaning |= more
        return meaning, rest

    def _read_words(self, parts: tuple[str, ...]) -> tuple[list[Meaning], tuple[str, ...]]:
        found: list[Meaning] = []
        rest: list[str] = []
        at = 0
        while at < len(parts):
            size = next((n for n in range(self._longest, 0, -1) if parts[at : at + n] in self._english), 0)
            if size:
                found.append(self._english[parts[at : at + size]])
            else:
                rest.append(parts[at])
            at += max(size, 1)
        return found, tuple(rest)

    def _read_chinese(self, text: str) -> list[Meaning]:
        """Names within names: the longest counts, as 椰奶 (coconut milk) is not 奶 (milk)."""
        found: list[Meaning] = []
        for name in sorted(self._chinese, key=len, reverse=True):
            if name in text:
                found.append(self._chinese[name])
                text = text.replace(name, " ")
        return found


def _read(path: Path) -> Iterator[tuple[str, Meaning]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            meaning = Meaning(
                frozenset(map(Allergen, row["allergens"].split())),
                frozenset(map(Animal, row["animal"].split())),
                row["settled"] == "yes",
            )
            yield from ((name.strip(), meaning) for name in row["words"].split(";"))


def joined(meanings: Iterable[Meaning]) -> Meaning:
    """All of them together; nothing at all is settled by no evidence."""
    meaning: Meaning | None = None
    for more in meanings:
        meaning = more if meaning is None else meaning | more
    return meaning or NOTHING


@cache
def shipped_lexicon() -> Lexicon:
    return Lexicon()
