"""Buy some, get some free: which portions are free."""

from collections.abc import Sequence

from orders.pricing.shapes import BasketLine, Terms


def free_portions(terms: Terms, lines: Sequence[BasketLine]) -> dict[int, int]:
    """By key of the line, how many portions cost nothing: the cheapest ones.

    Of each `buy` + `get` portions `get` are free, and of what is left over those beyond `buy`. It does not matter what
    other codes take: each counts the same portions, so that no code makes another one worse.
    """
    left = _free_count(terms, sum(line.quantity for line in lines))
    free: dict[int, int] = {}
    for line in sorted(lines, key=lambda line: (line.unit_price, line.key)):
        taken = min(left, line.quantity)
        if taken:
            free[line.key] = taken
        left -= taken
    return free


def portions_missing(terms: Terms, lines: Sequence[BasketLine]) -> int:
    """Until the first free one: it must lie in the cart as well."""
    return max((terms.buy_quantity or 0) + 1 - sum(line.quantity for line in lines), 0)


def _free_count(terms: Terms, portions: int) -> int:
    buy, get = terms.buy_quantity or 0, terms.get_quantity or 0
    groups, rest = divmod(portions, buy + get)
    return groups * get + max(rest - buy, 0)
