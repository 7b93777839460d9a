"""Orders with all that their page, their document and their ticket show."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from orders import policy
from orders.models import Order, OrderMove, Redemption


def whole_orders(viewer: Any) -> "QuerySet[Order]":
    """Those the viewer may see, in a fixed number of queries however many lines and steps they have."""
    return (
        policy.orders_visible_to(viewer)
        .select_related("kitchen", "slot")
        .prefetch_related(
            "lines__meal",
            Prefetch("moves", OrderMove.objects.select_related("actor").order_by("pk")),
            Prefetch("redemptions", Redemption.objects.select_related("promo").order_by("pk")),
        )
    )
