"""Paying an order, giving money back, and the documents about it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import NOTHING, StrictSerializer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.money import as_json
from orders.api.money_serializers import (
    DocumentListSerializer,
    PaymentSerializer,
    RefundInputSerializer,
    RefundListSerializer,
    RefundSerializer,
)
from orders.api.views.orders import member, order_id
from orders.models import Invoice, Order, Payment, Refund
from orders.providers.base import NextStep
from orders.services import payments
from orders.services.refunds import refund_order


def payment_json(payment: Payment, step: NextStep) -> dict[str, Any]:
    return {
        "id": payment.public_id,
        "provider": payment.provider,
        "status": payment.status,
        "amount": as_json(payment.amount, payment.currency),
        "client_secret": step.client_secret or None,
        "publishable_key": step.publishable_key or None,
        "next_url": f"{settings.SITE_URL}{step.url}" if step.url else None,
        "return_url": payments.return_url(payment.order),
    }


def refund_json(refund: Refund) -> dict[str, Any]:
    currency = refund.payment.currency
    return {
        "id": refund.public_id,
        "status": refund.status,
        "amount": as_json(refund.amount, currency),
        "delivery": as_json(refund.delivery_amount, currency),
        "lines": [
            {"id": part.line.position, "quantity": part.quantity, "amount": as_json(part.amount, currency)}
            for part in refund.lines.all()
        ],
        "reason": refund.reason,
        "requested_at": refund.requested_at,
        "succeeded_at": refund.succeeded_at,
    }


class OrderPayView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_pay",
        summary="Pay an order",
        description=(
            "Starts the payment, or goes on with the one that is open. Pay with `client_secret` in the provider's "
            "form, or on the page at `next_url`; the order is `paid` when the provider's message has come. Only for "
            "who ordered. `not_payable` when the order does not wait for money."
        ),
        request=NOTHING,
        responses=PaymentSerializer,
        examples=[OpenApiExample("As ordered", value={}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, number: str) -> HttpResponse:
        pk = order_id(number, request.user)
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        payment = payments.start_payment(order_id=pk, actor=member(request), now=timezone.now())
        return JsonAnswer(payment_json(payment, payments.next_step(payment=payment)))


class OrderRefundsView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_refunds_list",
        summary="What was given back",
        description="The newest first; an order has few, so they come at once.",
        responses=RefundListSerializer,
    )
    def get(self, request: Request, number: str) -> HttpResponse:
        rows = _refunds().filter(payment__order_id=order_id(number, request.user)).order_by("-pk")
        return conditional(request, JsonAnswer({"refunds": [refund_json(row) for row in rows]}))

    @extend_schema(
        operation_id="orders_refund",
        summary="Give money back",
        description=(
            "For the kitchen and support. Portions come back at the price paid for them after discounts. The answer is "
            "`pending` until the provider has sent the money. Never more than was paid: `refund_too_large`."
        ),
        request=RefundInputSerializer,
        responses={201: RefundSerializer},
        examples=[
            OpenApiExample(
                "One portion",
                value={"lines": [{"id": 1, "quantity": 1}], "delivery": False, "reason": "It arrived cold."},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request, number: str) -> HttpResponse:
        pk = order_id(number, request.user)
        given = RefundInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        refund = refund_order(
            order_id=pk,
            lines=_by_key(pk, values.get("lines", [])),
            delivery=values["delivery"],
            actor=member(request),
            reason=values["reason"],
            now=timezone.now(),
        )
        return JsonAnswer(refund_json(_refunds().get(pk=refund.pk)), status=201)


class OrderInvoiceView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="orders_invoice",
        summary="Invoice and credit notes",
        description="The invoice first. 404 until the order is paid.",
        responses=DocumentListSerializer,
    )
    def get(self, request: Request, number: str) -> HttpResponse:
        names = ("number", "kind", "issued_at", "content", "digest")
        rows = Invoice.objects.filter(order_id=order_id(number, request.user)).order_by("issued_at", "pk")
        documents = list(rows.values(*names))
        if not documents:
            raise Http404
        return conditional(request, JsonAnswer({"documents": documents}))


def _refunds() -> Any:
    return Refund.objects.select_related("payment").prefetch_related("lines__line")


def _by_key(order_pk: int, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as the service knows them; one that the order does not have stays unknown there too."""
    keys = dict(Order.objects.get(pk=order_pk).lines.values_list("position", "pk"))
    return [{**line, "line": keys.get(line["id"], 0)} for line in lines]
