"""What people say of a class."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from classes.api import attendance_shapes as shapes
from classes.api.attendance_serializers import RatingInputSerializer, RatingOfClassSerializer
from classes.api.views.attendance import class_of, member
from classes.models import SessionRating
from classes.selectors.ratings import ratings_shown
from classes.services.ratings import edit_rating, rate_session
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView

_NEWEST = Ordering("rated_at", is_descending=True)


class ClassRatingsView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="classes_ratings",
        summary="Ratings of a class",
        description="Of every time this kind of class was held.",
        parameters=CURSOR_PAGING,
        responses=page_of(RatingOfClassSerializer),
    )
    def get(self, request: Request, class_id: str) -> HttpResponse:
        rows = ratings_shown(request.user).filter(class_type_id=class_of(class_id).class_type_id)
        page = keyset_page(request, rows.select_related("author__profile__photo"), _NEWEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.rating, page.results))))

    @extend_schema(
        operation_id="classes_rate",
        summary="Rate a class",
        description="Once, by people who were checked in. A text that needs a look first answers with `waiting`.",
        request=RatingInputSerializer,
        responses={201: RatingOfClassSerializer},
        examples=[OpenApiExample("Five stars", value={"stars": 5, "text": "Good pace."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, class_id: str) -> HttpResponse:
        given = _given(request, partial=False)
        rating = rate_session(author=member(request), session_id=class_of(class_id).pk, now=timezone.now(), **given)
        return JsonAnswer(shapes.rating(rating), status=201)

    @extend_schema(
        operation_id="classes_rating_edit",
        summary="Change one's own rating",
        description="For 14 days.",
        request=RatingInputSerializer(partial=True),
        responses=RatingOfClassSerializer,
        examples=[OpenApiExample("Second thoughts", value={"stars": 4}, request_only=True)],
    )
    def patch(self, request: Request, class_id: str) -> HttpResponse:
        given = _given(request, partial=True)
        try:
            rating = edit_rating(author=member(request), session_id=class_of(class_id).pk, now=timezone.now(), **given)
        except SessionRating.DoesNotExist as error:
            raise Http404 from error
        return JsonAnswer(shapes.rating(rating))


def _given(request: Request, *, partial: bool) -> dict[str, Any]:
    serializer = RatingInputSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
