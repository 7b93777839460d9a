"""Orders as rows of a table, one a line of an order."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from orders.models import Order

HEADER = (
    "number",
    "status",
    "placed_at",
    "kitchen",
    "fulfilment",
    "from",
    "customer",
    "meal",
    "quantity",
    "unit_price",
    "discount",
    "line_total",
    "order_total",
    "currency",
)


def rows_of(orders: "QuerySet[Order]", zone: str) -> Iterator[list[Any]]:
    """Read in portions of a few hundred orders, so that years of them fit."""
    where = ZoneInfo(zone)
    chosen = orders.select_related("kitchen").prefetch_related("lines").order_by("-placed_at", "-pk")
    for order in chosen.iterator(chunk_size=300):
        head = [
            order.number,
            order.status,
            order.placed_at.astimezone(where).strftime("%Y-%m-%d %H:%M"),
            order.kitchen.name,
            order.fulfilment,
            order.slot_starts_at.astimezone(where).strftime("%Y-%m-%d %H:%M"),
            order.customer_name,
        ]
        for line in order.lines.all():
            yield [
                *head,
                line.title,
                line.quantity,
                line.unit_price,
                line.discount,
                line.total,
                order.total,
                order.currency,
            ]
