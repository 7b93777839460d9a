"""The paid links of a creator."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from orders.api.affiliate_serializers import LinkChangeSerializer, LinkInputSerializer, LinkSerializer
from orders.link_addresses import address_of, qr_of
from orders.models import AffiliateLink
from orders.services import links

_COLUMNS = ("id", "code", "label", "path", "utm", "is_active", "click_count", "created_at", "meal__slug")


def link_json(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "url": address_of(row["code"]),
        "label": row["label"],
        "meal": row["meal__slug"],
        "path": row["path"],
        "utm": row["utm"],
        "active": row["is_active"],
        "clicks": row["click_count"],
        "created_at": row["created_at"],
        # Whoever shows the address says beside it, in the same medium, that it is paid (AFF-12).
        "disclosure_required": True,
    }


class AffiliateLinkListView(FastListView):
    permission_classes = (IsAuthenticated,)
    ordering = Ordering("created_at", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        return cast(
            "QuerySet[Any, dict[str, Any]]", AffiliateLink.objects.filter(creator_id=request.user.pk).values(*_COLUMNS)
        )

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [link_json(row) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="affiliate_links_list",
        summary="My paid links",
        description="The newest first. Show “Paid link” beside each address wherever you show it.",
        parameters=CURSOR_PAGING,
        responses=page_of(LinkSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="affiliate_links_create",
        summary="Make a paid link",
        description="To a `meal` or to another `path` of this site. Without a `code` a short one is chosen.",
        request=LinkInputSerializer,
        responses={201: LinkSerializer},
        examples=[
            OpenApiExample("To all meals", value={"path": "/meals/", "label": "In my newsletter"}, request_only=True)
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = LinkInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        link = links.create_link(
            creator=cast("User", request.user),
            meal_slug=values.get("meal", ""),
            path=values.get("path", ""),
            code=values.get("code", ""),
            label=values.get("label", ""),
            utm=values.get("utm"),
            now=timezone.now(),
        )
        response = _answer(link.pk, status=201)
        response["Location"] = reverse("v1:affiliate-link", args=[link.code])
        return response


class AffiliateLinkView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="affiliate_links_read", summary="One of my paid links", responses=LinkSerializer)
    def get(self, request: Request, code: str) -> HttpResponse:
        return conditional(request, _answer(_own(request, code)))

    @extend_schema(
        operation_id="affiliate_links_change",
        summary="Change, pause or resume a paid link",
        description="`active: false` pauses it: visitors still arrive, nothing is attributed. Where it leads stays.",
        request=LinkChangeSerializer,
        responses=LinkSerializer,
        examples=[OpenApiExample("Pause", value={"active": False}, request_only=True)],
    )
    def patch(self, request: Request, code: str) -> HttpResponse:
        pk = _own(request, code)
        given = LinkChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        links.change_link(
            link_id=pk,
            actor=cast("User", request.user),
            label=values.get("label"),
            utm=values.get("utm"),
            is_active=values.get("active"),
        )
        return _answer(pk)


class AffiliateLinkQrView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="affiliate_links_qr",
        summary="The link as a QR code",
        description="A drawing (SVG). Print the words “Paid link” beside it.",
        responses={(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        link = AffiliateLink.objects.get(pk=_own(request, code))
        return HttpResponse(qr_of(link.code), content_type="image/svg+xml")


def _own(request: Request, code: str) -> int:
    """Raises Http404 for somebody else's: strangers learn nothing (SEC-9)."""
    found = AffiliateLink.objects.filter(code__iexact=code, creator_id=request.user.pk).values_list("pk", flat=True)
    pk = found.first()
    if pk is None:
        raise Http404
    return int(pk)


def _answer(pk: int, *, status: int = 200) -> HttpResponse:
    row = AffiliateLink.objects.values(*_COLUMNS).get(pk=pk)
    return JsonAnswer(link_json(row), status=status)
