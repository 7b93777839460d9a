"""The caller's cart. A visitor's is kept by the `Cart-Token` it answers with, and merged when they sign in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from meals.api.lookup import meal_id
from orders.api import problems, shapes
from orders.api.serializers import (
    CartChangeSerializer,
    CartItemChangeSerializer,
    CartItemInputSerializer,
    CartSerializer,
)
from orders.api.visitors import HEADER, cart_of, cart_to_read, with_token
from orders.models import Cart
from orders.services import cart as carts
from orders.services.overview import look_at_cart

__all__ = ["CartItemView", "CartItemsView", "CartView", "problems"]

_TOKEN = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER, description="Of a visitor, as an earlier answer gave it in this header."
)


def cart_answer(request: Request, cart: Cart, *, status: int = 200) -> HttpResponse:
    """The cart as it is now, priced."""
    fresh = Cart.objects.select_related("kitchen", "slot").get(pk=cart.pk)
    view = look_at_cart(cart=fresh, person=request.user, now=timezone.now())
    return with_token(JsonAnswer(shapes.cart(view), status=status), request, fresh)


class CartView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cart_read",
        summary="My cart, priced",
        description="Lines that cannot be ordered any more stay in sight with their `problem`.",
        parameters=[_TOKEN],
        responses=CartSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        cart = cart_to_read(request, now=timezone.now())
        answer = JsonAnswer(shapes.empty_cart()) if cart is None else cart_answer(request, cart)
        return conditional(request, answer)

    @extend_schema(
        operation_id="cart_change",
        summary="Say how, when and where",
        description="What is left out stays. Another `fulfilment` needs another `slot`.",
        parameters=[_TOKEN],
        request=CartChangeSerializer,
        responses=CartSerializer,
        examples=[OpenApiExample("A note", value={"note": "Please ring twice."}, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        given = CartChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        cart = cart_of(request, now=now)
        carts.set_details(cart_id=cart.pk, now=now, changes=given.validated_data)
        return cart_answer(request, cart)


class CartItemsView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cart_items_add",
        summary="Put a meal in the cart",
        description="The same meal again adds up. A meal of another kitchen is a 409 `other_kitchen`.",
        parameters=[_TOKEN],
        request=CartItemInputSerializer,
        responses={201: CartSerializer},
        examples=[
            OpenApiExample("Two portions", value={"meal": "red-lentil-soup", "quantity": 2}, request_only=True),
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = CartItemInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        pk = meal_id(values["meal"], request.user)
        now = timezone.now()
        cart = cart_of(request, now=now)
        carts.add_to_cart(
            cart_id=cart.pk,
            meal_id=pk,
            quantity=values["quantity"],
            person=request.user,
            now=now,
            click=values["via"],
        )
        return cart_answer(request, cart, status=201)


class CartItemView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cart_items_change",
        summary="Set the portions of a line",
        parameters=[_TOKEN],
        request=CartItemChangeSerializer,
        responses=CartSerializer,
        examples=[OpenApiExample("Three portions", value={"quantity": 3}, request_only=True)],
    )
    def patch(self, request: Request, item_id: str) -> HttpResponse:
        cart = _cart(request)
        given = CartItemChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        carts.change_item(cart_id=cart.pk, item_id=item_id, **given.validated_data)
        return cart_answer(request, cart)

    @extend_schema(
        operation_id="cart_items_remove",
        summary="Take a line out",
        parameters=[_TOKEN],
        responses={204: None},
    )
    def delete(self, request: Request, item_id: str) -> HttpResponse:
        carts.remove_item(cart_id=_cart(request).pk, item_id=item_id)
        return HttpResponse(status=204)


def _cart(request: Request) -> Any:
    """Raises Http404: what is in no cart of one's own is not there."""
    cart = cart_to_read(request, now=timezone.now())
    if cart is None:
        raise Http404
    return cart
