"""What a person was told."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from fitfoodie.notifications.api.serializers import NotificationSerializer, ReadSerializer, UnreadSerializer
from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.selectors.messages import Line, lines_of, unread_count
from fitfoodie.notifications.services.read import mark_all_read, mark_read


class NotificationListView(FastListView):
    permission_classes = (IsAuthenticated,)
    ordering = Ordering("created_at", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        rows: Any = Notification.objects.filter(user=cast("User", request.user)).values("id", "created_at")
        return cast("QuerySet[Any, dict[str, Any]]", rows)

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        ids = [row["id"] for row in rows]
        found = Notification.objects.select_related("event").in_bulk(ids)
        return [_shape(line) for line in lines_of([found[pk] for pk in ids if pk in found], request.user)]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="notifications_list",
        summary="What I was told",
        description="The newest first. What one may not see any more is told in neutral words.",
        parameters=CURSOR_PAGING,
        responses=page_of(NotificationSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class NotificationReadView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="notifications_read",
        summary="Mark as read",
        request=ReadSerializer,
        responses={200: UnreadSerializer},
        examples=[OpenApiExample("All of the list", value={"before": "2026-06-15T08:00:00Z"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = ReadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user, now = cast("User", request.user), timezone.now()
        if "ids" in given.validated_data:
            mark_read(user=user, ids=given.validated_data["ids"], now=now)
        else:
            mark_all_read(user=user, before=given.validated_data["before"], now=now)
        return JsonAnswer({"unread": unread_count(user)})


def _shape(line: Line) -> dict[str, Any]:
    return {
        "id": line.note.public_id,
        "kind": line.note.kind,
        "text": line.message.text,
        "detail": line.message.detail,
        "why": str(line.kind.why) if line.kind else "",
        "url": line.message.address,
        "created_at": line.note.created_at,
        "read_at": line.note.read_at,
    }
