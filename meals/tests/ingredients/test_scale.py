from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meals.ingredients.amounts import exactly, to_decimal
from meals.ingredients.scale import UnitSystem, in_system, scaled, show
from meals.ingredients.units import convert, factor

D = Decimal
AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=6)
FACTORS = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)


@given(AMOUNTS, FACTORS)
def test_scaling_there_and_back_gives_the_original(quantity, by):
    """REC-1, for any factor."""
    assert to_decimal(scaled(scaled(quantity, by), 1 / by)) == quantity


def test_doubling_and_halving_a_third_gives_the_third():
    assert to_decimal(scaled(scaled(D("0.333333"), 2), D("0.5"))) == D("0.333333")


def test_three_thirds_are_one():
    assert scaled(D("0.333333"), 3) == 1


@given(AMOUNTS)
def test_stored_amount_survives_its_fraction(quantity):
    assert to_decimal(exactly(quantity)) == quantity


@given(AMOUNTS, st.sampled_from([None, "g", "cup"]))
def test_any_amount_can_be_shown(quantity, unit):
    assert show(quantity, unit)


SHOWN = [
    (D("1.5"), None, "1 ½"), (D("0.333333"), "cup", "⅓"), (D("1.666667"), "cup", "1 ⅔"), (D("2"), "tbsp", "2"),
    (D("0.125"), "tsp", "⅛"), (D("0.05"), "cup", "0.05"), (D("0.99"), "cup", "1"), (D("2.98"), "cup", "3"),
    (D("250.4"), "g", "250"), (D("2.5"), "g", "2.5"), (D("1.256"), "kg", "1.3"), (D("0"), "g", "0"),
    (D("-1.5"), None, "-1 ½"),
    (D("0.44"), "cup", "0.44"), (Fraction(7, 8), None, "⅞"), (3, None, "3"), (D("1234.5"), "ml", "1234"),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "unit", "text"), SHOWN)
def test_amount_is_shown_for_people(quantity, unit, text):
    assert show(quantity, unit) == text


SYSTEMS = [
    (D("1"), "cup", UnitSystem.METRIC, "ml", "237"), (D("5"), "cup", UnitSystem.METRIC, "l", "1.2"),
    (D("1"), "lb", UnitSystem.METRIC, "g", "454"), (D("3"), "lb", UnitSystem.METRIC, "kg", "1.4"),
    (D("500"), "g", UnitSystem.US, "lb", "1.1"), (D("100"), "g", UnitSystem.US, "oz", "3 ½"),
    (D("240"), "ml", UnitSystem.US, "cup", "1"), (D("5"), "ml", UnitSystem.US, "tsp", "1"),
    (D("30"), "ml", UnitSystem.US, "tbsp", "2"), (D("2"), "tbsp", UnitSystem.METRIC, "tbsp", "2"),
    (D("2"), "clove", UnitSystem.METRIC, "clove", "2"), (D("2"), None, UnitSystem.US, None, "2"),
    (D("2"), "inch", UnitSystem.METRIC, "cm", "5.1"), (D("100"), "g", UnitSystem.METRIC, "g", "100"),
    (D("1"), "pinch", UnitSystem.METRIC, "pinch", "1"), (D("1"), "can", UnitSystem.US, "can", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "unit", "system", "expected_unit", "text"), SYSTEMS)
def test_amount_in_the_other_system(quantity, unit, system, expected_unit, text):
    amount, found = in_system(quantity, unit, system)
    assert (found, show(amount, found)) == (expected_unit, text)


@pytest.mark.parametrize(
    ("source", "target", "ratio"),
    [
        ("cup", "tbsp", 16),
        ("cup", "tsp", 48),
        ("lb", "oz", 16),
        ("kg", "mg", 10**6),
        ("gallon", "cup", 16),
        ("g", "g", 1),
    ],
)
def test_units_convert_exactly(source, target, ratio):
    assert factor(source, target) == ratio


@pytest.mark.parametrize(("source", "target"), [("cup", "g"), ("clove", "g"), ("pinch", "g"), ("can", "ml"), ("", "g")])
def test_units_without_a_common_measure_do_not_convert(source, target):
    assert convert(D(1), source, target) is None


@given(AMOUNTS, st.sampled_from([("cup", "ml"), ("oz", "g"), ("inch", "cm"), ("gallon", "tsp")]))
def test_conversion_there_and_back_gives_the_original(quantity, units):
    source, target = units
    there = convert(quantity, source, target)
    assert convert(there, target, source) == Fraction(quantity)
