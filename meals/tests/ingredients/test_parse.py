"""Lines checked by hand, and the promise that no text whatever breaks the reader."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meals.ingredients.amounts import Amount
from meals.ingredients.parse import LineKind, ParsedLine, parse_line

D = Decimal

# text, quantity, upper end, unit, food
CHECKED = [
    ("2 cups flour", "2", None, "cup", "flour"),
    ("1 ½ cups sugar", "1.5", None, "cup", "sugar"),
    ("1½ tsp salt", "1.5", None, "tsp", "salt"),
    ("1/3 cup milk", "0.333333", None, "cup", "milk"),
    ("2 and 1/4 tsp yeast", "2.25", None, "tsp", "yeast"),
    ("1-1/2 cups rice", "1.5", None, "cup", "rice"),
    ("1 - 2/3 cups cream", "1.666667", None, "cup", "cream"),
    ("1 - 2L milk", "1", "2", "l", "milk"),
    ("1/2 to 3/4 cup water", "0.5", "0.75", "cup", "water"),
    ("½–1 teaspoon chili flakes", "0.5", "1", "tsp", "chili flakes"),
    ("from 30g to 70g of sugar", "30", "70", "g", "sugar"),
    ("two or three onions", "2", "3", None, "onions"),
    ("1 (or 2) cloves of garlic", "1", "2", "clove", "garlic"),
    ("~150g (1/3 lb) bacon", "150", None, "g", "bacon"),
    ("Around 14 ounces or 400 grams of chicken breast", "14", None, "oz", "chicken breast"),
    ("0,5 l water", "0.5", None, "l", "water"),
    ("1,500 g potatoes", "1500", None, "g", "potatoes"),
    ("3T oil", "3", None, "tbsp", "oil"),
    ("¾t pepper", "0.75", None, "tsp", "pepper"),
    ("2 heaped tablespoons honey", "2", None, "tbsp", "honey"),
    ("1 table spoon of cocoa", "1", None, "tbsp", "cocoa"),
    ("8 fluid ounces stout", "8", None, "fl_oz", "stout"),
    ("Half a pound of butter.", "0.5", None, "lb", "butter"),
    ("A quarter of a pound of sugar.", "0.25", None, "lb", "sugar"),
    ("3/4 of a cup of warm water", "0.75", None, "cup", "warm water"),
    ("1/4 of an onion", "0.25", None, None, "onion"),
    ("Six eggs.", "6", None, None, "eggs"),
    ("a dozen eggs", "12", None, None, "eggs"),
    ("half a lemon", "0.5", None, None, "lemon"),
    ("an onion", "1", None, None, "onion"),
    ("2 (14 oz) cans tomatoes", "2", None, "can", "tomatoes"),
    ("1 x 400g tin chickpeas", "1", None, "can", "chickpeas"),
    ("1 15 oz can corn", "1", None, "can", "corn"),
    ("28 oz can tomatoes", "28", None, "oz", "tomatoes"),
    ("a jar of apple sauce", "1", None, "jar", "apple sauce"),
    ("Can of black beans", "1", None, "can", "black beans"),
    ("2 33cl bottles of brown ale", "2", None, "bottle", "brown ale"),
    ("1/4 cup + 1/2 tsp lime juice", "0.260417", None, "cup", "lime juice"),
    ("½ cup + 2 tablespoons milk", "0.625", None, "cup", "milk"),
    ("3 garlic cloves", "3", None, "clove", "garlic"),
    ("2 celery stalks, diced", "2", None, "stalk", "celery"),
    ("8 cloves", "8", None, None, "Cloves"),
    ("2 bay leaves", "2", None, None, "bay leaves"),
    ("4cm ginger", "4", None, "cm", "ginger"),
    ("Pinch of salt", "1", None, "pinch", "salt"),
    ("few cloves of garlic", None, None, "clove", "garlic"),
    ("A few saffron threads", None, None, None, "saffron threads"),
    ("salt to taste", None, None, None, "salt"),
    ("Salt, to taste", None, None, None, "Salt"),
    ("Some coarse salt", None, None, None, "coarse salt"),
    ("Juice of 1 lemon", "1", None, None, "lemon juice"),
    ("the juice of 2 limes", "2", None, None, "lime juice"),
    ("Zest of 2 oranges", "2", None, None, "orange zest"),
    ("brown sugar: 1 tbsp", "1", None, "tbsp", "brown sugar"),
    ("Paprika, 2 tsp", "2", None, "tsp", "Paprika"),
    ("Sugar (100 g)", "100", None, "g", "Sugar"),
    ("Egg (3)", "3", None, None, "Egg"),
    ("Water 3 dl", "3", None, "dl", "Water"),
    ("Oil (any kind) (60 g - 75 ml)", "60", None, "g", "Oil"),
    ("chicken stock ~1 pint", "1", None, "pint", "chicken stock"),
    ("- 2 cups oats", "2", None, "cup", "oats"),
    ("* **1 cup** [rice](rice.md)", "1", None, "cup", "rice"),
    ("1 lb boneless, skinless chicken thighs", "1", None, "lb", "boneless, skinless chicken thighs"),
    ("2 tomatoes per person", "2", None, None, "tomatoes"),
    ("100 grams / 3 1/2 ounces pork", "100", None, "g", "pork"),
    ("4 ¼ inch thick pork steaks", "4", None, None, "pork steaks"),
]


@pytest.mark.parametrize(("text", "quantity", "upper", "unit", "food"), CHECKED, ids=[row[0] for row in CHECKED])
def test_line_checked_by_hand(text, quantity, upper, unit, food):
    line = parse_line(text)
    assert (line.quantity, line.quantity_max, line.unit, line.food.lower()) == (
        None if quantity is None else D(quantity),
        None if upper is None else D(upper),
        unit,
        food.lower(),
    )
    assert line.text == text


def test_text_is_kept_as_it_came():
    assert parse_line("  •  1½ cups Flour ").text == "  •  1½ cups Flour "


def test_second_amount_is_an_equivalent():
    line = parse_line("1 cup (110g) olive oil")
    assert line.equivalents == (Amount(D("110"), "g"),)


def test_size_of_a_can_is_its_pack():
    assert parse_line("2 (14 oz) cans tomatoes").pack == Amount(D("14"), "oz")


def test_size_word_is_set_apart():
    line = parse_line("2 large onions, finely chopped")
    assert (line.food, line.size, line.note) == ("onions", "large", "finely chopped")


def test_alternatives_are_listed():
    assert parse_line("2 tbsp butter or margarine").alternatives == ("margarine",)


def test_alternative_loses_its_own_amount():
    assert parse_line("30g butter or 3 tablespoons of oil").alternatives == ("oil",)


def test_alternatives_share_their_last_word():
    line = parse_line("2 cups chicken or beef broth")
    assert (line.food, line.alternatives) == ("chicken broth", ("beef broth",))


@pytest.mark.parametrize("text", ["1 lime (optional)", "(optional) 1 lime", "[optional] 1 lime", "1 lime, optional"])
def test_optional_is_flagged(text):
    line = parse_line(text)
    assert (line.optional, line.food, line.quantity) == (True, "lime", D(1))


def test_optional_with_a_reason_keeps_the_food():
    assert parse_line("25g of salt (optional with aging)").food == "salt"


def test_per_person_is_flagged():
    assert parse_line("2 tomatoes per person").per_serving


@pytest.mark.parametrize("text", ["For the sauce:", "## Dough", "For the filling", "Spices:", "酱料："])
def test_heading_is_no_ingredient(text):
    line = parse_line(text)
    assert (line.kind, line.is_ingredient) == (LineKind.HEADING, False)


@pytest.mark.parametrize(
    "text",
    [
        "Preheat the oven to 350 F",
        "Add the onions and stir",
        "Heat oil in a skillet.",
        "Don't worry, you will like it.",
    ],
)
def test_step_in_the_list_is_no_ingredient(text):
    assert parse_line(text).kind is LineKind.INSTRUCTION


@pytest.mark.parametrize("text", ["1 cheesecloth", "thermometer", "3 large bowls", "Aluminum foil"])
def test_tool_is_no_ingredient(text):
    assert parse_line(text).kind is LineKind.TOOL


@pytest.mark.parametrize("text", ["2 sticks cinnamon", "1 bowl corn", "1 jar pickles"])
def test_food_in_a_vessel_is_an_ingredient(text):
    assert parse_line(text).is_ingredient


CHINESE = [
    ("鸡翅中 6 个", "6", None, None, "鸡翅中"),
    ("盐 5g", "5", None, "g", "盐"),
    ("水 500 毫升", "500", None, "ml", "水"),
    ("食用油 = 50ml", "50", None, "ml", "食用油"),
    ("10ml 蚝油", "10", None, "ml", "蚝油"),
    ("鸡蛋：3 - 4 个", "3", "4", None, "鸡蛋"),
    ("青椒 = 两个", "2", None, None, "青椒"),
    ("葱 半 根", "0.5", None, None, "葱"),
    ("海苔碎(10g)", "10", None, "g", "海苔碎"),
    ("猪肉 2 斤", "1000", None, "g", "猪肉"),
    ("洋葱 1 个（约 100g），切碎", "1", None, None, "洋葱"),
    ("土豆 = 份数 * 1 个", None, None, None, "土豆"),
    ("食用油", None, None, None, "食用油"),
    ("醋 适量", None, None, None, "醋"),
]


@pytest.mark.parametrize(("text", "quantity", "upper", "unit", "food"), CHINESE, ids=[row[0] for row in CHINESE])
def test_chinese_line(text, quantity, upper, unit, food):
    line = parse_line(text)
    assert (line.quantity, line.quantity_max, line.unit, line.food, line.language) == (
        None if quantity is None else D(quantity),
        None if upper is None else D(upper),
        unit,
        food,
        "zh",
    )


@pytest.mark.parametrize("text", ["", " ", "-", "½", "1/0 cup", "()", "((((", "99999999999 g salt", "of of of", "1"])
def test_odd_text_is_read_without_error(text):
    assert isinstance(parse_line(text), ParsedLine)


def test_huge_number_is_no_amount():
    assert parse_line("99999999 g salt").quantity is None


def test_division_by_zero_is_no_amount():
    assert parse_line("1/0 cup sugar").quantity is None


ENDLESS = [
    "9",
    "1 ",
    "a ",
    "a,",
    "( ",
    "large ",
    "of ",
    "1/2 ",
    "[a](",
    "<a ",
    "盐 ",
    "1 cup or ",
    "finely ",
    "- ",
    "~",
    "2 x ",
]


@pytest.mark.parametrize("part", ENDLESS)
def test_endless_repetition_is_read_at_once(part):
    """No pattern may take exponential or steep time: anybody can paste anything."""
    start = time.perf_counter()
    parse_line(part * (20_000 // len(part)))
    assert time.perf_counter() - start < 2  # 0.05 s on an idle machine


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text):
    line = parse_line(text)
    assert line.text == text
    assert line.quantity is None or line.quantity >= 0


_WORDS = "1 2 1/2 ½ - to or ( ) cup g oz can of a half x + / , : ~ salt onion 盐 个 optional large and juice pinch ."
_PIECES = st.lists(st.sampled_from(_WORDS.split()), max_size=12)


@given(_PIECES)
def test_any_mix_of_words_of_the_grammar_is_read_without_error(pieces):
    line = parse_line(" ".join(pieces))
    assert line.quantity_max is None or (line.quantity is not None and line.quantity_max > line.quantity)
