"""What a creator has earned, and payouts of it. Never who bought (ANA-4)."""

from typing import Any, cast

from django.conf import settings
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
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from fitfoodie.common.money import as_json
from orders.api.earnings_serializers import (
    CommissionSerializer,
    PayoutInputSerializer,
    PayoutSerializer,
    StatementSerializer,
)
from orders.models import Commission, Payout
from orders.selectors.earnings import commissions_of, statement_lines, why
from orders.services.payouts import request_payout


def commission_json(row: Commission) -> dict[str, Any]:
    return {
        "order": row.order.number,
        "title": row.line.title,
        "via": row.via,
        "link": row.link.code if row.link else None,
        "promo_code": row.promo.code if row.promo else None,
        "base": as_json(row.base, row.currency),
        "rate": str(row.rate),
        "amount": as_json(row.amount, row.currency),
        "reversed": as_json(row.reversed, row.currency),
        "status": row.status,
        "reason": why(row, now=timezone.now()),
        "earned_at": row.earned_at,
        "payout": row.payout.public_id if row.payout else None,
    }


def payout_json(row: Payout) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "amount": as_json(row.amount, row.currency),
        "status": row.status,
        "reference": row.reference,
        "reason": row.reason,
        "requested_at": row.requested_at,
        "decided_at": row.decided_at,
    }


def statement_json(row: Payout) -> dict[str, Any]:
    lines = [
        {
            "at": line.at,
            "order": line.order,
            "text": line.text,
            "base": None if line.base is None else as_json(line.base, row.currency),
            "rate": None if line.rate is None else str(line.rate),
            "amount": as_json(line.amount, row.currency),
        }
        for line in statement_lines(row)
    ]
    return {**payout_json(row), "lines": lines}


class CommissionListView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="commissions_list",
        summary="What I have earned, line by line",
        description="The newest first. `reason` says in words why a line is not paid (yet). Buyers are never named.",
        parameters=CURSOR_PAGING,
        responses=page_of(CommissionSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        rows = commissions_of(cast("User", request.user))
        page = keyset_page(request, rows, Ordering("earned_at", is_descending=True), caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(commission_json, page.results))))


class PayoutListView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="payouts_list",
        summary="My payouts",
        description="The newest first.",
        parameters=CURSOR_PAGING,
        responses=page_of(PayoutSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        page = keyset_page(
            request, _payouts(request), Ordering("requested_at", is_descending=True), caller=request.user.pk
        )
        return conditional(request, JsonAnswer(page_body(page, map(payout_json, page.results))))

    @extend_schema(
        operation_id="payouts_request",
        summary="Ask for a payout",
        description="Of all that is approved. Needs a second factor (403 `mfa_required`) and the minimum amount "
        "(409 `below_minimum`).",
        request=PayoutInputSerializer,
        responses={201: StatementSerializer},
        examples=[OpenApiExample("Euros", value={"currency": "EUR"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = PayoutInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        currency = given.validated_data.get("currency", settings.DEFAULT_CURRENCY)
        payout = request_payout(creator=cast("User", request.user), currency=currency, now=timezone.now())
        response = JsonAnswer(statement_json(payout), status=201)
        response["Location"] = reverse("v1:payout", args=[payout.public_id])
        return response


class PayoutView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="payouts_read",
        summary="A payout with its statement",
        description="The amounts of the lines sum to that of the payout.",
        responses=StatementSerializer,
    )
    def get(self, request: Request, payout_id: str) -> HttpResponse:
        payout = _payouts(request).filter(public_id=payout_id).first()
        if payout is None:
            raise Http404
        return conditional(request, JsonAnswer(statement_json(payout)))


def _payouts(request: Request) -> QuerySet[Payout]:
    return Payout.objects.filter(creator_id=request.user.pk)
