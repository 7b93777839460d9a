"""Using codes up, and giving uses back (ORD-5…ORD-7). Limit 3 means 3.

The caller holds the order; here the codes are locked in the order of their primary keys, looked at again, and counted,
all in the caller's transaction. Unique rows and checks stand behind every count.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from fitfoodie.common import scarce
from fitfoodie.common.money import ZERO
from fitfoodie.events.services import Fact, record_all
from orders.enums import Funder
from orders.models import LineDiscount, Order, OrderLine, PromoCode, Redemption
from orders.pricing.conditions import refusal_of_code
from orders.pricing.shapes import CodeOutcome, CustomerFacts, Quote
from orders.promo_errors import CodeRefusedError, already_used, budget_spent, first_order_only, lost, used_up
from orders.promo_events import PromoCodeRedeemed, PromoCodeReleased
from orders.selectors.baskets import Uses, bare_terms, has_ordered

# What can befall a code that was let into a cart, through no doing of the customer.
_LOST = frozenset({"inactive", "expired", "used_up", "budget_spent", "already_used", "first_order_only"})


@dataclass(frozen=True)
class Redeemed:
    """What an order has used up: each use with its locked code, what it takes off each line, and what is to be told."""

    uses: tuple[Redemption, ...] = ()
    cuts: tuple[LineDiscount, ...] = ()
    facts: tuple[Fact, ...] = ()


def redeem_codes(*, order: Order, quote: Quote, lines: dict[int, OrderLine], customer: User, now: datetime) -> Redeemed:
    """Use up every code that the quote applies; `lines` are the order's by the keys of the quote's.

    Locks the codes, and for a code of first orders the customer. What the order uses already is not counted again
    (ORD-6). Raises CodeRefusedError when a code has become unusable since it was typed: nobody pays more than they saw
    because somebody else was quicker. An order for trying out leaves counts and budgets alone (ORD-18). The caller
    records the facts, with its own.
    """
    _require_none_lost(quote)
    # As they were typed: of two codes on one line the first attributes it (AFF-4).
    outcomes = {outcome.key: outcome for outcome in quote.codes if outcome.is_applied}
    if not outcomes:
        return Redeemed()
    locked = {promo.pk: promo for promo in scarce.lock([PromoCode(pk=key) for key in sorted(outcomes)])}
    fresh, others = _uses_of(order, customer, outcomes)
    if not fresh:
        return Redeemed()
    look_again = partial(_require_usable, outcomes=outcomes, others=others, order=order, customer=customer, now=now)
    amounts = {key: outcomes[key].saved for key in fresh}
    _take(order, [locked[key] for key in sorted(fresh)], amounts, look_again, now)
    uses = [_use(locked[key], amounts[key], order=order, customer=customer, now=now) for key in fresh]
    _write_uses(uses)
    cuts = LineDiscount.objects.bulk_create(_cuts(uses, quote, lines))
    facts = tuple(_fact(PromoCodeRedeemed, use, order) for use in uses)
    return Redeemed(tuple(uses), tuple(cuts), facts)


def redeemed_by(order: Order) -> Redeemed:
    """The same, read back. Two queries."""
    uses = {use.pk: use for use in order.redemptions.select_related("promo").order_by("pk")}
    cuts = list(LineDiscount.objects.filter(redemption__order=order).order_by("pk"))
    for cut in cuts:
        cut.redemption = uses[cut.redemption_id]
    return Redeemed(tuple(uses.values()), tuple(cuts))


def release_codes(*, order: Order, now: datetime) -> None:
    """Give back the uses and the budget of an order that will never be eaten (ORD-7). Saying it twice changes nothing.

    Locks the codes.
    """
    promos = _locked_codes(order)
    used = list(order.redemptions.filter(released_at=None).order_by("promo_id"))
    if not order.is_test:
        scarce.give_back([scarce.Claim(promo) for promo in promos.values()])
    for use in used:
        use.released_at, use.promo = now, promos[use.promo_id]
        use.save(update_fields=["released_at"])
        _unspend(order, use)
    record_all([_fact(PromoCodeReleased, use, order) for use in used])


def reclaim_codes(*, order: Order, now: datetime) -> None:
    """Use up again what was released, for an order that lives again because its payment came late (ORD-13).

    The price was agreed: only limits and budgets are asked, not dates. Locks the codes. Raises CodeRefusedError.
    """
    released = {use.promo_id: use for use in order.redemptions.exclude(released_at=None)}
    amounts = {key: use.amount for key, use in released.items()}
    look_again = partial(_require_budget, amounts=amounts, order=order)
    locked = scarce.lock([PromoCode(pk=key) for key in sorted(released)])
    _take(order, locked, amounts, look_again, now)
    for promo in locked:
        use = released[promo.pk]
        use.released_at, use.promo = None, promo
        _once(use, use.save)
    record_all([_fact(PromoCodeRedeemed, released[promo.pk], order) for promo in locked])


def _require_none_lost(quote: Quote) -> None:
    for outcome in quote.codes:
        if outcome.reason in _LOST:
            raise lost(outcome)


def _uses_of(order: Order, customer: User, keys: Iterable[int]) -> tuple[list[int], dict[int, int]]:
    """Under the locks: the codes that this order does not use yet, and by code how often the customer's others do."""
    theirs = Q(customer=customer, released_at=None, order__is_test=False)
    uses = Redemption.objects.filter(Q(order=order) | theirs, promo__in=list(keys))
    rows = list(uses.values_list("promo_id", "order_id"))
    own = {promo_id for promo_id, order_id in rows if order_id == order.pk}
    others = Counter(promo_id for promo_id, order_id in rows if order_id != order.pk)
    return [key for key in keys if key not in own], dict(others)


def _take(
    order: Order, locked: Sequence[PromoCode], amounts: dict[int, Decimal], validate: scarce.Validate, now: datetime
) -> None:
    """Of each code a use and its share of the budget, looked at again. Summed here: SQLite would add floating point."""
    if order.is_test:
        for promo in locked:
            validate(promo)
        return
    claims = [
        scarce.Claim(promo, also={"spent": max(promo.spent + amounts[promo.pk], ZERO), "updated_at": now})
        for promo in locked
    ]
    try:
        scarce.take(claims, validate=validate, locked=locked)
    except scarce.SoldOutError as error:
        raise used_up(error.row.code) from error


def _require_usable(
    promo: PromoCode,
    *,
    outcomes: dict[int, CodeOutcome],
    others: dict[int, int],
    order: Order,
    customer: User,
    now: datetime,
) -> None:
    """Asked of the locked row: whatever may have changed since the quote."""
    facts = CustomerFacts(is_known=True, uses=others)
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
    return Redemption(
        promo=promo, order=order, customer=customer, amount=amount, is_once_per_customer=once, redeemed_at=now
    )


def _write_uses(uses: Sequence[Redemption]) -> None:
    once = next((use for use in uses if use.is_once_per_customer), uses[0])
    _once(once, partial(Redemption.objects.bulk_create, uses))


def _once(use: Redemption, write: Callable[[], object]) -> None:
    """The database has the last word on once per customer. Its refusal ends the transaction of the order."""
    try:
        with transaction.atomic(savepoint=False):
            write()
    except IntegrityError as error:
        raise already_used(use.promo.code) from error


def _unspend(order: Order, use: Redemption) -> None:
    if not order.is_test:
        use.promo.spent = max(use.promo.spent - use.amount, ZERO)
        use.promo.save(update_fields=["spent", "updated_at"])


def _cuts(uses: Sequence[Redemption], quote: Quote, lines: dict[int, OrderLine]) -> list[LineDiscount]:
    by_code = {use.promo_id: use for use in uses}
    return [
        LineDiscount(
            line=lines[part.line.key], redemption=by_code[cut.code_key], amount=cut.amount, funder=Funder(cut.funder)
        )
        for part in quote.lines
        for cut in part.cuts
        if cut.code_key in by_code
    ]


def _locked_codes(order: Order) -> dict[int, PromoCode]:
    keys = order.redemptions.filter(released_at=None).order_by("promo_id").values_list("promo_id", flat=True)
    return {promo.pk: promo for promo in scarce.lock([PromoCode(pk=key) for key in keys])}


def _fact(kind: type[Any], use: Redemption, order: Order) -> Fact:
    payload = kind(
        promo_id=use.promo_id,
        code=use.promo.code,
        creator_id=use.promo.creator_id,
        order_id=order.pk,
        customer_id=use.customer_id,
        amount=str(use.amount),
        currency=order.currency,
        is_test=order.is_test,
    )
    return Fact(payload, use.customer, use.promo)
