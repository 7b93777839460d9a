"""The feed of the caller, and what they do not want in it."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.pagination import (
    Position,
    decode_cursor,
    encode_cursor,
    link_with,
    page_size,
)
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from social import feed_sources
from social.api import shapes
from social.api.feed_serializers import FeedLineSerializer, FeedMutesSerializer
from social.selectors import feed
from social.services.feed import mute_kind, unmute_kind

FOLLOWING, FOR_YOU = "following", "for-you"


class FeedView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"kind", *PAGING_NAMES})

    @extend_schema(
        operation_id="read_feed",
        summary="My feed",
        description=(
            "`following`: what the people I follow did, newest first. `for-you`: ranked, chosen from everybody. "
            "Each line says why it is there. New lines do not move what is already paged through."
        ),
        parameters=[
            OpenApiParameter("kind", str, enum=[FOLLOWING, FOR_YOU], default=FOLLOWING),
            *CURSOR_PAGING,
        ],
        responses=page_of(FeedLineSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        kind = request.GET.get("kind", FOLLOWING)
        if kind not in (FOLLOWING, FOR_YOU):
            problem = FieldError("?kind", "invalid_choice", f"Choose {FOLLOWING} or {FOR_YOU}.")
            raise ProblemError(invalid([problem]))
        position = _position(request, kind)
        lines, following = (_following if kind == FOLLOWING else _for_you)(request, position)
        link = link_with(request, cursor=encode_cursor(following, binding(_me(request), kind))) if following else None
        return JsonAnswer({"results": [_shape(line) for line in lines], "next": link, "previous": None})


class FeedMutesView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="read_feed_mutes", summary="What I do not want in my feed", responses=FeedMutesSerializer
    )
    def get(self, request: Request) -> HttpResponse:
        return _mutes(request)


class FeedMuteView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="mute_feed_kind",
        summary="Hide one kind",
        request=None,
        responses=FeedMutesSerializer,
        examples=[
            OpenApiExample(
                "Without what people cooked",
                value={"muted": ["cooked"], "kinds": [{"kind": "cooked", "label": "What people cooked"}]},
                response_only=True,
            )
        ],
    )
    def put(self, request: Request, kind: str) -> HttpResponse:
        mute_kind(person=_me(request), kind=kind, now=timezone.now())
        return _mutes(request)

    @extend_schema(operation_id="unmute_feed_kind", summary="Show it again", responses={200: FeedMutesSerializer})
    def delete(self, request: Request, kind: str) -> HttpResponse:
        unmute_kind(person=_me(request), kind=kind)
        return _mutes(request)


def binding(person: User, kind: str) -> str:
    """What a cursor of this feed is good for."""
    return f"social.feed:{person.pk}:{kind}"


def _me(request: Request) -> User:
    return cast("User", request.user)


def _position(request: Request, kind: str) -> Position | None:
    cursor = request.GET.get("cursor")
    return None if cursor is None else decode_cursor(cursor, binding(_me(request), kind))


def _following(request: Request, position: Position | None) -> tuple[list[feed.Line], Position | None]:
    after = feed.Position(*position.key) if position else None
    page = feed.following_page(_me(request), after=after, size=page_size(request), show=feed.shapes_of)
    return page.lines, Position(is_backward=False, key=page.next.key) if page.next else None


def _for_you(request: Request, position: Position | None) -> tuple[list[feed.Line], Position | None]:
    as_of, rank = cast("tuple[datetime, int]", position.key) if position else (timezone.now(), 0)
    page = feed.for_you_page(_me(request), as_of=as_of, rank=rank, size=page_size(request), show=feed.shapes_of)
    return page.lines, None if page.next_rank is None else Position(is_backward=False, key=(as_of, page.next_rank))


def _shape(line: feed.Line) -> dict[str, Any]:
    return {
        "id": str(line.item.pk),
        "kind": line.item.kind,
        "actor": shapes.person_of(line.item.actor),
        "happened_at": line.item.happened_at,
        "why": {"code": line.why.value, "text": line.reason},
        "subject_type": line.item.subject_type,
        "subject": line.shown,
    }


def _mutes(request: Request) -> HttpResponse:
    kinds = [{"kind": source.kind, "label": str(source.label)} for source in feed_sources.all_sources()]
    return JsonAnswer({"muted": sorted(feed.muted_kinds(_me(request))), "kinds": kinds})
