"""Taking codes off a basket one after another: items, then the order, then delivery (ORD-10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from fitfoodie.common.money import ZERO, rounded, share_out
from orders.enums import PromoKind, PromoScope
from orders.pricing.eligibility import eligible_lines
from orders.pricing.item_codes import free_portions
from orders.pricing.shapes import Basket, BasketLine, LineCut, Terms

_WITHIN = {PromoKind.BUY_X_GET_Y: 0, PromoKind.PERCENT: 1, PromoKind.FIXED: 2, PromoKind.FREE_DELIVERY: 3}


@dataclass
class Tally:
    """What is left of each line, and what each code took, while codes are being applied. Nothing goes below zero."""

    basket: Basket
    codes: tuple[Terms, ...]
    left: dict[int, Decimal]
    delivery_left: Decimal
    cuts: dict[int, list[LineCut]] = field(default_factory=dict)
    saved: dict[int, Decimal] = field(default_factory=dict)
    delivery_cut: LineCut | None = None

    @property
    def total(self) -> Decimal:
        return sum(self.left.values(), self.delivery_left)

    @property
    def saving(self) -> Decimal:
        return sum(self.saved.values(), ZERO)


def in_order(codes: Iterable[Terms]) -> list[Terms]:
    """The order in which codes are taken off, whatever order they were typed in."""
    return sorted(codes, key=lambda terms: (_phase(terms), _WITHIN[terms.kind], terms.key))


def cut(basket: Basket, codes: tuple[Terms, ...]) -> Tally:
    """All of the codes, one after another. They have passed their conditions."""
    tally = Tally(basket, codes, {line.key: line.gross for line in basket.lines}, basket.delivery_fee)
    for terms in in_order(codes):
        if terms.kind == PromoKind.FREE_DELIVERY:
            _waive_delivery(tally, terms)
        else:
            _cut_lines(tally, terms)
    return tally


def _phase(terms: Terms) -> int:
    if terms.kind == PromoKind.FREE_DELIVERY:
        return 2
    is_about_items = terms.kind == PromoKind.BUY_X_GET_Y or terms.scope != PromoScope.ORDER
    return 0 if is_about_items else 1


def _cut_lines(tally: Tally, terms: Terms) -> None:
    lines = eligible_lines(terms, tally.basket.lines)
    reach = _reach(tally, terms, lines)
    amount = _within_budget(terms, _amount(terms, reach, tally.basket.currency), tally.basket.currency)
    parts = share_out(amount, reach, tally.basket.currency)
    for line, part in zip(lines, parts, strict=True):
        if part:
            tally.left[line.key] -= part
            tally.cuts.setdefault(line.key, []).append(LineCut(terms.key, part, terms.funder))
    tally.saved[terms.key] = amount


def _reach(tally: Tally, terms: Terms, lines: list[BasketLine]) -> list[Decimal]:
    """Of each line, how much the code could take at most."""
    if terms.kind != PromoKind.BUY_X_GET_Y:
        return [tally.left[line.key] for line in lines]
    free = free_portions(terms, lines)
    return [min(free.get(line.key, 0) * line.unit_price, tally.left[line.key]) for line in lines]


def _amount(terms: Terms, reach: list[Decimal], currency: str) -> Decimal:
    whole = sum(reach, ZERO)
    if terms.kind == PromoKind.PERCENT:
        return rounded(whole * (terms.percent or ZERO) / 100, currency)
    if terms.kind == PromoKind.FIXED:
        return min(rounded(terms.amount or ZERO, currency), whole)
    return whole


def _within_budget(terms: Terms, amount: Decimal, currency: str) -> Decimal:
    """The last use gets what is left."""
    return amount if terms.budget_left is None else min(amount, rounded(terms.budget_left, currency))


def _waive_delivery(tally: Tally, terms: Terms) -> None:
    """One code alone: an order says of its delivery who pays for it, and that is one."""
    tally.saved[terms.key] = ZERO
    if tally.delivery_cut is not None:
        return
    amount = _within_budget(terms, tally.delivery_left, tally.basket.currency)
    tally.saved[terms.key] = amount
    if amount:
        tally.delivery_left -= amount
        tally.delivery_cut = LineCut(terms.key, amount, terms.funder)
