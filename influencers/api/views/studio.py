"""A creator's collections, and one change to many things."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import numbered_page, page_body
from fitfoodie.common.api.reference import NUMBER_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from influencers.api import creator_shapes as shapes
from influencers.api.creator_serializers import (
    BulkSerializer,
    CollectionChangesSerializer,
    CollectionInputSerializer,
    CollectionSerializer,
    OutcomesSerializer,
)
from influencers.api.lookup import member
from influencers.models import Collection
from influencers.services.bulk import Target, change_many
from influencers.services.collections import change_collection, create_collection, delete_collection


class MyCollectionsView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="influencers_collections_list",
        summary="My collections",
        parameters=NUMBER_PAGING,
        responses=page_of(CollectionSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        own = Collection.objects.editable_by(member(request)).order_by("position", "pk")
        page = numbered_page(request, own.prefetch_related("items__meal"))
        return JsonAnswer(page_body(page, [shapes.collection(row, row.items.all()) for row in page.results]))

    @extend_schema(
        operation_id="influencers_collections_create",
        summary="Make a collection",
        request=CollectionInputSerializer,
        responses={201: CollectionSerializer},
        examples=[OpenApiExample("Soups", value={"title": "Soups", "meals": ["mine"]}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = CollectionInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = create_collection(user=member(request), now=timezone.now(), **given.validated_data)
        return _answer(made.pk, status=201)


class MyCollectionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="influencers_collections_change",
        summary="Change a collection",
        description="`meals` replaces those that are in it, in this order.",
        request=CollectionChangesSerializer,
        responses=CollectionSerializer,
        examples=[OpenApiExample("Only for me", value={"is_public": False}, request_only=True)],
    )
    def patch(self, request: Request, slug: str) -> HttpResponse:
        given = CollectionChangesSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        pk = _own(request, slug)
        change_collection(collection_id=pk, user=member(request), changes=given.validated_data, now=timezone.now())
        return _answer(pk)

    @extend_schema(
        operation_id="influencers_collections_delete",
        summary="Delete a collection",
        description="Its meals stay.",
        responses={204: None},
    )
    def delete(self, request: Request, slug: str) -> HttpResponse:
        delete_collection(collection_id=_own(request, slug), user=member(request), now=timezone.now())
        return HttpResponse(status=204)


class BulkView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="influencers_bulk",
        summary="One change to many things",
        description="Each is changed by itself: what cannot be changed says why and holds nothing up.",
        request=BulkSerializer,
        responses=OutcomesSerializer,
        examples=[
            OpenApiExample(
                "Archive two",
                value={"action": "archive", "items": [{"kind": "meal", "id": "mine"}, {"kind": "post", "id": "x"}]},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = BulkSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        outcomes = change_many(
            user=member(request),
            action=data["action"],
            targets=[Target(item["kind"], item["id"]) for item in data["items"]],
            value=data.get("scheduled_for" if data["action"] == "schedule" else "value"),
            now=timezone.now(),
        )
        return JsonAnswer({"outcomes": [shapes.outcome(each) for each in outcomes]})


def _own(request: Request, slug: str) -> int:
    found = Collection.objects.editable_by(member(request)).filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise Http404
    return int(found)


def _answer(pk: int, *, status: int = 200) -> HttpResponse:
    row = Collection.objects.prefetch_related("items__meal").get(pk=pk)
    return JsonAnswer(shapes.collection(row, row.items.all()), status=status)
