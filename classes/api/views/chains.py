"""Chains and studios, as everybody may read them; and the staff of a chain for those who manage it."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from classes import rules
from classes.api.chain_serializers import (
    ChainSerializer,
    StaffListSerializer,
    StaffRequestSerializer,
    StudioSerializer,
)
from classes.enums import StaffRole
from classes.models import Chain, ChainStaff, Studio
from classes.services.staff import grant_staff, remove_staff
from classes.tenancy import chain_here
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from social.api import shapes

_CHAIN = ("id", "public_id", "slug", "name", "about", "colour", "currency", "time_zone")
_STUDIO = ("about", "street", "city", "country", "latitude", "longitude", "slug", "name")
_STAFF_EXAMPLE = OpenApiExample(
    "An instructor", value={"role": "instructor", "reason": "Teaches on Mondays."}, request_only=True
)


class ChainListView(FastListView):
    permission_classes = (AllowAny,)
    ordering = Ordering("name")

    @extend_schema(
        operation_id="list_chains",
        summary="Chains",
        description="By name. Under the domain of a chain it is that one alone.",
        parameters=CURSOR_PAGING,
        responses=page_of(ChainSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        rows: QuerySet[Any, dict[str, Any]] = _open_chains().values(*_CHAIN)
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [_chain(row) for row in rows]


class ChainView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="read_chain", summary="A chain", responses=ChainSerializer)
    def get(self, request: Request, slug: str) -> HttpResponse:
        row = _open_chains().filter(slug=slug).values(*_CHAIN).first()
        if row is None:
            raise Http404
        return conditional(request, JsonAnswer(_chain(row)))


class StudioListView(FastListView):
    permission_classes = (AllowAny,)
    ordering = Ordering("name")
    query_names = FastListView.query_names | {"chain"}

    @extend_schema(
        operation_id="list_studios",
        summary="Studios",
        description="Those that are open, by name.",
        parameters=[query("chain", "Slug of a chain: its studios alone."), *CURSOR_PAGING],
        responses=page_of(StudioSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        found = Studio.objects.open_to_all().filter(is_active=True)
        if "chain" in request.GET:
            found = found.filter(chain__slug=request.GET["chain"])
        rows: QuerySet[Any, dict[str, Any]] = found.values("id", "public_id", "time_zone", "chain__slug", *_STUDIO)
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [_studio(row) for row in rows]


class ChainStaffView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="list_chain_staff",
        summary="Who works for a chain",
        description="For those who manage the whole chain; for others there is none.",
        responses=StaffListSerializer,
    )
    def get(self, request: Request, chain_id: str) -> HttpResponse:
        return JsonAnswer(_staff_body(_managed(request, chain_id)))


class ChainStaffMemberView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="grant_chain_role",
        summary="Give somebody a role",
        description="Counts on their next request. A role held already stays. Never above one's own rank.",
        request=StaffRequestSerializer,
        responses=StaffListSerializer,
        examples=[_STAFF_EXAMPLE],
    )
    def put(self, request: Request, chain_id: str, handle: str) -> HttpResponse:
        chain, given = _managed(request, chain_id), _asked(request)
        grant_staff(
            actor=_member(request),
            chain_id=chain.pk,
            user=find_person(handle, viewer=request.user),
            role=StaffRole(given["role"]),
            studio_id=_studio_id(chain, given),
            reason=given["reason"],
            now=timezone.now(),
        )
        return JsonAnswer(_staff_body(chain))

    @extend_schema(
        operation_id="remove_chain_role",
        summary="Take a role from somebody",
        description="Role, studio and reason come in the body, as for PUT. The last owner stays.",
        request={"application/json": StaffRequestSerializer},
        responses={200: StaffListSerializer},
        examples=[_STAFF_EXAMPLE],
    )
    def delete(self, request: Request, chain_id: str, handle: str) -> HttpResponse:
        chain, given = _managed(request, chain_id), _asked(request)
        held = ChainStaff.objects.in_chain(chain).filter(
            user__handle=handle.lower(), role=given["role"], is_active=True
        )
        row = held.filter(studio=_studio_id(chain, given)).first()
        if row is None:
            raise Http404
        remove_staff(actor=_member(request), staff_id=row.pk, reason=given["reason"], now=timezone.now())
        return JsonAnswer(_staff_body(chain))


def _open_chains() -> QuerySet[Chain]:
    found, only = Chain.objects.filter(is_active=True), chain_here()
    return found if only is None else found.filter(pk=only)


def _chain(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in ("slug", "name", "about", "colour", "currency")}
    return {"id": row["public_id"], **shown, "timezone": row["time_zone"]}


def _studio(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in _STUDIO}
    return {"id": row["public_id"], **shown, "chain": row["chain__slug"], "timezone": row["time_zone"]}


def _managed(request: Request, public_id: str) -> Chain:
    """Raises Http404 for whoever does not manage it: a chain's inside is not even known of."""
    chain = Chain.objects.filter(public_id=public_id).first()
    if chain is None or not rules.may_manage_chain(request.user, chain):
        raise Http404
    return chain


def _member(request: Request) -> User:
    return cast("User", request.user)


def _asked(request: Request) -> dict[str, Any]:
    given = StaffRequestSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _studio_id(chain: Chain, given: dict[str, Any]) -> int | None:
    """Raises Http404 for a studio of another chain."""
    if not given.get("studio"):
        return None
    found = Studio.objects.in_chain(chain).filter(public_id=given["studio"]).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


def _staff_body(chain: Chain) -> dict[str, Any]:
    rows = ChainStaff.objects.in_chain(chain).filter(is_active=True, user__is_active=True)
    columns = ("role", "since", "studio__public_id", *shapes.person_columns("user"))
    return {
        "staff": [
            {
                "person": shapes.person(row, "user"),
                "role": row["role"],
                "studio": row["studio__public_id"],
                "since": row["since"],
            }
            for row in rows.order_by("user__name", "user_id", "id").values(*columns)
        ]
    }
