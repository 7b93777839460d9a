"""Which lines a code is about."""

from collections.abc import Iterable

from orders.enums import PromoScope
from orders.pricing.shapes import BasketLine, Terms


def eligible_lines(terms: Terms, lines: Iterable[BasketLine]) -> list[BasketLine]:
    """In the order of the basket. A creator's code is about that creator's lines and no others (ORD-11)."""
    return [line for line in lines if _is_of_creator(terms, line) and _is_in_scope(terms, line)]


def _is_of_creator(terms: Terms, line: BasketLine) -> bool:
    return terms.creator_id is None or terms.creator_id == line.creator_id


def _is_in_scope(terms: Terms, line: BasketLine) -> bool:
    if terms.scope == PromoScope.MEALS:
        return line.meal_id in terms.meal_ids
    if terms.scope == PromoScope.TAGS:
        return not terms.tag_ids.isdisjoint(line.tag_ids)
    return True
