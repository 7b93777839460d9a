"""Classes for the caller, and what was learned from their likes."""

from typing import cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.pagination import page_body, rank_page
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from matching.api import for_you as shapes
from matching.models import FitnessProfile
from matching.selectors.class_ranking import MOST, rank_classes, rank_classes_for_pair
from matching.selectors.company import companion
from matching.selectors.taste import learned_of
from matching.services.learning import reset_learning


class MatchClassesView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES | {"with"}

    @extend_schema(
        operation_id="match_classes",
        summary="Classes that fit me, or two of us",
        description=(
            "The next two weeks, the best first, without those the caller is in. `components` add up to `score`. "
            "With `with`, classes for which both are free, at a level that suits both, with two seats; 404 unless the "
            "two are a match or friends."
        ),
        parameters=[query("with", "Handle of a match or a friend."), *CURSOR_PAGING],
        responses=page_of(shapes.RankedClassSerializer),
        examples=[
            OpenApiExample(
                "A class that fits",
                value={
                    "class": {
                        "id": "k3v9q2x7m4pd",
                        "title": "Morning run",
                        "studio": {"id": "b7c2m9x4q1zt", "name": "Limmat Hall", "city": "Zürich"},
                        "starts_at": "2026-06-16T04:30:00Z",
                        "ends_at": "2026-06-16T05:30:00Z",
                        "timezone": "Europe/Zurich",
                        "level": "intermediate",
                        "interests": ["running"],
                        "seats_left": 12,
                        "price": None,
                    },
                    "score": 95,
                    "components": {
                        "interests": 30,
                        "level": 20,
                        "location": 15,
                        "schedule": 20,
                        "rating": 5,
                        "seats": 5,
                    },
                    "reasons": ["You do running", "At a time when you train"],
                    "is_full": False,
                    "clashes_with": None,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        me, now = cast("User", request.user), timezone.now()
        handle = request.GET.get("with")
        if handle is None:
            ranked = rank_classes(me, limit=MOST, now=now)
        else:
            other = companion(me, handle.removeprefix("@"))
            if other is None:
                raise Http404
            ranked = rank_classes_for_pair(me, other, limit=MOST, now=now)
        shown, page = rank_page(request, ranked, caller=me.pk)
        return JsonAnswer(page_body(page, [shapes.ranked_class(one) for one in shown]))


class LearnedView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="match_learned",
        summary="What was learned from my likes",
        description="Sports and times of day of the people the caller liked; nobody else sees it.",
        responses=shapes.LearnedSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        return _learned(request)

    @extend_schema(
        operation_id="match_learned_reset",
        summary="Forget what was learned",
        description="From the next request on nothing said before counts; likes and passes themselves stay.",
        responses={200: shapes.LearnedSerializer},
    )
    def delete(self, request: Request) -> HttpResponse:
        reset_learning(user=cast("User", request.user), now=timezone.now())
        return _learned(request)


def _learned(request: Request) -> HttpResponse:
    profile = FitnessProfile.objects.filter(user=cast("User", request.user)).first()
    what = learned_of(profile) if profile else None
    return JsonAnswer(shapes.learned(what, profile and profile.learning_from))
