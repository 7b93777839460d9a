"""Using codes up, and giving uses back (ORD-5…ORD-7). Limit 3 means 3.

The caller holds the order; here the codes are locked in the order of their primary keys, looked at again, and counted,
all in the caller's transaction. Unique rows and checks stand behind every count.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from fitfoodie.common import scarce
from fitfoodie.common.money import ZERO
from fitfoodie.events.services import record
from orders.enums import Funder
from orders.models import LineDiscount, Order, OrderLine, PromoCode, Redemption
from orders.pricing.conditions import refusal_of_code
from orders.pricing.shapes import CodeOutcome, CustomerFacts, Quote
from orders.promo_errors import CodeRefusedError, already_used, budget_spent, first_order_only, lost, used_up
from orders.promo_events import PromoCodeRedeemed, PromoCodeReleased
from orders.selectors.baskets import Uses, bare_terms, has_ordered

# What can befall a code that was let into a cart, through no doing of the customer.
_LOST = frozenset({"inactive", "expired", "used_up", "budget_spent", "already_used", "first_order_only"})


def redeem_codes(*, order: Order, quote: Quote, lines: dict[int, OrderLine], customer: User, now: datetime) -> None:
    """Use up every code that the quote applies; `lines` are the order's by the keys of the quote's.

    Locks the codes, and for a code of first orders the customer. What the order uses already is not counted again
    (ORD-6). Raises CodeRefusedError when a code has become unusable since it was typed: nobody pays more than they saw
    because somebody else was quicker. An order for trying out leaves counts and budgets alone (ORD-18).
    """
    _require_none_lost(quote)
    outcomes = {outcome.key: outcome for outcome in quote.codes if outcome.is_applied}
    if not outcomes:
        return
    known = set(order.redemptions.values_list("promo_id", flat=True))
    fresh = {key: outcome for key, outcome in outcomes.items() if key not in known}
    if not fresh:
        return
    look_again = partial(_require_usable, outcomes=fresh, order=order, customer=customer, now=now)
    for promo in _taken(order, list(fresh), look_again):
        redemption = _use(promo, fresh[promo.pk].saved, order=order, customer=customer, now=now)
        _write_discounts(redemption, quote, lines)


def release_codes(*, order: Order, now: datetime) -> None:
    """Give back the uses and the budget of an order that will never be eaten (ORD-7). Saying it twice changes nothing.

    Locks the codes.
    """
    promos = _locked_codes(order)
    used = list(order.redemptions.filter(released_at=None).select_related("promo"))
    if not order.is_test:
        scarce.give_back([scarce.Claim(use.promo) for use in used])
    for use in used:
        use.released_at = now
        use.save(update_fields=["released_at"])
        _spend(order, promos[use.promo_id], -use.amount)
        _tell(PromoCodeReleased, promos[use.promo_id], use, order)


def reclaim_codes(*, order: Order, now: datetime) -> None:
    """Use up again what was released, for an order that lives again because its payment came late (ORD-13).

    The price was agreed: only limits and budgets are asked, not dates. Locks the codes. Raises CodeRefusedError.
    """
    released = {use.promo_id: use for use in order.redemptions.exclude(released_at=None)}
    look_again = partial(_require_budget, amounts={key: use.amount for key, use in released.items()}, order=order)
    for promo in _taken(order, list(released), look_again):
        use = released[promo.pk]
        use.released_at = None
        _write(use, promo)
        _spend(order, promo, use.amount)
        _tell(PromoCodeRedeemed, promo, use, order)


def _require_none_lost(quote: Quote) -> None:
    for outcome in quote.codes:
        if outcome.reason in _LOST:
            raise lost(outcome)


def _taken(order: Order, keys: Sequence[int], validate: scarce.Validate) -> list[PromoCode]:
    """The codes, locked, looked at again and counted."""
    rows = [PromoCode(pk=key) for key in sorted(keys)]
    if order.is_test:
        locked = scarce.lock(rows)
        for promo in locked:
            validate(promo)
        return locked
    try:
        return scarce.take([scarce.Claim(row) for row in rows], validate=validate)
    except scarce.SoldOutError as error:
        raise used_up(error.row.code) from error


def _require_usable(
    promo: PromoCode, *, outcomes: dict[int, CodeOutcome], order: Order, customer: User, now: datetime
) -> None:
    """Asked of the locked row: whatever may have changed since the quote."""
    others = Redemption.objects.filter(promo=promo, customer=customer, released_at=None, order__is_test=False)
    count = others.exclude(order=order).count()
    facts = CustomerFacts(is_known=True, uses={promo.pk: count})
    found = refusal_of_code(bare_terms(promo, Uses()), facts, now)
    if found:
        raise CodeRefusedError(found.text, code=found.reason, typed=promo.code)
    _require_first_order(promo, order, customer)
    _require_budget(promo, amounts={promo.pk: outcomes[promo.pk].saved}, order=order)


def _require_first_order(promo: PromoCode, order: Order, customer: User) -> None:
    """Two codes of first orders, in two orders at once, meet at the lock of their customer."""
    if not promo.is_first_order_only:
        return
    User.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if has_ordered(customer.pk, but_not={"pk": order.pk}):
        raise first_order_only(promo.code)


def _require_budget(promo: PromoCode, *, amounts: dict[int, Decimal], order: Order) -> None:
    if promo.budget is not None and promo.spent + amounts[promo.pk] > promo.budget:
        raise budget_spent(promo.code)


def _use(promo: PromoCode, amount: Decimal, *, order: Order, customer: User, now: datetime) -> Redemption:
    once = promo.per_customer == 1 and not order.is_test
    use = Redemption(
        promo=promo, order=order, customer=customer, amount=amount, is_once_per_customer=once, redeemed_at=now
    )
    _write(use, promo)
    _spend(order, promo, amount)
    _tell(PromoCodeRedeemed, promo, use, order)
    return use


def _write(use: Redemption, promo: PromoCode) -> None:
    """The database has the last word on once per customer."""
    try:
        with transaction.atomic():
            use.save()
    except IntegrityError as error:
        raise already_used(promo.code) from error


def _spend(order: Order, promo: PromoCode, amount: Decimal) -> None:
    """Under the lock, in Decimal: SQLite would add up floating point."""
    if order.is_test:
        return
    promo.spent = max(promo.spent + amount, ZERO)
    promo.save(update_fields=["spent", "updated_at"])


def _write_discounts(use: Redemption, quote: Quote, lines: dict[int, OrderLine]) -> None:
    rows = [
        LineDiscount(line=lines[part.line.key], redemption=use, amount=cut.amount, funder=Funder(cut.funder))
        for part in quote.lines
        for cut in part.cuts
        if cut.code_key == use.promo_id
    ]
    LineDiscount.objects.bulk_create(rows)


def _locked_codes(order: Order) -> dict[int, PromoCode]:
    keys = order.redemptions.filter(released_at=None).order_by("promo_id").values_list("promo_id", flat=True)
    return {promo.pk: promo for promo in scarce.lock([PromoCode(pk=key) for key in keys])}


def _tell(fact: type[Any], promo: PromoCode, use: Redemption, order: Order) -> None:
    payload = fact(
        promo_id=promo.pk,
        code=promo.code,
        creator_id=promo.creator_id,
        order_id=order.pk,
        customer_id=use.customer_id,
        amount=str(use.amount),
        currency=order.currency,
        is_test=order.is_test,
    )
    record(payload, actor=use.customer, subject=promo)
