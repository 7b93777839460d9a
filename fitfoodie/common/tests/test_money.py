from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fitfoodie.common import money


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("0.005", "EUR", "0.01"), ("-0.005", "EUR", "-0.01"), ("2.5", "JPY", "3"), ("1.2344", "EUR", "1.23")],
)
def test_rounds_half_up_to_the_minor_unit(amount, currency, expected):
    assert money.rounded(Decimal(amount), currency) == Decimal(expected)


def test_shares_out_by_the_largest_remainder():
    assert money.share_out(Decimal("1.00"), [Decimal(1)] * 3, "EUR") == [Decimal(p) for p in ("0.34", "0.33", "0.33")]


@given(
    cents=st.integers(0, 10**7),
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(lambda weights: sum(weights) > 0),
)
def test_shares_sum_to_the_whole_and_stray_less_than_a_cent(cents, weights):
    total, parts = Decimal(cents) / 100, [Decimal(weight) for weight in weights]
    shares = money.share_out(total, parts, "EUR")
    assert sum(shares) == total
    assert all(
        abs(share - total * part / sum(parts)) < Decimal("0.01") for share, part in zip(shares, parts, strict=True)
    )


def test_nothing_can_be_shared_out_over_nothing():
    assert money.share_out(Decimal(0), [Decimal(0)], "EUR") == [Decimal(0)]
    with pytest.raises(ValueError, match="Nothing to share"):
        money.share_out(Decimal(1), [Decimal(0)], "EUR")


@pytest.mark.parametrize(("currency", "minor"), [("EUR", 1250), ("JPY", 1250), ("KWD", 12500)])
def test_minor_units_there_and_back(currency, minor):
    assert money.to_minor(money.from_minor(minor, currency), currency) == minor


def test_tax_within_a_price():
    assert money.tax_within(Decimal("10.70"), Decimal("0.07"), "EUR") == Decimal("0.70")


def test_as_json_keeps_the_places():
    assert money.as_json(Decimal("12.5"), "EUR") == {"amount": "12.50", "currency": "EUR"}


@pytest.mark.parametrize(
    ("language", "amount", "currency", "words"),
    [
        ("en", "15", "CHF", "CHF\u00a015.00"),
        ("en", "-2.5", "CHF", "-CHF\u00a02.50"),
        ("en", "12.5", "EUR", "€12.50"),
        ("de", "15", "CHF", "15,00\u00a0CHF"),
    ],
)
def test_amount_in_words_is_apart_from_the_letters_of_its_currency(language, amount, currency, words):
    with translation.override(language):
        assert money.in_words(Decimal(amount), currency) == words
