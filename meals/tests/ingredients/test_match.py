import csv
import time
from decimal import Decimal

import pytest

from meals.ingredients.foods import FoodRecord
from meals.ingredients.match import ALIASES_FILE, FoodMatcher, read_aliases, shipped_matcher
from meals.ingredients.names import key
from meals.ingredients.parse import parse_line


@pytest.fixture(scope="module")
def matcher():
    return shipped_matcher()


# name, description USDA gives the food
RIGHT = [
    ("onion", "Onions, raw"),
    ("Red Onions", "Onions, raw"),
    ("scallions", "Onions, spring or scallions (includes tops and bulb), raw"),
    ("garlic", "Garlic, raw"),
    ("extra virgin olive oil", "Oil, olive, salad or cooking"),
    ("high quality olive oil", "Oil, olive, salad or cooking"),
    ("butter", "Butter, salted"),
    ("unsalted butter", "Butter, without salt"),
    ("plain flour", "Wheat flour, white, all-purpose, enriched, bleached"),
    ("eggs", "Egg, whole, raw, fresh"),
    ("egg yolks", "Egg, yolk, raw, fresh"),
    ("boneless skinless chicken breasts", "Chicken, broiler or fryers, breast, skinless, boneless, meat only, raw"),
    ("whole milk", "Milk, whole, 3.25% milkfat, with added vitamin D"),
    ("caster sugar", "Sugars, granulated"),
    ("kosher salt", "Salt, table"),
    ("freshly ground black pepper", "Spices, pepper, black"),
    ("warm water", "Beverages, water, tap, drinking"),
    ("soy sauce", "Soy sauce made from soy and wheat (shoyu)"),
    ("aubergine", "Eggplant, raw"),
    ("courgettes", "Squash, summer, zucchini, includes skin, raw"),
    ("coriander leaves", "Coriander (cilantro) leaves, raw"),
    ("ground coriander", "Spices, coriander seed"),
    ("cornflour", "Cornstarch"),
    ("yoghurt", "Yogurt, plain, whole milk, 8 grams protein per 8 ounce"),
    ("crème fraîche", None),
    ("jalapeños", "Peppers, jalapeno, raw"),
    ("chilli flakes", "Spices, pepper, red or cayenne"),
    ("peanut butter", "Peanut butter, smooth style, with salt"),
    ("coconut milk", "Nuts, coconut milk, canned (liquid expressed from grated meat and water)"),
    ("minced beef", "Beef, ground, 80% lean meat / 20% fat, raw"),
    ("prawns", "Crustaceans, shrimp, raw (not previously frozen)"),
    ("Worchestershire sauce", "Sauce, worcestershire"),
    ("mayonaise", "Salad dressing, mayonnaise, regular"),
    ("finely diced large carrots", "Carrots, raw"),
]


@pytest.mark.parametrize(("name", "usda_name"), RIGHT, ids=[row[0] for row in RIGHT])
def test_name_means_the_usual_food(matcher, name, usda_name):
    food = matcher.food(matcher.match(name))
    assert (food.name if food else None) == usda_name


@pytest.mark.parametrize(
    "name",
    ["", "cheese", "fruit", "meat", "spices", "whatever you like", "salt and pepper", "toppings", "red curry paste",
     "baby corn", "vegan butter", "gluten free flour", "smoked duck breast", "garam masala", "sauce", "xyzzy", "powder",
     "of", "鸡蛋", "a" * 5000],
)  # fmt: skip
def test_doubtful_name_is_left_unknown(matcher, name):
    assert matcher.match(name) is None


def test_can_is_the_canned_sort(matcher):
    assert matcher.food(matcher.match_line(parse_line("1 can corn"))).name == (
        "Corn, sweet, yellow, canned, whole kernel, drained solids"
    )


def test_note_tells_the_sort(matcher):
    assert matcher.food(matcher.match_line(parse_line("Cheese (cheddar or jack)"))).name == "Cheese, cheddar"


SPOONS = [
    ("1 tsp coriander", "Spices, coriander seed"),
    ("1/4 tsp ginger", "Spices, ginger, ground"),
    ("1 tsp thyme", "Spices, thyme, dried"),
    ("1 tsp fresh thyme", "Thyme, fresh"),
    ("1 tsp ginger, grated", "Ginger root, raw"),
    ("1 bunch coriander", "Coriander (cilantro) leaves, raw"),
    ("1 tsp garlic", "Garlic, raw"),
    ("1 tsp salt", "Salt, table"),
]


@pytest.mark.parametrize(("text", "usda_name"), SPOONS, ids=[row[0] for row in SPOONS])
def test_teaspoon_of_a_spice_is_dried_unless_said_otherwise(matcher, text, usda_name):
    assert matcher.food(matcher.match_line(parse_line(text))).name == usda_name


COUNTED = [
    ("3 diced tomatoes", "Tomatoes, red, ripe, raw, year round average"),
    ("1 tomato, diced", "Tomatoes, red, ripe, raw, year round average"),
    ("1 can diced tomatoes", "Tomatoes, red, ripe, canned, packed in tomato juice"),
    ("1 cup corn, frozen", "Corn, sweet, yellow, frozen, kernels cut off cob, unprepared"),
    ("1 can carrots", None),
]


@pytest.mark.parametrize(("text", "usda_name"), COUNTED, ids=[row[0] for row in COUNTED])
def test_raw_and_canned_are_told_apart(matcher, text, usda_name):
    food = matcher.food(matcher.match_line(parse_line(text)))
    assert (food.name if food else None) == usda_name


@pytest.mark.parametrize("text", ["For the sauce:", "1 cheesecloth", "鸡蛋 2 个", "Preheat the oven."])
def test_line_that_is_no_english_ingredient_has_no_food(matcher, text):
    assert matcher.match_line(parse_line(text)) is None


def test_exact_name_is_surer_than_a_stripped_one(matcher):
    assert [matcher.match(name).confidence for name in ("onion", "chopped onion", "mayonaise")] == [1.0, 0.95, 0.7]


def test_food_without_alias_is_found_by_its_description(tmp_path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("usda_id,usda_name,names\n", encoding="utf-8")
    nutrients = {"kcal": Decimal(1)}
    foods = [
        FoodRecord(1, "Jujube, raw", "Fruits and Fruit Juices", nutrients),
        FoodRecord(2, "Jujube, dried", "Fruits and Fruit Juices", nutrients),
        FoodRecord(3, "Fish, pompano, florida, raw", "Finfish and Shellfish Products", nutrients),
        FoodRecord(4, "ACMECO Jujube, raw", "Fruits and Fruit Juices", nutrients),
        FoodRecord(5, "Jujube pie", "Baked Products", nutrients),
    ]
    matcher = FoodMatcher(foods, aliases)
    assert {
        name: getattr(matcher.match(name), "usda_id", None) for name in ("jujube", "fresh jujubes", "jujube jam")
    } == {
        "jujube": 1,
        "fresh jujubes": 1,
        "jujube jam": None,
    }


def test_every_alias_names_its_food_rightly(matcher):
    with ALIASES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["usda_id"]]
    assert len(rows) > 600
    assert [row["usda_name"] for row in rows] == [matcher.foods[int(row["usda_id"])].name for row in rows]


def test_no_alias_is_listed_for_two_foods():
    seen: dict[str, int | None] = {}
    twice = [name for name, number in read_aliases() if seen.setdefault(name, number) != number]
    assert twice == []


def test_matcher_is_built_and_asked_fast(matcher):
    start = time.perf_counter()
    fresh = FoodMatcher(matcher.foods.values())
    built = time.perf_counter()
    for name, _ in read_aliases():
        fresh.match(f"freshly chopped {name}")
    asked = time.perf_counter()
    assert built - start < 6  # 0.4 s on an idle machine
    assert (asked - built) / 2000 < 0.01  # 0.1 ms each on an idle machine


def test_key_is_stable_under_itself():
    assert [key(key(name)) for name, _ in read_aliases()] == [key(name) for name, _ in read_aliases()]
