"""Amounts as people read them."""

from decimal import Decimal
from typing import Any

from django import template
from djmoney.money import Money

register = template.Library()


@register.filter
def money(amount: Any, currency: str) -> str:
    """`{{ order.total|money:order.currency }}`, in the manner of the reader's language. Text from documents will do."""
    return str(Money(Decimal(amount), currency))
