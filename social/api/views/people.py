"""Lists of people, newest tie first. Cursors, no counts; whoever is not there for the caller is in none of them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from accounts.models import Profile
from accounts.selectors import find_person
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from social.api import shapes
from social.api.serializers import ConnectionSerializer, FollowPersonSerializer, PrivacySerializer
from social.api.views.relations import member
from social.selectors import people
from social.services.privacy import change_privacy

KINDS = ("friends", "received", "sent")


class _PeopleView(FastListView):
    """`side` is the path from the row to the person shown, `since` the column that says when."""

    ordering = Ordering("id", is_descending=True)
    side: ClassVar[str]
    since: ClassVar[str] = "accepted_at"

    def ties(self, request: Request) -> QuerySet[Any, Any]:
        raise NotImplementedError

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        rows: QuerySet[Any, dict[str, Any]] = self.ties(request).values(
            "id", self.since, *shapes.person_columns(self.side)
        )
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"person": shapes.person(row, self.side), "since": row[self.since]} for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk


class FollowersView(_PeopleView):
    permission_classes = (AllowAny,)
    side = "follower"

    def ties(self, request: Request) -> QuerySet[Any, Any]:
        person = find_person(self.kwargs["handle"], viewer=request.user)
        return people.followers_of(person, request.user)

    @extend_schema(
        operation_id="list_followers",
        summary="Who follows a person",
        description="404 on a private profile that has not let the caller in.",
        parameters=CURSOR_PAGING,
        responses=page_of(FollowPersonSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class FollowingView(_PeopleView):
    permission_classes = (AllowAny,)
    side = "followee"

    def ties(self, request: Request) -> QuerySet[Any, Any]:
        person = find_person(self.kwargs["handle"], viewer=request.user)
        return people.followees_of(person, request.user)

    @extend_schema(
        operation_id="list_following",
        summary="Whom a person follows",
        description="404 on a private profile that has not let the caller in.",
        parameters=CURSOR_PAGING,
        responses=page_of(FollowPersonSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class FollowRequestsView(_PeopleView):
    permission_classes = (IsAuthenticated,)
    side, since = "follower", "requested_at"

    def ties(self, request: Request) -> QuerySet[Any, Any]:
        return people.requests_to_follow(member(request))

    @extend_schema(
        operation_id="list_follow_requests",
        summary="Who asks to follow me",
        parameters=CURSOR_PAGING,
        responses=page_of(FollowPersonSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class BlockedView(_PeopleView):
    permission_classes = (IsAuthenticated,)
    side, since = "blocked", "blocked_at"

    def ties(self, request: Request) -> QuerySet[Any, Any]:
        return people.blocked_by(member(request))

    @extend_schema(
        operation_id="list_blocked",
        summary="Whom I blocked",
        parameters=CURSOR_PAGING,
        responses=page_of(FollowPersonSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class ConnectionsView(FastListView):
    permission_classes = (IsAuthenticated,)
    ordering = Ordering("id", is_descending=True)
    query_names = FastListView.query_names | {"kind"}

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        kind = request.GET.get("kind", "friends")
        if kind not in KINDS:
            raise ProblemError(invalid([FieldError("?kind", "unknown", f"One of: {', '.join(KINDS)}.")]))
        columns = (*shapes.CONNECTION_COLUMNS, *shapes.person_columns("low"), *shapes.person_columns("high"))
        rows: QuerySet[Any, dict[str, Any]] = people.connections_of(member(request), kind=kind).values(*columns)
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.connection(row, member(request)) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="list_connections",
        summary="My friends, and requests waiting",
        parameters=[
            query("kind", "Which of them.", {"type": "string", "enum": list(KINDS), "default": "friends"}),
            *CURSOR_PAGING,
        ],
        responses=page_of(ConnectionSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class PrivacyView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="read_privacy", summary="Whether my profile is private", responses=PrivacySerializer)
    def get(self, request: Request) -> HttpResponse:
        return self._answer(request)

    @extend_schema(
        operation_id="change_privacy",
        summary="Make my profile private or public",
        description="Private keeps its followers; public lets in everybody who asked.",
        request=PrivacySerializer,
        responses=PrivacySerializer,
        examples=[OpenApiExample("Let me be asked", value={"is_private": True}, request_only=True)],
    )
    def put(self, request: Request) -> HttpResponse:
        given = PrivacySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        change_privacy(person=member(request), now=timezone.now(), **given.validated_data)
        return self._answer(request)

    def _answer(self, request: Request) -> HttpResponse:
        is_private = Profile.objects.values_list("is_private", flat=True).get(user=member(request))
        return JsonAnswer({"is_private": is_private})
