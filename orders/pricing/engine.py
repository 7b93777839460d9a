"""The one function that prices come from (ORD-2, ADR 0035). Pure: the same basket and instant give the same quote."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from fitfoodie.common.money import ZERO, tax_within
from orders.pricing.combining import cheapest
from orders.pricing.conditions import refusal
from orders.pricing.cutting import Tally, in_order
from orders.pricing.explaining import outcome
from orders.pricing.shapes import Basket, BasketLine, CodeOutcome, Quote, QuotedLine


def price(basket: Basket, *, now: datetime) -> Quote:
    """Every amount to the minor unit. Lines and codes come back in the order of the basket.

    What does not apply is explained, never an error: a code that stopped being valid simply takes nothing off.
    """
    refusals = {terms.key: refusal(terms, basket, now) for terms in basket.codes}
    best = cheapest(basket, [terms for terms in basket.codes if refusals[terms.key] is None])
    codes = tuple(outcome(terms, refusals[terms.key], best) for terms in basket.codes)
    return _quote(best, codes)


def _quote(best: Tally, codes: tuple[CodeOutcome, ...]) -> Quote:
    basket = best.basket
    lines = tuple(_quoted(best, line) for line in basket.lines)
    waived = basket.delivery_fee - best.delivery_left
    return Quote(
        lines=lines,
        codes=codes,
        currency=basket.currency,
        subtotal=sum((line.gross for line in basket.lines), ZERO),
        discount=sum((line.discount for line in lines), waived),
        delivery=basket.delivery_fee,
        delivery_discount=waived,
        delivery_cut=best.delivery_cut,
        tax=sum((line.tax for line in lines), tax_within(best.delivery_left, basket.tax_rate, basket.currency)),
        total=best.total,
        steps=_steps(best),
    )


def _quoted(best: Tally, line: BasketLine) -> QuotedLine:
    left = best.left[line.key]
    tax = tax_within(left, best.basket.tax_rate, best.basket.currency)
    return QuotedLine(line, tuple(best.cuts.get(line.key, ())), line.gross - left, left, tax)


def _steps(best: Tally) -> tuple[tuple[str, Decimal], ...]:
    """They add up to the total."""
    meals = [(f"{line.quantity} × {line.title}", line.gross) for line in best.basket.lines]
    delivery = [(_("Delivery"), best.basket.delivery_fee)] if best.basket.delivery_fee else []
    codes = [
        (_("Code %(code)s") % {"code": terms.code}, -best.saved[terms.key])
        for terms in in_order(best.codes)
        if best.saved[terms.key]
    ]
    return (*meals, *delivery, *codes)
