"""Placing orders, watching them, moving them."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import NOTHING, StrictSerializer
from fitfoodie.common.api.views import ApiView, FastListView
from fitfoodie.common.errors import ConflictError
from orders import policy
from orders.api import shapes
from orders.api.serializers import (
    CancelSerializer,
    MoveSerializer,
    OrderCardSerializer,
    OrderInputSerializer,
    OrderSerializer,
    ReorderedSerializer,
)
from orders.api.visitors import cart_to_read
from orders.enums import OrderStatus
from orders.models import Cart, Order
from orders.selectors.orders import whole_orders
from orders.services import moves
from orders.services.overview import look_at_cart
from orders.services.placing import place_order
from orders.services.reorder import reorder


def member(request: Request) -> User:
    return cast("User", request.user)


def order_id(number: str, viewer: Any) -> int:
    """Raises Http404 for orders that are not the viewer's to see (ORD-16)."""
    found = policy.orders_visible_to(viewer).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


def order_answer(pk: int, request: Request, *, status: int = 200) -> HttpResponse:
    order = whole_orders(request.user).get(pk=pk)
    legal = moves.moves_open_to(order, member(request))
    response = JsonAnswer(shapes.order(order, request.user, legal), status=status)
    response["Location"] = reverse("v1:order", kwargs={"number": order.number})
    return response


class OrderListView(FastListView):
    permission_classes = (IsAuthenticated,)
    ordering = Ordering("placed_at", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        orders: Any = Order.objects.filter(customer_id=request.user.pk).values(*shapes.ORDER_COLUMNS)
        return cast("QuerySet[Any, dict[str, Any]]", orders)

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.order_card(row) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="orders_list",
        summary="My orders",
        description="The newest first.",
        parameters=CURSOR_PAGING,
        responses=page_of(OrderCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="orders_place",
        summary="Order what is in the cart",
        description=(
            "Prices are computed anew; a price you send is only compared. 201 is a new order; a `cart` that was "
            "ordered already answers 200 with its order. Refusals: `insufficient_stock` and `unavailable` name the "
            "line, `price_changed` brings the new quote, `allergy_unconfirmed` the concerns."
        ),
        request=OrderInputSerializer,
        responses={200: OrderSerializer, 201: OrderSerializer},
        examples=[OpenApiExample("As the cart has it", value={"note": "Please ring twice."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = OrderInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        now = timezone.now()
        order = place_order(
            cart_id=_cart_id(request, values.get("cart")),
            customer=member(request),
            now=now,
            delivery=values.get("delivery"),
            note=values.get("note"),
            confirmed_allergens=values.get("confirmed_allergens", ()),
            seen_total=values.get("total"),
        )
        return order_answer(order.pk, request, status=201 if order.placed_at == now else 200)


def _cart_id(request: Request, public_id: str | None) -> int:
    """The cart named, among one's own whatever became of it; else the open one. Raises Http404, ConflictError."""
    if public_id is None:
        cart = cart_to_read(request, now=timezone.now())
        if cart is None:
            raise ConflictError("Your cart is empty.", code="cart_empty")
        return cart.pk
    found = Cart.objects.filter(owner_id=request.user.pk, public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


class OrderView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_read",
        summary="One order, with where it is",
        description="For its customer, its kitchen and support; 404 for everybody else. `moves` are yours to make.",
        responses=OrderSerializer,
    )
    def get(self, request: Request, number: str) -> HttpResponse:
        return conditional(request, order_answer(order_id(number, request.user), request))


class OrderCancelView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_cancel",
        summary="Cancel an order",
        description="Customers until the kitchen accepts, without a reason; kitchens and support with one.",
        request=CancelSerializer,
        responses=OrderSerializer,
        examples=[OpenApiExample("Something came up", value={"reason": "Ordered by mistake."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, number: str) -> HttpResponse:
        pk = order_id(number, request.user)
        given = CancelSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        moves.move_order(
            order_id=pk,
            to=OrderStatus.CANCELLED,
            actor=member(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return order_answer(pk, request)


class OrderTransitionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_transition",
        summary="Move an order on",
        description="For its kitchen and support. A move that is not possible now is a 409 with the `legal` ones.",
        request=MoveSerializer,
        responses=OrderSerializer,
        examples=[OpenApiExample("Take it on", value={"to": "accepted"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, number: str) -> HttpResponse:
        pk = order_id(number, request.user)
        given = MoveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        moves.move_order(
            order_id=pk,
            to=OrderStatus(values["to"]),
            actor=member(request),
            now=timezone.now(),
            reason=values["reason"],
            version=values.get("version"),
        )
        return order_answer(pk, request)


class OrderReorderView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_reorder",
        summary="Put the same in the cart again",
        description="At the prices of today. `missing` names what is not to be had any more.",
        request=NOTHING,
        responses=ReorderedSerializer,
        examples=[OpenApiExample("All of it", value={}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, number: str) -> HttpResponse:
        pk = order_id(number, request.user)
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        found = reorder(order_id=pk, customer=member(request), now=timezone.now())
        cart = Cart.objects.select_related("kitchen", "slot").get(pk=found.cart.pk)
        view = look_at_cart(cart=cart, person=request.user, now=timezone.now())
        missing = [{"title": title, "reason": reason} for title, reason in found.missing]
        return JsonAnswer({"added": found.added, "missing": missing, "cart": shapes.cart(view)})
