import json
import os
import time
from pathlib import Path

import pytest

from meals.ingredients.match import shipped_matcher
from meals.ingredients.parse import parse_line
from meals.ingredients.report import Figures, figures_of, is_parsed, shows_quantity, shows_unit

DATA = os.environ.get("FITFOODIE_DATA")
needs_data = pytest.mark.skipif(not DATA, reason="FITFOODIE_DATA names no folder with real recipes")


def test_figures_count_lines_by_language():
    texts = ["2 cups flour", "salt to taste", "1 cup xyzzy", "For the sauce:", "盐 5g", "鸡蛋"]
    assert figures_of(texts, shipped_matcher()) == {
        "en": Figures(lines=4, ingredients=3, with_quantity=2, parsed=3, matched=2, weighed=1, unknown=2),
        "zh": Figures(lines=2, ingredients=2, with_quantity=1, parsed=2, matched=0, weighed=0, unknown=2),
    }


def test_percentages_are_of_ingredient_lines():
    figures = Figures(lines=200, ingredients=150, parsed=135, matched=120)
    assert (figures.parsed_percent, figures.matched_percent, figures.matched_percent_of_lines) == (90.0, 80.0, 60.0)


def test_no_lines_are_zero_percent():
    assert (Figures().parsed_percent, Figures().matched_percent) == (0.0, 0.0)


@pytest.mark.parametrize("text", ["2 eggs", "Eggs 2", "half a lemon", "Sugar, 2 tsp", "½ onion"])
def test_quantity_is_shown(text):
    assert shows_quantity(text)


@pytest.mark.parametrize("text", ["salt", "eggs (2 per person)", "flour. Use 2 kinds", "butter, about 2 sticks"])
def test_quantity_in_a_remark_is_not_asked_for(text):
    assert not shows_quantity(text)


@pytest.mark.parametrize(
    ("text", "shown"), [("2 cups rice", True), ("2 eggs", False), ("500g rice", True), ("salt", False)]
)
def test_unit_is_shown(text, shown):
    assert shows_unit(text) is shown


def test_line_with_an_unread_quantity_is_not_parsed():
    assert not is_parsed(parse_line("Something with 2 in its midst of words"))


def test_heading_is_not_parsed():
    assert not is_parsed(parse_line("For the sauce:"))


@needs_data
@pytest.mark.data
def test_real_recipes_reach_the_figures_we_promise():
    """90 % of the English lines parsed and 75 % matched at least, however one counts; Chinese lines never matched."""
    lines = (Path(DATA) / "recipes/recipes.jsonl").read_text(encoding="utf-8").splitlines()
    recipes = [json.loads(line) for line in lines]
    texts = {lang: [text for r in recipes if r["lang"] == lang for text in r["ingredients"]] for lang in ("en", "zh")}
    start = time.perf_counter()
    english, chinese = (figures_of(texts[lang], shipped_matcher())[lang] for lang in ("en", "zh"))
    assert time.perf_counter() - start < 30  # under 1 s on an idle machine
    assert english.parsed_percent >= 95
    assert english.matched_percent >= 85
    assert english.matched_percent_of_lines >= 80
    assert (chinese.matched, chinese.unknown) == (0, chinese.ingredients)
    assert chinese.with_quantity >= chinese.ingredients * 0.8


@needs_data
@pytest.mark.data
def test_strings_that_break_programs_are_read():
    strings = json.loads((Path(DATA) / "naughty-strings/blns.json").read_text(encoding="utf-8"))
    figures = figures_of(strings, shipped_matcher())
    assert sum(found.lines for found in figures.values()) == len(strings)
