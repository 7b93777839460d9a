"""The food table: USDA National Nutrient Database for Standard Reference, Release 28, per 100 g.

`load_shipped()` reads the table that ships with the product, `read_directory()` one in the format the table was
made from (two CSV files), for `manage.py import_foods`.
"""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).resolve().parent.parent / "data"
FOODS_FILE = "usda_sr28_foods.csv"
PORTIONS_FILE = "usda_sr28_portions.csv"

NUTRIENTS: tuple[str, ...] = (
    "kcal",
    "kj",
    "protein_g",
    "fat_g",
    "saturated_fat_g",
    "trans_fat_g",
    "mono_fat_g",
    "poly_fat_g",
    "cholesterol_mg",
    "carbs_g",
    "fiber_g",
    "sugars_g",
    "sodium_mg",
    "potassium_mg",
    "calcium_mg",
    "iron_mg",
    "magnesium_mg",
    "zinc_mg",
    "vit_a_rae_ug",
    "vit_c_mg",
    "vit_d_ug",
    "vit_e_mg",
    "vit_k_ug",
    "vit_b12_ug",
    "folate_ug",
    "caffeine_mg",
    "alcohol_g",
    "water_g",
)
_FOOD_COLUMNS = ("ndb_no", "food_group", "description", *NUTRIENTS)
_PORTION_COLUMNS = ("ndb_no", "amount", "measure", "grams")


class FoodTableError(ValueError):
    """A food table that cannot be read; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Portion:
    """`amount` times `measure` weighs `grams`: 1 "cup, chopped" is 160 g."""

    amount: Decimal
    measure: str
    grams: Decimal


@dataclass(frozen=True, slots=True)
class FoodRecord:
    """Nutrients are per 100 g, None where USDA did not determine them: unknown is not zero (REC-2)."""

    usda_id: int
    name: str
    group: str
    nutrients: Mapping[str, Decimal | None]
    portions: tuple[Portion, ...] = ()


@cache
def load_shipped() -> tuple[FoodRecord, ...]:
    """The shipped table, read once per process (about half a second)."""
    with (
        gzip.open(DATA / f"{FOODS_FILE}.gz", "rt", encoding="utf-8", newline="") as foods,
        gzip.open(DATA / f"{PORTIONS_FILE}.gz", "rt", encoding="utf-8", newline="") as portions,
    ):
        return tuple(
            _assemble(_rows(foods, FOODS_FILE, _FOOD_COLUMNS), _rows(portions, PORTIONS_FILE, _PORTION_COLUMNS))
        )


def read_directory(directory: Path) -> tuple[FoodRecord, ...]:
    """Foods of a folder holding both CSV files. Raises FoodTableError naming file, line and column."""
    texts = [_text(directory / name) for name in (FOODS_FILE, PORTIONS_FILE)]
    foods = _rows(texts[0], FOODS_FILE, _FOOD_COLUMNS)
    return tuple(_assemble(foods, _rows(texts[1], PORTIONS_FILE, _PORTION_COLUMNS)))


def _text(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FoodTableError(f"{path.name}: not found in {path.parent}") from error
    except UnicodeDecodeError as error:
        raise FoodTableError(f"{path.name}: not UTF-8 text (byte {error.start})") from error


def _rows(source: Iterable[str], file: str, columns: tuple[str, ...]) -> Iterator["_Row"]:
    reader = csv.DictReader(source)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise FoodTableError(f"{file}, line 1: missing column {', '.join(missing)}")
    for row in reader:
        yield _Row(file, reader.line_num, row)


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    line: int
    values: Mapping[str, str | None]

    def error(self, column: str, problem: str) -> FoodTableError:
        return FoodTableError(f"{self.file}, line {self.line}, column {column}: {problem}")

    def text(self, column: str) -> str:
        value = (self.values[column] or "").strip()
        if not value:
            raise self.error(column, "is empty")
        return value

    def number(self, column: str) -> Decimal | None:
        value = (self.values[column] or "").strip()
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise self.error(column, f"{value!r} is not a number") from error
        if not number.is_finite() or number < 0:
            raise self.error(column, f"{value!r} is not an amount of zero or more")
        return number

    def positive(self, column: str) -> Decimal:
        number = self.number(column)
        if not number:
            raise self.error(column, "must be more than zero")
        return number

    def identifier(self) -> int:
        value = self.text("ndb_no")
        if not (value.isascii() and value.isdigit()):
            raise self.error("ndb_no", f"{value!r} is not a food number")
        return int(value)


def _assemble(foods: Iterable[_Row], portions: Iterable[_Row]) -> Iterator[FoodRecord]:
    measures: dict[int, list[Portion]] = {}
    for row in portions:
        portion = Portion(row.positive("amount"), row.text("measure"), row.positive("grams"))
        measures.setdefault(row.identifier(), []).append(portion)
    seen: set[int] = set()
    for row in foods:
        usda_id = row.identifier()
        if usda_id in seen:
            raise row.error("ndb_no", f"food {usda_id} is listed twice")
        seen.add(usda_id)
        nutrients = MappingProxyType({name: row.number(name) for name in NUTRIENTS})
        yield FoodRecord(
            usda_id, row.text("description"), row.text("food_group"), nutrients, tuple(measures.get(usda_id, ()))
        )
