"""What people who cooked a meal say of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from fitfoodie.common.errors import NotAllowedError
from meals import services
from meals.api import shapes
from meals.api.lookup import meal_id, member
from meals.api.serializers import ReviewInputSerializer, ReviewSerializer
from meals.models import Review

_NEWEST = Ordering("created_at", is_descending=True)


class ReviewListView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="reviews_list",
        summary="Reviews of a meal",
        parameters=CURSOR_PAGING,
        responses=page_of(ReviewSerializer),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        reviews = Review.objects.shown_to(request.user).filter(meal_id=meal_id(slug, request.user))
        page = keyset_page(request, reviews.select_related("author__profile__photo"), _NEWEST)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.review, page.results))))

    @extend_schema(
        operation_id="reviews_create",
        summary="Review a meal",
        description="Everybody has one review a meal: writing again changes it.",
        request=ReviewInputSerializer,
        responses={201: ReviewSerializer},
        examples=[OpenApiExample("Four stars", value={"rating": 4, "text": "A pinch more salt."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, slug: str) -> HttpResponse:
        return JsonAnswer(_written(request, meal_id(slug, request.user), request.data), status=201)


def _written(request: Request, pk: int, data: Any) -> shapes.Json:
    given = ReviewInputSerializer(data=data)
    given.is_valid(raise_exception=True)
    review = services.write_review(meal_id=pk, author=member(request), now=timezone.now(), **given.validated_data)
    return shapes.review(review)


class ReviewView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="reviews_edit",
        summary="Change one's own review",
        request=ReviewInputSerializer(partial=True),
        responses=ReviewSerializer,
        examples=[OpenApiExample("Second thoughts", value={"rating": 5}, request_only=True)],
    )
    def patch(self, request: Request, slug: str, review_id: str) -> HttpResponse:
        review = _own_review(request, slug, review_id)
        given = ReviewInputSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        merged = {"rating": review.rating, "text": review.text} | given.validated_data
        changed = services.write_review(meal_id=review.meal_id, author=member(request), now=timezone.now(), **merged)
        return JsonAnswer(shapes.review(changed))

    @extend_schema(operation_id="reviews_delete", summary="Take one's own review back", responses={204: None})
    def delete(self, request: Request, slug: str, review_id: str) -> HttpResponse:
        review = _own_review(request, slug, review_id)
        services.delete_review(meal_id=review.meal_id, author=member(request))
        return HttpResponse(status=204)


def _own_review(request: Request, slug: str, public_id: str) -> Review:
    """Raises Http404 for what is not there or hidden from the person, NotAllowedError for another's."""
    reviews = Review.objects.filter(meal__slug=slug, public_id=public_id)
    mine = reviews.filter(author=member(request)).first()
    if mine is not None:
        return mine
    if reviews.shown_to(request.user).filter(meal_id=meal_id(slug, request.user)).exists():
        raise NotAllowedError("Only its author may change a review.")
    raise Http404
