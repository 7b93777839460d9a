"""A creator's own codes."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
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
from meals.models import Meal, Tag
from orders.api import promo_shapes
from orders.api.promo_serializers import (
    PromoCodeChangeSerializer,
    PromoCodeInputSerializer,
    PromoCodeSerializer,
    PromoCodeUsesSerializer,
)
from orders.models import PromoCode
from orders.pricing.content import CodeContent, CodeContentError
from orders.selectors.code_uses import uses_of
from orders.services import promo_codes

_NEWEST = Ordering("created_at", is_descending=True)
# As the API says it, and as the service does.
_NAMES = {"first_order_only": "is_first_order_only", "stackable": "is_stackable", "public": "is_public"}


class PromoCodeListView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="promo_codes_list",
        summary="My promo codes",
        description="The newest first.",
        parameters=CURSOR_PAGING,
        responses=page_of(PromoCodeSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        page = keyset_page(request, _mine(request), _NEWEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(promo_shapes.promo_code, page.results))))

    @extend_schema(
        operation_id="promo_codes_create",
        summary="Make a promo code",
        description=(
            "For creators with a verified address. It takes something off their own meals, and they pay for it. "
            "`percent` goes with the kind `percent`, `amount` with `fixed`, both quantities with `buy_x_get_y`."
        ),
        request=PromoCodeInputSerializer,
        responses={201: PromoCodeSerializer},
        examples=[
            OpenApiExample(
                "Ten per cent, a hundred times",
                value={"code": "AUTUMN10", "kind": "percent", "percent": "10", "limit": 100},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = PromoCodeInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actor = cast("User", request.user)
        content = CodeContent(**_as_content(given.validated_data, actor))
        promo = promo_codes.create_code(content=content, actor=actor, now=timezone.now())
        response = JsonAnswer(promo_shapes.promo_code(promo), status=201)
        response["Location"] = reverse("v1:promo-code", args=[promo.code])
        return response


class PromoCodeView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="promo_codes_read", summary="One of my promo codes", responses=PromoCodeSerializer)
    def get(self, request: Request, code: str) -> HttpResponse:
        return conditional(request, JsonAnswer(promo_shapes.promo_code(_own(request, code))))

    @extend_schema(
        operation_id="promo_codes_change",
        summary="Change, pause or resume a promo code",
        description="Limits and budget may not fall below what is used. The code, its kind and currency stay.",
        request=PromoCodeChangeSerializer,
        responses=PromoCodeSerializer,
        examples=[OpenApiExample("Pause", value={"active": False}, request_only=True)],
    )
    def patch(self, request: Request, code: str) -> HttpResponse:
        promo = _own(request, code)
        given = PromoCodeChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        _change(promo, dict(given.validated_data), cast("User", request.user))
        return JsonAnswer(promo_shapes.promo_code(_own(request, code)))


class PromoCodeUsesView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="promo_codes_uses",
        summary="How often a code was used, and what it cost",
        responses=PromoCodeUsesSerializer,
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        promo = _own(request, code)
        found = uses_of(promo, now=timezone.now())
        body = {
            "used": found.used,
            "given_back": found.given_back,
            "left": found.left,
            "saved": as_json(found.saved, promo.currency),
            "days": [
                {"day": day.day, "used": day.used, "saved": as_json(day.saved, promo.currency)} for day in found.days
            ],
        }
        return conditional(request, JsonAnswer(body))


def _mine(request: Request) -> "QuerySet[PromoCode]":
    return PromoCode.objects.filter(creator_id=request.user.pk).prefetch_related("meals", "tags")


def _own(request: Request, code: str) -> PromoCode:
    """Raises Http404 for somebody else's: strangers learn nothing (SEC-9)."""
    promo = _mine(request).filter(code__iexact=code).first()
    if promo is None:
        raise Http404
    return promo


@transaction.atomic
def _change(promo: PromoCode, given: dict[str, Any], actor: User) -> None:
    is_active = given.pop("active", None)
    act: dict[str, Any] = {"promo_id": promo.pk, "actor": actor, "now": timezone.now()}
    if given:
        promo_codes.update_code(changes=_as_content(given, actor), **act)
    if is_active is not None:
        verb = promo_codes.resume_code if is_active else promo_codes.pause_code
        verb(**act)


def _as_content(given: Mapping[str, Any], actor: User) -> dict[str, Any]:
    """By the names of CodeContent; meals and tags by their keys. Raises CodeContentError for those nobody knows."""
    content = {_NAMES.get(name, name): value for name, value in given.items() if name not in ("meals", "tags")}
    if "meals" in given:
        mine = Meal.objects.filter(creator_id=actor.pk, slug__in=given["meals"]).values_list("slug", "pk")
        content["meal_ids"] = _keys(dict(mine), given["meals"], "meals", _("Choose meals of your own."))
    if "tags" in given:
        tags = Tag.objects.filter(slug__in=given["tags"]).values_list("slug", "pk")
        content["tag_ids"] = _keys(dict(tags), given["tags"], "tags", _("Choose tags that exist."))
    return content


def _keys(found: Mapping[str, int], wanted: Iterable[str], name: str, message: str) -> frozenset[int]:
    if set(wanted) - set(found):
        raise CodeContentError({name: message})
    return frozenset(found.values())
