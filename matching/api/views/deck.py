"""The deck and what is said of its people. The four names `matches/…` are an older contract (N9)."""

from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Position, decode_cursor, encode_cursor, link_with, page_size, whole_number
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import NOTHING
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from matching.api import deck_serializers as serializers
from matching.api import deck_shapes as shapes
from matching.enums import Verb
from matching.models import MAX_RADIUS_KM
from matching.selectors.deck import DeckPage, Wishes, deck_page, mark_of, profile_of
from matching.selectors.matches import match_of
from matching.services.actions import ActResult, act, undo_last
from matching.services.impressions import log_impressions


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)


def wishes_of(request: Request) -> Wishes:
    """Raises 400 naming the parameter."""
    radius = whole_number(request.GET, "radius_km", MAX_RADIUS_KM, MAX_RADIUS_KM)
    gap = request.GET.get("level_gap")
    if gap not in (None, "0", "1", "2"):
        raise ProblemError(invalid([FieldError("?level_gap", "out_of_range", "Give 0, 1 or 2 as level_gap.")]))
    return Wishes(radius, None if gap is None else int(gap))


class PartnersView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"radius_km", "level_gap", *PAGING_NAMES})

    @extend_schema(
        operation_id="list_partners",
        summary="People to train with, the best first",
        description=(
            "The radius and the levels can be narrowed for one look, never beyond one's own preferences. Nobody is "
            "dealt twice in one walk, whatever is liked or passed meanwhile. Whoever is in the answer counts as shown. "
            "Empty for whoever has no ready fitness profile, rests, or is under age."
        ),
        parameters=[
            query("radius_km", "Nearer than one's own radius.", {"type": "integer", "minimum": 1, "maximum": 200}),
            query("level_gap", "How many levels apart at most.", {"type": "integer", "enum": [0, 1, 2]}),
            *CURSOR_PAGING,
        ],
        responses=serializers.PartnerPageSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        me, now, size = member(request), timezone.now(), page_size(request)
        profile = profile_of(me, wishes_of(request))
        seen = _seen(request, me)
        page = deck_page(profile, size=size, seen=seen, now=now) if profile else DeckPage([], has_more=False)
        shown = [card.ranked for card in page.cards]
        log_impressions(viewer=me, ranked=shown, now=now, first_position=len(seen) + 1)
        marks = (*seen, *(mark_of(one.user_id) for one in shown))
        link = link_with(request, cursor=encode_cursor(Position(False, marks), _binding(request, me)))
        body = {
            "results": [shapes.partner(card) for card in page.cards],
            "next": link if page.has_more else None,
            "previous": None,
            "meta": {"model": page.model, "is_fallback": page.is_fallback},
        }
        return JsonAnswer(body)


class ActionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="act_on_partner",
        summary="Like, pass or super like",
        description=(
            "A like stays between the caller and us until it is mutual; a super like tells the person at once. "
            "The same action again changes nothing; another replaces it for a few minutes (`already_acted` after). "
            "`likes_spent`, `super_likes_spent`: the limit of the last 24 hours. 404 for anybody who is not in the "
            "caller's deck."
        ),
        request=serializers.ActionInputSerializer,
        responses=serializers.ActionAnswerSerializer,
        examples=[
            OpenApiExample("A like", value={"handle": "leo", "action": "like"}, request_only=True),
            OpenApiExample("Not yet mutual", value={"mutual": False, "match": None}, response_only=True),
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = serializers.ActionInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said, now = given.validated_data, timezone.now()
        person = find_person(said["handle"], viewer=request.user)
        result = act(
            actor=member(request),
            target_id=person.pk,
            verb=Verb(said["action"]),
            now=now,
            is_for_good=said["for_good"],
        )
        return JsonAnswer({"mutual": result.is_mutual, "match": _match(request, result)})


class UndoView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="undo_partner_action",
        summary="Take the last action back",
        description="Only the last, within a few minutes, and not after a match: else 409 `nothing_to_undo`.",
        request=NOTHING,
        responses=serializers.UndoAnswerSerializer,
        examples=[
            OpenApiExample("Undo", value={}, request_only=True),
            OpenApiExample("A pass", value={"handle": "leo", "action": "pass"}, response_only=True),
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        undone = undo_last(actor=member(request), now=timezone.now())
        return JsonAnswer({"handle": undone.target.handle, "action": undone.verb})


def _binding(request: Request, me: User) -> str:
    return f"matching.deck:{me.pk}:{request.GET.get('radius_km')}:{request.GET.get('level_gap')}"


def _seen(request: Request, me: User) -> tuple[Any, ...]:
    cursor = request.GET.get("cursor")
    return () if cursor is None else decode_cursor(cursor, _binding(request, me)).key


def _match(request: Request, result: ActResult) -> shapes.Json | None:
    if result.match is None:
        return None
    me = member(request)
    row = match_of(me, result.match.public_id)
    return shapes.match(row, viewer=me, profile=profile_of(me), now=timezone.now())
