"""Codes typed into the caller's cart."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import problem_of
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.problems import FieldError, Problem, register_problem
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.money import as_json
from orders.api.promo_serializers import TypedCodeSerializer
from orders.api.serializers import CartSerializer
from orders.api.views.cart import cart_answer
from orders.api.visitors import cart_of
from orders.promo_errors import CodeRefusedError
from orders.services.quoting import apply_code, remove_code

for _code, _title, _remedy in (
    ("code_refused", "This code cannot be used", "Sign in to hear why."),
    ("unknown_code", "There is no such code", "Check the spelling."),
    ("inactive", "The code is not in use", "Leave it out."),
    ("not_yet", "The code cannot be used yet", "`detail` says from when."),
    ("expired", "The code has ended", "Leave it out."),
    ("used_up", "The code has been used as often as it may be", "Take it out of the cart."),
    ("already_used", "The customer has used the code already", "Take it out of the cart."),
    ("first_order_only", "The code is for a first order", "Take it out of the cart."),
    ("budget_spent", "Too little is left of the code", "Read the cart again, then decide."),
    ("minimum_not_met", "The minimum of the code is not met", "Add `missing`, where it is given."),
    ("not_for_these_items", "The code is not for these meals", "Add a meal it is for."),
    ("other_currency", "The code is in another currency", "Leave it out."),
    ("no_delivery_to_waive", "There is no delivery to pay", "Leave it out."),
    ("too_many_codes", "The cart holds as many codes as it may", "Take one out first."),
):
    register_problem(_code, 409, _title, _remedy)


@problem_of.register
def _(error: CodeRefusedError) -> Problem:
    """`promo_code` says which one, for an order that holds several; `missing` how much is missing (ORD-8)."""
    extra: dict[str, object] = {"promo_code": error.typed}
    if error.missing is not None:
        extra["missing"] = as_json(error.missing, error.currency)
    return Problem(error.status, error.code, error.message, [FieldError("/code", error.code, error.message)], extra)


class CartCodesView(ApiView):
    permission_classes = (AllowAny,)
    throttle_scope = {"POST": "promo_code", "default": "write"}

    @extend_schema(
        operation_id="cart_codes_apply",
        summary="Put a promo code into the cart",
        description=(
            "Nothing is used up until the order is placed. Codes stack: what each saves, or why it does not, stands in "
            "`promo_codes` of the cart. A code that cannot be used is a 409 whose `code` is the reason; a caller who "
            "is not signed in gets `code_refused` for each of them."
        ),
        request=TypedCodeSerializer,
        responses=CartSerializer,
        examples=[OpenApiExample("As somebody types it", value={"code": "spring10"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = TypedCodeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        cart = cart_of(request, now=now)
        apply_code(cart=cart, code=given.validated_data["code"], customer=request.user, now=now)
        return cart_answer(request, cart)

    @extend_schema(
        operation_id="cart_codes_clear",
        summary="Take all promo codes out of the cart",
        responses={200: CartSerializer},
    )
    def delete(self, request: Request) -> HttpResponse:
        now = timezone.now()
        cart = cart_of(request, now=now)
        for code in cart.typed_codes.values_list("promo__code", flat=True):
            remove_code(cart=cart, code=code, customer=request.user, now=now)
        return cart_answer(request, cart)


class CartCodeView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="cart_codes_remove",
        summary="Take a promo code out of the cart",
        description="One that is not there changes nothing.",
        responses={200: CartSerializer},
    )
    def delete(self, request: Request, code: str) -> HttpResponse:
        now = timezone.now()
        cart = cart_of(request, now=now)
        remove_code(cart=cart, code=code, customer=request.user, now=now)
        return cart_answer(request, cart)
