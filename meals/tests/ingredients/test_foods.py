import gzip
from decimal import Decimal

import pytest

from meals.ingredients import foods
from meals.ingredients.foods import (
    FOODS_FILE,
    NUTRIENTS,
    PORTIONS_FILE,
    FoodTableError,
    Portion,
    load_shipped,
    read_directory,
)

HEADER = ",".join(["ndb_no", "food_group", "description", *NUTRIENTS])
PORTIONS_HEADER = "ndb_no,seq,amount,measure,grams"


@pytest.fixture
def directory(tmp_path):
    def write(food_rows, portion_rows=(), *, header=HEADER, portions_header=PORTIONS_HEADER):
        (tmp_path / FOODS_FILE).write_text("\n".join([header, *food_rows]) + "\n", encoding="utf-8")
        (tmp_path / PORTIONS_FILE).write_text("\n".join([portions_header, *portion_rows]) + "\n", encoding="utf-8")
        return tmp_path

    return write


def row(number="1", group="Spices", name="Salt", **nutrients):
    return ",".join([number, group, name, *(nutrients.get(nutrient, "") for nutrient in NUTRIENTS)])


def test_shipped_table_is_whole():
    table = load_shipped()
    assert (len(table), sum(len(food.portions) for food in table), len({food.usda_id for food in table})) == (
        8789,
        15438,
        8789,
    )


def test_shipped_butter_has_the_figures_of_usda():
    butter = next(food for food in load_shipped() if food.usda_id == 1001)
    assert (butter.name, butter.group, butter.nutrients["kcal"], butter.nutrients["sodium_mg"]) == (
        "Butter, salted",
        "Dairy and Egg Products",
        Decimal(717),
        Decimal(643),
    )
    assert Portion(Decimal(1), "stick", Decimal(113)) in butter.portions


def test_shipped_table_is_read_once():
    assert load_shipped() is load_shipped()


def test_shipped_files_hold_no_build_time():
    """Packed without a time stamp: the same figures give the same file."""
    for name in (FOODS_FILE, PORTIONS_FILE):
        assert (foods.DATA / f"{name}.gz").read_bytes()[4:8] == b"\0\0\0\0"
        assert gzip.decompress((foods.DATA / f"{name}.gz").read_bytes()).startswith(b"ndb_no,")


def test_directory_is_read(directory):
    table = read_directory(directory([row(kcal="0", sodium_mg="38758")], ["1,1,1,tsp,6.0"]))
    assert [(food.usda_id, food.name, food.portions) for food in table] == [
        (1, "Salt", (Portion(Decimal(1), "tsp", Decimal("6.0")),))
    ]
    assert (table[0].nutrients["kcal"], table[0].nutrients["protein_g"]) == (Decimal(0), None)


BAD = [
    ([row(kcal="much")], [], "usda_sr28_foods.csv, line 2, column kcal: 'much' is not a number"),
    ([row(kcal="-1")], [], "usda_sr28_foods.csv, line 2, column kcal: '-1' is not an amount of zero or more"),
    ([row(kcal="NaN")], [], "usda_sr28_foods.csv, line 2, column kcal: 'NaN' is not an amount of zero or more"),
    ([row(number="x1")], [], "usda_sr28_foods.csv, line 2, column ndb_no: 'x1' is not a food number"),
    ([row(name="")], [], "usda_sr28_foods.csv, line 2, column description: is empty"),
    ([row(), row()], [], "usda_sr28_foods.csv, line 3, column ndb_no: food 1 is listed twice"),
    ([row()], ["1,1,0,tsp,6"], "usda_sr28_portions.csv, line 2, column amount: must be more than zero"),
    ([row()], ["1,1,1,,6"], "usda_sr28_portions.csv, line 2, column measure: is empty"),
    ([row()], ["1,1,1,tsp"], "usda_sr28_portions.csv, line 2, column grams: must be more than zero"),
]


@pytest.mark.parametrize(("food_rows", "portion_rows", "message"), BAD, ids=[case[2][:60] for case in BAD])
def test_bad_row_is_named(directory, food_rows, portion_rows, message):
    with pytest.raises(FoodTableError) as error:
        read_directory(directory(food_rows, portion_rows))
    assert str(error.value) == message


def test_missing_column_is_named(directory):
    with pytest.raises(FoodTableError, match=r"usda_sr28_foods\.csv, line 1: missing column kcal$"):
        read_directory(directory([], header=HEADER.replace(",kcal,", ",")))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(FoodTableError, match=r"usda_sr28_foods\.csv: not found in "):
        read_directory(tmp_path)


def test_other_encoding_is_named(directory):
    folder = directory([row()])
    (folder / FOODS_FILE).write_bytes(b"ndb_no,\xff\xfe")
    with pytest.raises(FoodTableError, match=r"usda_sr28_foods\.csv: not UTF-8 text \(byte 7\)"):
        read_directory(folder)


def test_empty_file_is_named(directory):
    folder = directory([row()])
    (folder / FOODS_FILE).write_text("")
    with pytest.raises(FoodTableError, match=r"line 1: missing column ndb_no"):
        read_directory(folder)


def test_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "foods.csv").write_text("")
    with pytest.raises(FoodTableError, match=r"usda_sr28_foods\.csv: not found in .*foods\.csv"):
        read_directory(tmp_path / "foods.csv")
