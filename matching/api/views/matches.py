"""Mutual matches, and super likes that wait for an answer."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from classes.selectors.outings import outings_between, visible_members
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from matching.api import deck_serializers as serializers
from matching.api import deck_shapes as shapes
from matching.api.together import TogetherSerializer, together
from matching.api.views.deck import member
from matching.selectors.deck import profile_of
from matching.selectors.matches import match_of, matches_of, other_of, super_likes_to
from matching.selectors.pair_plan import plan_of
from matching.services.matches import unmatch


class MutualView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="list_mutual_matches",
        summary="My matches",
        description="The newest first. Whoever is blocked, suspended or leaving is not among them.",
        parameters=CURSOR_PAGING,
        responses=page_of(serializers.MatchSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        me, now = member(request), timezone.now()
        page = keyset_page(request, matches_of(me), Ordering("matched_at", is_descending=True), caller=me.pk)
        profile = profile_of(me)
        found = [shapes.match(row, viewer=me, profile=profile, now=now) for row in page.results]
        return conditional(request, JsonAnswer(page_body(page, found)))


class MutualMatchView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="read_match",
        summary="One match",
        responses=serializers.MatchSerializer,
    )
    def get(self, request: Request, match_id: str) -> HttpResponse:
        me = member(request)
        row = match_of(me, match_id)
        shape = shapes.match(row, viewer=me, profile=profile_of(me), now=timezone.now())
        return conditional(request, JsonAnswer(shape))

    @extend_schema(
        operation_id="unmatch",
        summary="End a match",
        description="For both, for good; nobody is told. An ended match answers 404.",
        responses={204: None},
    )
    def delete(self, request: Request, match_id: str) -> HttpResponse:
        me = member(request)
        unmatch(user=me, match_id=match_of(me, match_id).pk, now=timezone.now())
        return HttpResponse(status=204)


class MatchTogetherView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="match_together",
        summary="When and where two could train together",
        description=(
            "The next times when both are free, with the classes in them that suit both, and what is arranged already. "
            "`POST outings` with a class and the handle asks the other along: both get a seat, or neither does."
        ),
        responses=TogetherSerializer,
    )
    def get(self, request: Request, match_id: str) -> HttpResponse:
        me, now = member(request), timezone.now()
        other = other_of(match_of(me, match_id), me)
        outings = list(outings_between(me, other, now=now))
        plan, visible = plan_of(me, other, now=now), visible_members(outings, me)
        shape = together(plan, viewer=me, other=other, outings=outings, visible=visible)
        return conditional(request, JsonAnswer(shape))


class LikesView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="list_super_likes",
        summary="Who super-liked me and waits for an answer",
        description="Plain likes are never shown: they come to light when they are mutual.",
        parameters=CURSOR_PAGING,
        responses=page_of(serializers.SuperLikeSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        me = member(request)
        rows = super_likes_to(me, now=timezone.now())
        page = keyset_page(request, rows, Ordering("acted_at", is_descending=True), caller=me.pk)
        profile = profile_of(me)
        found = [shapes.super_like(row, profile) for row in page.results]
        return conditional(request, JsonAnswer(page_body(page, found)))
