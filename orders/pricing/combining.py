"""Which of the codes are used together: those that cost the customer least (ORD-10)."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from orders.pricing.cutting import Tally, cut, in_order
from orders.pricing.shapes import Basket, Terms

# In one cart. Few enough to look at every combination of them.
MAX_CODES = 5


def cheapest(basket: Basket, codes: Sequence[Terms]) -> Tally:
    """The combination with the lowest total; of equal ones the larger, of equally large ones the first.

    A code that may not be combined stands alone against the others together. Those that may are looked at in every
    selection: cents rounded on one line can make three codes cost a cent more than two of them, delivery is waived by
    one code only, and a further code must never make an order dearer. Beyond MAX_CODES the others are taken together.
    """
    tallies = [cut(basket, chosen) for chosen in _selections(in_order(codes))]
    return min(tallies, key=lambda tally: (tally.total, -len(tally.codes)))


def _selections(codes: Sequence[Terms]) -> Iterator[tuple[Terms, ...]]:
    together = tuple(terms for terms in codes if terms.is_stackable)
    yield together
    if 1 < len(together) <= MAX_CODES:
        yield from chain.from_iterable(combinations(together, size) for size in range(len(together) - 1, 0, -1))
    yield from ((terms,) for terms in codes if not terms.is_stackable)
