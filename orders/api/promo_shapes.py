"""Promo codes as the API says them to whoever made them."""

from decimal import Decimal
from typing import Any

from fitfoodie.common.money import as_json
from orders.models import PromoCode

Json = dict[str, Any]


def promo_code(promo: PromoCode) -> Json:
    """`promo` comes with its meals and tags."""
    return {
        "code": promo.code,
        "label": promo.label,
        "kind": promo.kind,
        "percent": None if promo.percent is None else f"{promo.percent.normalize():f}",
        "amount": _money(promo.amount, promo.currency),
        "buy_quantity": promo.buy_quantity,
        "get_quantity": promo.get_quantity,
        "scope": promo.scope,
        "meals": sorted(meal.slug for meal in promo.meals.all()),
        "tags": sorted(tag.slug for tag in promo.tags.all()),
        "min_subtotal": _money(promo.min_subtotal, promo.currency),
        "starts_at": promo.starts_at,
        "ends_at": promo.ends_at,
        "limit": promo.capacity,
        "per_customer": promo.per_customer,
        "first_order_only": promo.is_first_order_only,
        "stackable": promo.is_stackable,
        "budget": _money(promo.budget, promo.currency),
        "funder": promo.funder,
        "public": promo.is_public,
        "active": promo.is_active,
        "used": promo.taken,
        "saved": as_json(promo.spent, promo.currency),
        "created_at": promo.created_at,
    }


def _money(amount: Decimal | None, currency: str) -> Json | None:
    return None if amount is None else as_json(amount, currency)
