"""When a kitchen hands over, and, for those who work there, what it has to cook."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.pagination import Ordering, numbered_page, page_body
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, NUMBER_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from orders import policy
from orders.api import shapes
from orders.api.serializers import OrderCardSerializer, SlotSerializer
from orders.enums import Fulfilment, OrderStatus
from orders.models import Kitchen, Order
from orders.selectors.slots import open_slots


def _choice(request: Request, name: str, known: list[str]) -> str:
    """Raises 400 naming the parameter."""
    value = request.GET.get(name, "")
    if value and value not in known:
        raise ProblemError(invalid([FieldError(f"?{name}", "invalid_choice", f"Known: {', '.join(known)}.")]))
    return value


class KitchenSlotsView(ApiView):
    permission_classes = (AllowAny,)
    query_names = frozenset({"fulfilment", "page", "page_size"})

    @extend_schema(
        operation_id="kitchens_slots",
        summary="When one can have it",
        description="The slots that may still be chosen, the next first.",
        parameters=[
            query("fulfilment", "Only of this kind.", {"type": "string", "enum": Fulfilment.values}),
            *NUMBER_PAGING,
        ],
        responses=page_of(SlotSerializer),
    )
    def get(self, request: Request, kitchen_id: str) -> HttpResponse:
        kitchen = Kitchen.objects.filter(public_id=kitchen_id, is_active=True).first()
        if kitchen is None:
            raise Http404
        fulfilment = _choice(request, "fulfilment", Fulfilment.values)
        page = numbered_page(request, open_slots(kitchen, now=timezone.now(), fulfilment=fulfilment))
        return conditional(request, JsonAnswer(page_body(page, map(shapes.slot, page.results))))


class KitchenOrdersView(FastListView):
    """Its own people and support; to everybody else the kitchen has no such list."""

    permission_classes = (IsAuthenticated,)
    ordering = Ordering("slot_starts_at")
    query_names = FastListView.query_names | {"status"}

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        kitchen = policy.kitchens_of(request.user).filter(public_id=self.kwargs["kitchen_id"]).first()
        if kitchen is None:
            raise Http404
        orders = Order.objects.filter(kitchen=kitchen)
        status = _choice(request, "status", OrderStatus.values)
        if status:
            orders = orders.filter(status=status)
        return cast("QuerySet[Any, dict[str, Any]]", orders.values(*shapes.ORDER_COLUMNS))

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.order_card(row) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="kitchens_orders",
        summary="The orders of a kitchen",
        description="For those who work there and support. The next to be handed over first.",
        parameters=[
            query("status", "Only of this status.", {"type": "string", "enum": OrderStatus.values}),
            *CURSOR_PAGING,
        ],
        responses=page_of(OrderCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)
