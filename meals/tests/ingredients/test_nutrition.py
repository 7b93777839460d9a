from decimal import Decimal

import pytest

from meals.ingredients.match import shipped_matcher
from meals.ingredients.nutrition import FIELDS, nutrition_of
from meals.ingredients.resolve import resolve_all

D = Decimal


@pytest.fixture(scope="module")
def matcher():
    return shipped_matcher()


def figures(texts, servings, matcher):
    return nutrition_of(resolve_all(texts, matcher), servings)


def test_sum_over_servings_is_exact(matcher):
    """100 g butter 717 kcal, 100 g sugar 387 kcal, on 4 plates."""
    found = figures(["100 g butter", "100 g sugar"], 4, matcher)
    assert (found.calories, found.fat_g, found.known, found.unknown, found.complete) == (
        D("276.00"),
        D("20.28"),
        2,
        0,
        True,
    )
    assert found.grams == D("50.00")


def test_unknown_line_makes_it_at_least(matcher):
    found = figures(["100 g butter", "1 cup xyzzy", "salt to taste"], 1, matcher)
    assert (found.calories, found.known, found.unknown, found.total, found.complete) == (D("717.00"), 1, 2, 3, False)
    assert found.unknown_lines == ("1 cup xyzzy", "salt to taste")


def test_pinch_is_unknown_not_zero(matcher):
    found = figures(["100 g butter", "1 pinch salt"], 1, matcher)
    assert (found.unknown, found.complete) == (1, False)


def test_nothing_known_is_no_zero(matcher):
    found = figures(["鸡蛋 2 个", "盐 5g"], 2, matcher)
    assert [getattr(found, field) for field in FIELDS] == [None] * len(FIELDS)
    assert (found.known, found.unknown, found.grams, found.complete) == (0, 2, None, False)


def test_no_lines_is_not_complete(matcher):
    assert figures([], 1, matcher).complete is False


def test_water_is_known_without_an_amount(matcher):
    found = figures(["water", "100 g sugar"], 1, matcher)
    assert (found.calories, found.complete) == (D("387.00"), True)


def test_heading_and_tool_are_no_ingredients(matcher):
    found = figures(["For the dough:", "1 cheesecloth", "Preheat the oven to 350 F", "100 g sugar"], 1, matcher)
    assert (found.total, found.complete) == (1, True)


def test_amount_per_person_is_not_divided(matcher):
    found = figures(["100 g butter per person", "400 g butter"], 4, matcher)
    assert found.calories == D("1434.00")


def test_missing_figure_of_usda_is_named(matcher):
    shallots = figures(["100 g miso", "100 g shallots"], 1, matcher)
    assert shallots.partial == frozenset(
        field for field, column in FIELDS.items() for name in ("miso", "shallots")
        if matcher.food(matcher.match(name)).nutrients[column] is None
    )  # fmt: skip


def test_food_without_a_figure_makes_it_partial(matcher):
    oil = next(food for food in matcher.foods.values() if food.nutrients["fiber_g"] is None and food.nutrients["kcal"])
    line = resolve_all(["100 g sugar"], matcher)[0]
    found = nutrition_of([type(line)(line.parsed, oil, line.weight)], 1)
    assert "fiber_g" in found.partial


@pytest.mark.parametrize("servings", [0, -1, D("0")])
def test_servings_of_zero_are_refused(matcher, servings):
    with pytest.raises(ValueError, match="servings must be more than zero"):
        figures(["100 g sugar"], servings, matcher)


def test_half_servings_are_allowed(matcher):
    assert figures(["100 g sugar"], D("0.5"), matcher).calories == D("774.00")
