import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meals.covers import draw_cover
from meals.covers.arranging import Pieces
from meals.covers.cover import MAX_BYTES
from meals.covers.dishes import DISHES, dish_of, poured_color
from meals.covers.svg import num
from meals.covers.vocabulary import FOODS, found_foods

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    *("svg", "title", "defs", "radialGradient", "stop", "pattern", "g", "use", "path", "circle", "ellipse", "rect"),
}


def parsed(cover):
    """The root of a cover that holds nothing but shapes, refers to nothing outside itself and is small."""
    assert len(cover.encode()) < MAX_BYTES
    root = ET.fromstring(cover)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name.endswith("href"):
                assert value.removeprefix("#") in ids
            for reference in re.findall(r"url\((.*?)\)", value):
                assert reference.removeprefix("#") in ids
    return root


def names(title, *foods):
    return [food.name for food in found_foods(title, foods)]


def test_draw_cover_is_the_same_every_time():
    arguments = ("Greek salad", ["cucumber", "tomatoes", "feta"], "k3v9")
    assert draw_cover(*arguments) == draw_cover(*arguments)


def test_draw_cover_has_a_name_and_a_fixed_shape():
    root = parsed(draw_cover("Tomato soup", ["tomatoes", "basil"], "seed"))
    assert root.attrib == {"viewBox": "0 0 1200 900", "role": "img"}
    assert root.find(f"{SVG}title").text == "Tomato soup"


def test_draw_cover_differs_by_seed_title_and_foods():
    covers = {
        draw_cover(title, foods, seed)
        for title in ("Rice bowl", "Lentil stew")
        for foods in (["carrot"], ["tofu"])
        for seed in ("a", "b")
    }
    assert len(covers) == 8


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        '"><svg onload=x>',
        "Tom & Jerry's </title>",
        "a\x00b\x1b[0m\ud800c\ufffe",
        "",
        "x" * 5000,
    ],
)
def test_draw_cover_hostile_title(title):
    root = parsed(draw_cover(title, [title], title))
    shown = root.find(f"{SVG}title").text or ""
    assert shown == "".join(char for char in title[:200] if char.isprintable())


@settings(max_examples=60, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=8), st.text())
def test_draw_cover_any_text(title, foods, seed):
    parsed(draw_cover(title, foods, seed))


@pytest.mark.parametrize("food", FOODS, ids=lambda food: food.name)
def test_every_food_is_drawn(food):
    word = food.words.split()[0].replace("-", " ")
    assert food.name in names(word)
    parsed(draw_cover("Dinner", [word], "s"))


@pytest.mark.parametrize("dish", DISHES, ids=lambda dish: dish.kind)
@pytest.mark.parametrize(
    "foods", [[], ["chicken", "carrots", "peas", "broccoli", "lemon", "parsley"], ["egg"], ["lemon"]]
)
@pytest.mark.parametrize("seed", "abcd")
def test_every_dish_is_drawn(dish, foods, seed):
    parsed(draw_cover(dish.words.split()[0], foods, seed))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Grandma's Tomato Soup", "soup"),
        ("Spaghetti Carbonara", "pasta"),
        ("Breton crêpes", "pancakes"),
        ("Soupy", "plate"),
        ("番茄鸡蛋汤", "soup"),
        ("蛋炒饭", "rice"),
        ("葱油拌面", "noodles"),
        ("全麦面包", "bake"),
        ("猪肉饺子", "dumplings"),
        ("Peanut butter cookies", "bake"),
        ("Mystery", "plate"),
    ],
)
def test_dish_of(title, kind):
    assert dish_of(title).kind == kind


@pytest.mark.parametrize(
    ("title", "foods", "found"),
    [
        ("Chicken with broccoli", ["2 lemons"], ["chicken", "broccoli", "lemon"]),
        ("Dinner", ["1 tsp fish sauce", "200 ml chicken stock", "vanilla beans"], []),
        ("Dinner", ["ground cumin", "ground beef"], ["mince"]),
        ("Dinner", ["sweet potato"], ["pumpkin"]),
        ("Jalapeño", [], ["chili"]),
        ("番茄炒鸡蛋", [], ["tomato", "egg"]),
        ("晚饭", ["土豆 2 个", "牛奶", "鸡精", "胡椒粉", "胡萝卜"], ["potato", "carrot"]),
        ("麻婆豆腐", ["豆瓣酱", "肉末"], ["tofu", "mince"]),
        ("Graham crackers", ["shamrock"], []),
    ],
)
def test_found_foods(title, foods, found):
    assert names(title, *foods) == found


def test_poured_color_follows_title_then_ingredients():
    soup = dish_of("Soup")
    tomato, green = poured_color("Tomato soup", ["peas"], soup), poured_color("Soup", ["peas"], soup)
    assert tomato != green
    assert poured_color("Soup", [], soup) == soup.fill
    curry = dish_of("Curry")
    assert poured_color("Curry", ["spinach"], curry) == curry.fill


def test_piece_that_is_lit_does_not_turn():
    import random  # noqa: PLC0415 - used by one test

    pieces = Pieces(random.Random("x"))
    by_name = {food.name: food for food in FOODS}
    assert "rotate" not in pieces.piece(by_name["blueberry"], 0, (0, 0), 45, 1)
    assert "rotate(45)" in pieces.piece(by_name["carrot"], 0, (0, 0), 45, 1)


@pytest.mark.parametrize(
    ("value", "text"), [(0.04, "0"), (-0.04, "0"), (1.25, "1.2"), (-19.96, "-20"), (300.6, "301"), (5.0, "5")]
)
def test_num(value, text):
    assert num(value) == text


@pytest.mark.data
def test_draw_cover_of_real_recipes():
    source = Path(os.environ.get("FITFOODIE_DATA", "/nonexistent")) / "recipes" / "recipes.jsonl"
    if not source.exists():
        pytest.skip("FITFOODIE_DATA names no folder with recipes; the other tests draw dishes of their own")
    recipes = [json.loads(line) for line in source.read_text().splitlines()]
    known = 0
    for recipe in recipes:
        foods = [str(line) for line in recipe.get("ingredients") or []]
        parsed(draw_cover(recipe["title"], foods, recipe["title"]))
        known += bool(found_foods(recipe["title"], foods))
    assert known / len(recipes) > 0.9
