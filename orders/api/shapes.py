"""Carts, quotes, orders and slots in the words of the API."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from fitfoodie.common.money import as_json
from meals.api.shapes import drawn_cover
from orders.models import Kitchen, Order, OrderLine, Slot
from orders.pricing.shapes import CodeOutcome, Quote
from orders.selectors.timeline import Step, timeline_of
from orders.services.allergies import Concern
from orders.services.overview import CartView, LineView

Json = dict[str, Any]


def kitchen(row: Kitchen) -> Json:
    return {
        "id": row.public_id,
        "name": row.name,
        "time_zone": row.time_zone,
        "delivers": row.delivers,
        "offers_pickup": row.offers_pickup,
    }


def slot(row: Slot) -> Json:
    """`left` is null without limit."""
    return {
        "id": row.public_id,
        "fulfilment": row.fulfilment,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "closes_at": row.closes_at,
        "left": row.left,
        "available": row.left != 0,
    }


def totals(quote: Quote) -> Json:
    return {
        name: as_json(getattr(quote, name), quote.currency)
        for name in ("subtotal", "discount", "delivery", "tax", "total")
    }


def code(outcome: CodeOutcome, currency: str) -> Json:
    return {
        "code": outcome.code,
        "applied": outcome.is_applied,
        "saved": as_json(outcome.saved, currency),
        "reason": outcome.reason,
        "text": outcome.text,
        "missing": None if outcome.missing is None else as_json(outcome.missing, currency),
    }


def quote(priced: Quote) -> Json:
    """What it costs, and how that comes about."""
    return {
        "totals": totals(priced),
        "promo_codes": [code(outcome, priced.currency) for outcome in priced.codes],
        "steps": [{"label": str(label), "amount": as_json(amount, priced.currency)} for label, amount in priced.steps],
    }


def cart_line(line: LineView, currency: str) -> Json:
    meal = line.meal
    picture = meal.cover.picture if meal.cover else None
    return {
        "id": line.item.public_id,
        "meal": {"slug": meal.slug, "title": meal.title, "cover": picture or drawn_cover(meal.slug, meal.title)},
        "quantity": line.item.quantity,
        "unit_price": as_json(line.quoted.line.unit_price, currency),
        "discount": as_json(line.quoted.discount, currency),
        "total": as_json(line.quoted.total, currency),
        "problem": {"code": line.problem, "text": line.text, "left": line.left} if line.problem else None,
    }


def concern(each: Concern) -> Json:
    return {
        "meal": each.meal.slug,
        "allergen": each.allergen.value,
        "certain": each.is_certain,
        "text": each.text,
    }


def cart(view: CartView) -> Json:
    row = view.cart
    return {
        "id": row.public_id,
        "kitchen": kitchen(row.kitchen) if row.kitchen else None,
        "fulfilment": row.fulfilment,
        "slot": slot(row.slot) if row.slot else None,
        "address": row.address,
        "note": row.note,
        "items": [cart_line(line, view.quote.currency) for line in view.lines],
        **quote(view.quote),
        "allergy_concerns": [concern(each) for each in view.concerns],
        "orderable": view.is_orderable,
    }


def empty_cart() -> Json:
    """Of somebody who has put nothing in: nothing is written for it."""
    currency = settings.DEFAULT_CURRENCY
    zero = as_json(Decimal(0), currency)
    return {
        "id": None,
        "kitchen": None,
        "fulfilment": "delivery",
        "slot": None,
        "address": {},
        "note": "",
        "items": [],
        "totals": dict.fromkeys(("subtotal", "discount", "delivery", "tax", "total"), zero),
        "promo_codes": [],
        "steps": [],
        "allergy_concerns": [],
        "orderable": False,
    }


ORDER_COLUMNS = (
    "id",
    "number",
    "status",
    "is_test",
    "fulfilment",
    "kitchen__public_id",
    "kitchen__name",
    "slot_starts_at",
    "slot_ends_at",
    "total",
    "currency",
    "placed_at",
    "version",
)


def order_card(row: Mapping[str, Any]) -> Json:
    """One item of a list, from a row of ORDER_COLUMNS."""
    return {
        "number": row["number"],
        "status": row["status"],
        "test": row["is_test"],
        "fulfilment": row["fulfilment"],
        "kitchen": {"id": row["kitchen__public_id"], "name": row["kitchen__name"]},
        "starts_at": row["slot_starts_at"],
        "ends_at": row["slot_ends_at"],
        "total": as_json(row["total"], row["currency"]),
        "placed_at": row["placed_at"],
        "version": row["version"],
        "url": address_of(row["number"]),
    }


def address_of(number: str) -> str:
    return str(settings.SITE_URL) + reverse("v1:order", kwargs={"number": number})


def order(row: Order, viewer: Any, moves: list[str]) -> Json:
    """The whole order, from `selectors.orders.whole_orders`; `moves` are those the viewer could make now."""
    currency = row.currency
    return {
        "number": row.number,
        "status": row.status,
        "version": row.version,
        "test": row.is_test,
        "kitchen": {"id": row.kitchen.public_id, "name": row.kitchen.name},
        "customer": {"name": row.customer_name},
        "fulfilment": row.fulfilment,
        "starts_at": row.slot_starts_at,
        "ends_at": row.slot_ends_at,
        "address": row.address,
        "note": row.note,
        "placed_at": row.placed_at,
        "expires_at": row.expires_at if row.status == "pending_payment" else None,
        "timeline": [step(each) for each in timeline_of(row, viewer)],
        "lines": [line(each, currency) for each in row.lines.all()],
        "totals": {
            name: as_json(getattr(row, name), currency) for name in ("subtotal", "discount", "delivery", "tax", "total")
        },
        "promo_codes": [
            {"code": use.promo.code, "saved": as_json(use.amount, currency)} for use in row.redemptions.all()
        ],
        "moves": moves,
        "url": address_of(row.number),
    }


def step(each: Step) -> Json:
    return {
        "status": each.status.value,
        "label": each.label,
        "state": each.state,
        "at": each.at,
        "by": each.by,
        "reason": each.reason,
    }


def line(row: OrderLine, currency: str) -> Json:
    """As on the day of the order (REC-7)."""
    kept = row.snapshot
    return {
        "id": row.position,
        "meal": kept.get("slug", row.meal.slug) if row.meal else None,
        "class": kept.get("class"),
        "title": row.title,
        "cover": kept.get("cover") or (drawn_cover(row.meal.slug, row.title) if row.meal else None),
        "creator": kept.get("creator"),
        "nutrition": kept.get("nutrition", {}),
        "unit_price": as_json(row.unit_price, currency),
        "quantity": row.quantity,
        "discount": as_json(row.discount, currency),
        "tax": as_json(row.tax, currency),
        "total": as_json(row.total, currency),
        "refunded": as_json(row.refunded, currency),
        "refunded_quantity": row.refunded_quantity,
    }
