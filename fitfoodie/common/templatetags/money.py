"""Amounts as people read them."""

from decimal import Decimal
from typing import Any

from django import template

from fitfoodie.common.money import in_words

register = template.Library()


@register.filter
def money(amount: Any, currency: str) -> str:
    """`{{ order.total|money:order.currency }}`, in the manner of the reader's language. Text from documents will do."""
    return in_words(Decimal(amount), currency)
