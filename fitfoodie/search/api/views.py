"""Saved searches in the API."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import numbered_page, page_body
from fitfoodie.common.api.reference import NUMBER_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import StrictSerializer
from fitfoodie.common.api.views import ApiView
from fitfoodie.search import saved
from fitfoodie.search.models import MAX_NAME, SavedSearch
from fitfoodie.search.views import own_search

_QUERY = {"q": ["gentle yoga"], "day": ["tue"], "part": ["evening"]}


class SavedSearchSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.CharField(help_text="What is searched: `classes` or `meals`.")
    name = serializers.CharField()
    query = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Filters by name, as in the address."
    )
    alerts = serializers.BooleanField(help_text="One mail a day when there is something new.")
    url = serializers.URLField(help_text="The page of the results.")
    last_looked_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()


class SavedSearchInputSerializer(StrictSerializer):
    kind = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=MAX_NAME, required=False, allow_blank=True, default="")
    query = serializers.DictField(child=serializers.ListField(child=serializers.CharField(max_length=200)))
    alerts = serializers.BooleanField(required=False, default=False)


class SavedSearchChangeSerializer(StrictSerializer):
    name = serializers.CharField(max_length=MAX_NAME, required=False)
    alerts = serializers.BooleanField(required=False)


def shape(search: SavedSearch) -> dict[str, Any]:
    return {
        "id": search.public_id,
        "kind": search.kind,
        "name": search.name,
        "query": search.query,
        "alerts": search.wants_alerts,
        "url": settings.SITE_URL + saved.page_of(search),
        "last_looked_at": search.last_looked_at,
        "created_at": search.created_at,
    }


class SavedSearchListView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="saved_searches_list",
        summary="My saved searches",
        parameters=NUMBER_PAGING,
        responses=page_of(SavedSearchSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        mine = SavedSearch.objects.filter(owner_id=request.user.pk).order_by("-created_at", "-pk")
        page = numbered_page(request, mine)
        return conditional(request, JsonAnswer(page_body(page, [shape(search) for search in page.results])))

    @extend_schema(
        operation_id="saved_searches_create",
        summary="Save a search",
        description="Saving the same filters again answers with the one that is there.",
        request=SavedSearchInputSerializer,
        responses={201: SavedSearchSerializer},
        examples=[
            OpenApiExample(
                "Yoga after work",
                value={"kind": "classes", "name": "Yoga after work", "query": _QUERY, "alerts": True},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = SavedSearchInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        search = saved.save_search(
            owner=request.user,
            kind=wanted["kind"],
            query=QueryDict(urlencode(wanted["query"], doseq=True)),
            name=wanted["name"],
            wants_alerts=wanted["alerts"],
            now=timezone.now(),
        )
        return JsonAnswer(shape(search), status=201)


class SavedSearchView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="saved_searches_read", summary="One saved search", responses=SavedSearchSerializer)
    def get(self, request: Request, search_id: str) -> HttpResponse:
        return conditional(request, JsonAnswer(shape(own_search(request.user, search_id))))

    @extend_schema(
        operation_id="saved_searches_edit",
        summary="Rename a saved search, or turn its alerts on or off",
        request=SavedSearchChangeSerializer,
        responses=SavedSearchSerializer,
        examples=[OpenApiExample("No more mails", value={"alerts": False}, request_only=True)],
    )
    def patch(self, request: Request, search_id: str) -> HttpResponse:
        search = own_search(request.user, search_id)
        given = SavedSearchChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        name, alerts = given.validated_data.get("name"), given.validated_data.get("alerts")
        saved.edit_search(search_id=search.pk, name=name, wants_alerts=alerts, now=timezone.now())
        search.refresh_from_db()
        return JsonAnswer(shape(search))

    @extend_schema(operation_id="saved_searches_delete", summary="Forget a saved search", responses={204: None})
    def delete(self, request: Request, search_id: str) -> HttpResponse:
        saved.delete_search(search_id=own_search(request.user, search_id).pk)
        return HttpResponse(status=204)
