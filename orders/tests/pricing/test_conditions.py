"""The reasons: one test each (ORD-8)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from orders.enums import PromoScope
from orders.tests.pricing.builders import NOW, code, free_delivery, line, quote, reasons

REFUSED = [
    ({"is_active": False}, "inactive", "This code is not in use at the moment."),
    ({"starts_at": NOW + timedelta(days=1)}, "not_yet", "This code can be used from 5 May 2026, 12:00 on."),
    ({"ends_at": NOW}, "expired", "This code ended on 4 May 2026, 12:00."),
    ({"uses_left": 0}, "used_up", "This code has been used as often as it may be."),
    ({"budget_left": "0"}, "budget_spent", "All that was set aside for this code has been given."),
    ({"currency": "USD"}, "other_currency", "This code is in USD, and your meals are in EUR."),
    (
        {"scope": PromoScope.MEALS, "meal_ids": frozenset({-1})},
        "not_for_these_items",
        "This code is not for the meals in your cart.",
    ),
    (
        {"creator_id": 99, "creator_name": "Ada"},
        "not_for_these_items",
        "This code is for meals by Ada that are not in your cart.",
    ),
    ({"min_subtotal": "12.50"}, "minimum_not_met", "Add €2.50 more: this code needs €12.50 of meals it is for."),
]


@pytest.mark.parametrize(
    ("given", "reason", "text"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_reason(given, reason, text):
    (found,) = quote(line("10.00"), codes=[code(amount="1", **given)]).codes
    assert (found.is_applied, found.saved, found.reason, found.text) == (False, 0, reason, text)


def test_what_is_missing_is_an_amount_of_the_lines_the_code_is_about():
    given = {"scope": PromoScope.MEALS, "meal_ids": frozenset({5}), "min_subtotal": "12.00"}
    found = quote(line("10.00", meal=5), line("90.00"), codes=[code(percent="10", **given)])
    assert found.codes[0].missing == Decimal("2.00")


def test_a_minimum_is_asked_before_discounts():
    found = quote(line("10.00"), codes=[code(percent="50"), code(amount="1", min_subtotal="10.00")])
    assert reasons(found) == ["applied", "applied"]


def test_used_already_by_this_customer():
    once = code(amount="1", per_customer=1, uses_left=0)
    assert reasons(quote(line(), codes=[once], uses={once.key: 1})) == ["already_used"]
    twice = code(amount="1", per_customer=2)
    assert reasons(quote(line(), codes=[twice], uses={twice.key: 1})) == ["applied"]


def test_first_order():
    first = code(amount="1", is_first_order_only=True)
    assert reasons(quote(line(), codes=[first])) == ["applied"]
    assert reasons(quote(line(), codes=[first], has_ordered=True)) == ["first_order_only"]
    assert reasons(quote(line(), codes=[first], known=False)) == ["sign_in_first"]


def test_no_delivery_to_waive():
    assert reasons(quote(line(), codes=[free_delivery()])) == ["no_delivery_to_waive"]


def test_a_percentage_has_no_currency():
    assert reasons(quote(line(), codes=[code(percent="5", currency="USD")])) == ["applied"]


def test_the_end_is_the_first_instant_that_is_too_late():
    assert reasons(quote(line(), codes=[code(amount="1", starts_at=NOW, ends_at=NOW + timedelta(seconds=1))])) == [
        "applied"
    ]
