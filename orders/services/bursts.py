"""Orders that come faster than people order: their commissions wait for somebody to look (AFF-6)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings

from orders.models import Commission, Order, Payment


def bursting_links(*, link_ids: Collection[int], now: datetime) -> set[int]:
    """Links through which more orders were paid in the time than the settings allow, this one included."""
    since = now - timedelta(minutes=settings.AFFILIATE_BURST_MINUTES)
    recent = Commission.objects.filter(link_id__in=link_ids, earned_at__gt=since, earned_at__lte=now)
    orders: dict[int, set[int]] = {}
    for link_id, order_id in recent.values_list("link_id", "order_id").distinct():
        orders.setdefault(int(link_id or 0), set()).add(order_id)
    return {link_id for link_id, found in orders.items() if len(found) >= settings.AFFILIATE_BURST_ORDERS}


def is_same_buyer_again(*, order: Order, visitors: Collection[str], now: datetime) -> bool:
    """Whether one browser, or one means of payment, has paid more attributed orders in the time than is allowed."""
    since = now - timedelta(minutes=settings.AFFILIATE_BURST_MINUTES)
    recent = Commission.objects.filter(earned_at__gt=since, earned_at__lte=now).exclude(order=order)
    seen = recent.filter(click__visitor__in=[visitor for visitor in visitors if visitor])
    prints = list(order.payments.exclude(fingerprint="").values_list("fingerprint", flat=True))
    again = Payment.objects.filter(fingerprint__in=prints, order__in=recent.values("order_id"))
    orders = {*seen.values_list("order_id", flat=True), *again.values_list("order_id", flat=True)}
    return len(orders) >= int(settings.AFFILIATE_BURST_SAME_BUYER)
