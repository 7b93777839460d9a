from decimal import Decimal

import pytest

from orders.enums import Funder, PromoScope
from orders.pricing.shapes import LineCut
from orders.tests.pricing.builders import buy_get, code, free_delivery, line, quote, reasons

D = Decimal


def amounts(found):
    return found.subtotal, found.discount, found.delivery, found.total


def test_without_codes_the_total_is_the_meals_and_delivery():
    found = quote(line("8.50", 2), line("4.25"), fee="3.90")
    assert amounts(found) == (D("21.25"), D(0), D("3.90"), D("25.15"))


def test_an_empty_basket_costs_nothing():
    assert amounts(quote()) == (0, 0, 0, 0)


def test_tax_is_contained_in_each_line_after_its_discount_and_in_paid_delivery():
    found = quote(line("10.70", 2), line("5.35"), codes=[code(percent="50")], fee="1.07")
    assert [part.tax for part in found.lines] == [D("0.70"), D("0.17")]
    assert found.tax == D("0.94")


def test_waived_delivery_contains_no_tax():
    found = quote(line("10.70"), codes=[free_delivery()], fee="1.07")
    assert (found.tax, found.delivery_discount, found.total) == (D("0.70"), D("1.07"), D("10.70"))


def test_percent_is_rounded_once_and_shared_out_exactly():
    found = quote(line("3.33"), line("3.33"), line("3.33"), codes=[code(percent="10")])
    assert found.discount == D("1.00")
    assert [part.discount for part in found.lines] == [D("0.34"), D("0.33"), D("0.33")]


def test_a_platform_code_spreads_pro_rata():
    found = quote(line("30.00", creator=1), line("10.00", creator=2), codes=[code(amount="4.00")])
    assert [part.discount for part in found.lines] == [D("3.00"), D("1.00")]


def test_a_creators_code_takes_from_their_lines_alone_and_names_its_funder():
    mine = code("MINE", percent="50", creator_id=2, creator_name="Bo", funder=Funder.CREATOR, key=7)
    found = quote(line("30.00", creator=1), line("10.00", creator=2), codes=[mine])
    assert [part.cuts for part in found.lines] == [(), (LineCut(7, D("5.00"), Funder.CREATOR),)]


def test_a_fixed_amount_is_capped_by_what_is_left():
    found = quote(line("4.00"), codes=[code(amount="10.00")], fee="2.00")
    assert (found.discount, found.total, found.codes[0].saved) == (D("4.00"), D("2.00"), D("4.00"))


def test_a_hundred_per_cent_is_free_and_leaves_no_tax():
    found = quote(line("9.99", 3), line("0.01"), codes=[code(percent="100"), free_delivery()], fee="3.00")
    assert (found.total, found.tax, found.discount) == (0, 0, D("32.98"))


def test_items_come_before_the_order_and_delivery_last():
    item = code("ITEM", percent="50", scope=PromoScope.MEALS, meal_ids=frozenset({5}))
    order = code("ORDER", percent="10")
    found = quote(line("20.00", meal=5), line("10.00"), codes=[free_delivery("SHIP"), order, item], fee="3.00")
    assert [step for step, _amount in found.steps[2:]] == ["Delivery", "Code ITEM", "Code ORDER", "Code SHIP"]
    assert [outcome.saved for outcome in found.codes] == [D("3.00"), D("2.00"), D("10.00")]
    assert sum(amount for _step, amount in found.steps) == found.total == D("18.00")


def test_tags_choose_lines():
    found = quote(line(tags=(1, 2)), line(tags=(3,)), codes=[code(amount="3", scope=PromoScope.TAGS, tag_ids={2})])
    assert [part.discount for part in found.lines] == [D("3.00"), 0]


def test_buy_two_get_one_gives_the_cheapest():
    found = quote(line("9.00", 2), line("5.00", 4), codes=[buy_get(2, 1)])
    assert (found.discount, [part.discount for part in found.lines]) == (D("10.00"), [0, D("10.00")])


def test_portions_over_the_last_group_are_free_as_far_as_they_go_beyond_what_is_bought():
    assert quote(line("5.00", 3), codes=[buy_get(2, 2)]).discount == D("5.00")


def test_portions_that_are_missing_are_said():
    found = quote(line("5.00"), codes=[buy_get(2, 1)])
    assert [(outcome.reason, outcome.text, outcome.missing) for outcome in found.codes] == [
        ("minimum_not_met", "Add 2 more portions.", None)
    ]


def test_the_last_use_gives_what_is_left_of_the_budget():
    found = quote(line("50.00"), codes=[code(percent="10", budget_left="1.25")])
    assert (found.discount, found.codes[0].saved) == (D("1.25"), D("1.25"))


def test_of_a_budget_delivery_is_waived_in_part():
    found = quote(line(), codes=[free_delivery(budget_left="1.00")], fee="3.00")
    assert (found.delivery_discount, found.total) == (D("1.00"), D("12.00"))


def test_a_code_that_cannot_be_combined_stands_alone_when_it_saves_most():
    big = code("BIG", percent="50", is_stackable=False)
    found = quote(line("20.00"), codes=[code("SMALL", amount="2"), big])
    assert [(c.is_applied, c.reason) for c in found.codes] == [(False, "not_combinable"), (True, "applied")]
    assert found.codes[0].text == "BIG cannot be combined with other codes, and on its own saves you most: €10.00."
    assert found.total == D("10.00")


def test_together_the_others_may_save_more_and_it_says_so():
    big = code("BIG", percent="50", is_stackable=False)
    found = quote(line("20.00"), codes=[code(amount="6"), big, code(amount="5")])
    assert reasons(found) == ["applied", "not_combinable", "applied"]
    assert found.codes[1].text == "Cannot be combined: on its own it saves €10.00, your other codes save €11.00."


def test_of_two_that_cannot_be_combined_the_better_one_is_taken():
    found = quote(line("20.00"), codes=[code(amount="6", is_stackable=False), code(amount="7", is_stackable=False)])
    assert (reasons(found), found.discount) == (["not_combinable", "applied"], D("7.00"))


def test_a_code_that_finds_nothing_left_is_not_applied():
    found = quote(line("20.00"), codes=[code(percent="100"), code(amount="5.00")])
    assert reasons(found) == ["applied", "nothing_left_to_discount"]


def test_a_second_free_delivery_finds_nothing_left():
    found = quote(line("20.00"), codes=[free_delivery(key=901), free_delivery(key=902)], fee="3.00")
    assert (reasons(found), found.total) == (["applied", "nothing_left_to_discount"], D("20.00"))


def test_currencies_without_cents_are_shared_out_whole():
    found = quote(line("333"), line("334"), codes=[code(percent="10", currency="JPY")], currency="JPY")
    assert (found.discount, [part.discount for part in found.lines]) == (D(67), [D(33), D(34)])


def test_cents_of_rounding_never_make_a_further_code_dearer():
    both = [line("0.12", meal=1), line("0.03", meal=2)]
    second = {"scope": PromoScope.MEALS, "meal_ids": frozenset({2})}
    codes = [code(percent="34", **second), code(percent="10", scope=PromoScope.TAGS, tag_ids=frozenset())]
    fixed = code(amount="5", **second)
    percent = code(percent="10", scope=PromoScope.MEALS, meal_ids=frozenset({1, 2}))
    assert quote(*both, codes=[codes[0], percent, fixed]).total <= quote(*both, codes=[percent, fixed]).total


@pytest.mark.parametrize("percent", ["1", "12.5", "33.33", "99.99", "100"])
def test_percentages_with_fractions_add_up(percent):
    found = quote(line("9.99", 3), line("1.05"), line("0.01"), codes=[code(percent=percent)])
    assert sum(part.discount for part in found.lines) == found.discount == found.codes[0].saved


def test_delivery_is_waived_by_one_code_the_one_that_saves_more():
    codes = [free_delivery(budget_left="0.01"), free_delivery(budget_left="3.00")]
    found = quote(line("10.00"), codes=codes, fee="4.00")
    assert [outcome.saved for outcome in found.codes] == [0, D("3.00")]
    assert found.delivery_cut == LineCut(codes[1].key, D("3.00"), Funder.PLATFORM)
    assert reasons(found) == ["nothing_left_to_discount", "applied"]
