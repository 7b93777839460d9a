from decimal import Decimal
from types import MappingProxyType

import pytest

from meals.ingredients.foods import FoodRecord, Portion
from meals.ingredients.match import shipped_matcher
from meals.ingredients.parse import parse_line
from meals.ingredients.resolve import resolve, weighed
from meals.ingredients.weigh import Weight, WeightReason, weigh

D = Decimal


@pytest.fixture(scope="module")
def matcher():
    return shipped_matcher()


# Grams follow from USDA's measures: 1 cup of flour 125 g, 1 tbsp of butter 14.2 g, a large egg 50 g and so on.
WEIGHED = [
    ("350 g flour", "350.00", "mass"),
    ("1 lb ground beef", "453.59", "mass"),
    ("2 cups flour", "250.00", "volume"),
    ("1 tbsp butter", "14.20", "volume"),
    ("1 cup milk", "244.00", "volume"),
    ("1/2 tsp salt", "3.00", "volume"),
    ("100 ml water", "100.09", "volume"),
    ("1 cup cheddar, shredded", "113.00", "volume"),
    ("1 cup cheddar, diced", "132.00", "volume"),
    ("1/4 cup sunflower seeds", "35.00", "volume"),
    ("1 cup (200 g) rice", "200.00", "stated"),
    ("3 aubergines (900g)", "900.00", "stated"),
    ("2 eggs", "100.00", "count"),
    ("1 medium egg", "44.00", "count"),
    ("1 large onion", "150.00", "count"),
    ("2-3 onions", "275.00", "count"),
    ("1/2 onion", "55.00", "count"),
    ("3 cloves garlic", "9.00", "count"),
    ("2 celery stalks", "80.00", "count"),
    ("1 stick butter", "113.00", "count"),
    ("10 cherry tomatoes", "170.00", "count"),
    ("2 Roma tomatoes", "124.00", "count"),
    ("Juice of 1 lemon", "48.00", "count"),
    ("1 green cabbage", "908.00", "count"),
    ("1 package active dry yeast", "7.20", "count"),
    ("2 (14 oz) cans coconut milk", "793.79", "pack"),
    ("2 x 400g tins chickpeas", "800.00", "pack"),
    ("1 bottle 700ml red wine", "695.89", "pack"),
]


@pytest.mark.parametrize(("text", "grams", "reason"), WEIGHED, ids=[row[0] for row in WEIGHED])
def test_line_weighs_what_usda_measured(matcher, text, grams, reason):
    assert resolve(text, matcher).weight == Weight(D(grams), WeightReason(reason))


UNKNOWN = [
    ("salt to taste", "no_amount"),
    ("1 pinch salt", "vague_unit"),
    ("1 handful parsley", "vague_unit"),
    ("1 cup xyzzy", "no_food"),
    ("2 salmon fillets", "no_measure"),
    ("1 whole chicken", "no_measure"),
    ("1 can tomatoes", "no_measure"),
    ("1 jar honey", "no_measure"),
    ("2 sausages", "no_measure"),
    ("2 xyzzy", "no_food"),
    ("4cm ginger", "no_measure"),
    ("For the sauce:", "not_food"),
    ("鸡蛋 2 个", "no_food"),
]


@pytest.mark.parametrize(("text", "reason"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_unknown_weight_is_none_and_says_why(matcher, text, reason):
    assert resolve(text, matcher).weight == Weight(None, WeightReason(reason))


def test_mass_needs_no_food():
    assert weigh(parse_line("2 kg xyzzy"), None) == Weight(D("2000.00"), WeightReason.MASS)


def test_volume_without_a_cup_measure_is_unknown():
    food = FoodRecord(1, "Xyzzy", "Spices and Herbs", MappingProxyType({}), (Portion(D(1), "leaf", D(2)),))
    assert weigh(parse_line("1 cup xyzzy"), food) == Weight(None, WeightReason.NO_MEASURE)


def test_same_spoon_is_preferred_to_another():
    spoons = (Portion(D(1), "tbsp", D(10)), Portion(D(1), "tsp", D(3)))
    food = FoodRecord(1, "Xyzzy", "Spices and Herbs", MappingProxyType({}), spoons)
    assert weigh(parse_line("2 tsp xyzzy"), food).grams == D("6.00")


def test_fluid_ounces_measure_a_volume():
    food = FoodRecord(1, "Xyzzy", "Beverages", MappingProxyType({}), (Portion(D(1), "fl oz", D(30)),))
    assert weigh(parse_line("1 cup xyzzy"), food).grams == D("240.00")


def test_food_chosen_by_hand_is_weighed(matcher):
    line = parse_line("2 cups mystery")
    assert weighed(line, matcher.food(matcher.match("flour"))).weight == Weight(D("250.00"), WeightReason.VOLUME)
