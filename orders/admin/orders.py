from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders.enums import OrderStatus
from orders.models import Order, OrderLine, OrderMove
from orders.services.moves import move_order


def _to(status: OrderStatus) -> Callable[[Order, Any, str, datetime], object]:
    def move(order: Order, actor: Any, reason: str, now: datetime) -> object:
        return move_order(order_id=order.pk, to=status, actor=actor, reason=reason, now=now)

    return move


class _Rows(TabularInline):
    extra = 0
    can_delete = False
    tab = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LineRows(_Rows):
    model = OrderLine
    fields = ["position", "title", "quantity", "unit_price", "discount", "tax", "total", "refunded"]
    readonly_fields = fields


class MoveRows(_Rows):
    model = OrderMove
    fields = ["moved_at", "from_status", "to_status", "actor", "reason"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("actor")


@admin.register(Order)
class OrderAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["number", "customer_name", "kitchen", "status", "fulfilment", "slot_starts_at", "sum", "placed_at"]
    list_filter = ["status", "fulfilment", "is_test", "kitchen"]
    list_select_related = ["kitchen"]
    search_fields = ["=number", "customer_email__iexact", "customer_name", "customer__handle"]
    search_help_text = _("Number, mail, name")
    date_hierarchy = "placed_at"
    ordering = ["-id"]
    inlines = [LineRows, MoveRows]
    fields = [
        ("number", "status", "is_test"),
        ("customer", "customer_name", "customer_email"),
        ("kitchen", "fulfilment", "slot_starts_at", "slot_ends_at"),
        ("address", "note"),
        ("subtotal", "discount", "delivery", "tax", "total", "currency"),
        ("placed_at", "expires_at", "paid_at", "accepted_at", "completed_at", "released_at"),
    ]
    actions = [
        reasoned_action("accept", _("Accept with a reason"), _to(OrderStatus.ACCEPTED)),
        reasoned_action("prepare", _("Being prepared, with a reason"), _to(OrderStatus.PREPARING)),
        reasoned_action("ready", _("Ready, with a reason"), _to(OrderStatus.READY)),
        reasoned_action("dispatch", _("On the way, with a reason"), _to(OrderStatus.OUT_FOR_DELIVERY)),
        reasoned_action("hand_over", _("Picked up, with a reason"), _to(OrderStatus.PICKED_UP)),
        reasoned_action("complete", _("Complete with a reason"), _to(OrderStatus.COMPLETED)),
        reasoned_action("reject", _("Reject with a reason"), _to(OrderStatus.REJECTED)),
        reasoned_action("cancel", _("Cancel with a reason"), _to(OrderStatus.CANCELLED)),
    ]

    @display(description=_("total"), ordering="total")
    def sum(self, order: Order) -> str:
        return f"{order.total} {order.currency}"
