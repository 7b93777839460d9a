"""Amounts inside sentences."""

from decimal import Decimal

from djmoney.money import Money


def money(amount: Decimal, currency: str) -> str:
    """As the reader's language writes it."""
    return str(Money(amount, currency))
