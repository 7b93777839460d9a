"""The directory, one creator, and one's own page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from influencers import rules
from influencers.api import creator_shapes as shapes
from influencers.api.creator_serializers import CreatorCardSerializer, CreatorSerializer, PageChangesSerializer
from influencers.api.lookup import member
from influencers.models import CreatorPage
from influencers.selectors.creators import page_of as stored_page
from influencers.selectors.creators import shown_collections
from influencers.services.page import require_editor, update_page

_MOVED = "A handle of the past: that of now is in `Location`."


class CreatorListView(FastListView):
    permission_classes = (AllowAny,)
    query_names = FastListView.query_names | {"q"}
    ordering = Ordering("standing", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        words = request.GET.get("q", "")[:80]
        found = CreatorPage.objects.there_for(request.user).named(words)
        rows: QuerySet[Any, dict[str, Any]] = found.values(*shapes.CARD_COLUMNS)
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.card(row) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="influencers_list",
        summary="Creators",
        description="The verified first, then by followers.",
        parameters=[query("q", "Part of a name or handle."), *CURSOR_PAGING],
        responses=page_of(CreatorCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class CreatorView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="influencers_read",
        summary="One creator",
        responses={200: CreatorSerializer, 301: OpenApiResponse(description=_MOVED)},
    )
    def get(self, request: Request, handle: str) -> HttpResponse:
        person = find_person(handle, viewer=request.user)
        if not rules.is_creator(person):
            raise Http404
        if person.handle != handle:
            answer = JsonAnswer({"handle": person.handle}, status=301)
            answer["Location"] = reverse("v1:influencer", kwargs={"handle": person.handle})
            return answer
        return conditional(request, JsonAnswer(creator_body(person, request.user)))


class MyPageView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="influencers_me_read", summary="My creator page", responses=CreatorSerializer)
    def get(self, request: Request) -> HttpResponse:
        person = _own(request)
        require_editor(person)
        return conditional(request, JsonAnswer(creator_body(person, person)))

    @extend_schema(
        operation_id="influencers_me_change",
        summary="Change my creator page",
        description="All of it or none of it; followers are told.",
        request=PageChangesSerializer,
        responses=CreatorSerializer,
        examples=[OpenApiExample("A headline", value={"headline": "Lentils, daily."}, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        given = PageChangesSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        update_page(user=member(request), changes=given.validated_data, now=timezone.now())
        person = _own(request)
        return JsonAnswer(creator_body(person, person))


def creator_body(person: User, viewer: Any) -> dict[str, Any]:
    return shapes.creator(person, stored_page(person), shown_collections(person, viewer), viewer)


def _own(request: Request) -> User:
    return User.objects.select_related("profile__photo", "preferences").get(pk=member(request).pk)
