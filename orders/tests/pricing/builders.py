"""Baskets and codes for tests of prices, without a database."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from orders.enums import Funder, PromoKind, PromoScope
from orders.pricing.engine import price
from orders.pricing.shapes import Basket, BasketLine, CustomerFacts, Quote, Terms

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_keys = count(1)


def line(
    price: str = "10.00", quantity: int = 1, *, creator: int = 1, meal: int = 0, tags=(), key: int = 0, title="Soup"
):
    key = key or next(_keys)
    return BasketLine(key, meal or key, creator, frozenset(tags), title, Decimal(price), quantity)


def code(name: str = "", **given) -> Terms:
    key = given.pop("key", 0) or next(_keys)
    for amount in ("percent", "amount", "min_subtotal", "budget_left"):
        if given.get(amount) is not None:
            given[amount] = Decimal(given[amount])
    terms = {
        "key": key,
        "code": name or f"CODE{key}",
        "kind": PromoKind.PERCENT if "percent" in given else PromoKind.FIXED,
        "percent": None,
        "amount": None,
        "buy_quantity": None,
        "get_quantity": None,
        "currency": "EUR",
        "creator_id": None,
        "creator_name": "",
        "funder": Funder.PLATFORM,
        "scope": PromoScope.ORDER,
        "meal_ids": frozenset(),
        "tag_ids": frozenset(),
        "min_subtotal": None,
        "starts_at": None,
        "ends_at": None,
        "uses_left": None,
        "per_customer": None,
        "is_first_order_only": False,
        "is_stackable": True,
        "budget_left": None,
        "is_active": True,
    } | given
    return Terms(**terms)


def free_delivery(name: str = "", **given) -> Terms:
    return code(name, kind=PromoKind.FREE_DELIVERY, **given)


def buy_get(buy: int, get: int, name: str = "", **given) -> Terms:
    return code(name, kind=PromoKind.BUY_X_GET_Y, buy_quantity=buy, get_quantity=get, **given)


def basket(*lines: BasketLine, codes=(), fee: str = "0.00", known: bool = True, **given) -> Basket:
    facts = CustomerFacts(is_known=known, has_ordered=given.pop("has_ordered", False), uses=given.pop("uses", {}))
    return Basket(
        lines=lines,
        codes=tuple(codes),
        customer=facts,
        currency=given.pop("currency", "EUR"),
        tax_rate=Decimal(given.pop("tax_rate", "0.07")),
        delivery_fee=Decimal(fee),
    )


def quote(*lines: BasketLine, codes=(), **given) -> Quote:
    return price(basket(*lines, codes=codes, **given), now=NOW)


def reasons(found: Quote) -> list[str]:
    return [outcome.reason for outcome in found.codes]
