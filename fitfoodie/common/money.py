"""Arithmetic of money. Amounts are Decimal in major units, with an ISO 4217 currency beside them; nothing here knows
what is bought (ORD-1)."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

from djmoney.money import Money
from moneyed import get_currency

ZERO = Decimal(0)


@cache
def minor_unit(currency: str) -> Decimal:
    """The smallest amount of the currency that exists: 0.01 for EUR, 1 for JPY. Raises CurrencyDoesNotExist."""
    exponent = len(str(get_currency(currency).sub_unit)) - 1
    return Decimal(1).scaleb(-exponent)


def in_words(amount: Decimal, currency: str) -> str:
    """In the manner of the reader's language: €12.50, CHF 12.50, 12,50 €."""
    # The formatter leaves out the space that CLDR puts between letters and digits (UTS 35, currencySpacing).
    return re.sub(r"([A-Z])(?=\d)", "\\1\u00a0", str(Money(amount, currency)))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half up to the minor unit, away from zero for negative amounts."""
    return amount.quantize(minor_unit(currency), rounding=ROUND_HALF_UP)


def share_out(total: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Split `total` in proportion to the weights, to the minor unit, summing exactly to it (largest remainder).

    `total` is a whole number of minor units and not negative. Equal remainders go to the earlier part, so the result is
    the same each time. With all weights zero nothing can be split: raises ValueError unless `total` is zero.
    """
    whole = sum(weights, ZERO)
    if not whole:
        if total:
            raise ValueError("Nothing to share the amount out over.")
        return [ZERO for _ in weights]
    unit = minor_unit(currency)
    exact = [total * weight / whole for weight in weights]
    parts = [part.quantize(unit, rounding=ROUND_DOWN) for part in exact]
    missing = int((total - sum(parts, ZERO)) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[:missing]:
        parts[index] += unit
    return parts


def to_minor(amount: Decimal, currency: str) -> int:
    """What payment providers count in: cents. The amount has been rounded."""
    return int(amount / minor_unit(currency))


def from_minor(count: int, currency: str) -> Decimal:
    return count * minor_unit(currency)


def tax_within(gross: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The tax that a price with tax contains; `rate` is a fraction, 0.07 for seven per cent."""
    return rounded(gross * rate / (1 + rate), currency)


def as_json(amount: Decimal, currency: str) -> dict[str, str]:
    """As the API says it, always with the places of the currency."""
    return {"amount": str(amount.quantize(minor_unit(currency))), "currency": currency}
