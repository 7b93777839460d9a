"""The list of meals, and one meal."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional, etag_of, required_version
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, whole_number
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from fitfoodie.common.errors import StaleVersionError
from meals import services
from meals.api import shapes
from meals.api.lookup import documents, found_meals, is_saved, meal_id, member
from meals.api.parameters import FILTER_NAMES, FILTERS, ORDERING
from meals.api.serializers import MealCardSerializer, MealInputSerializer, MealSerializer
from meals.filters import RELEVANCE, InvalidFiltersError, MealFilters
from meals.models import Meal, SavedMeal
from meals.validators import MAX_SERVINGS
from social import policy
from social.selectors.likes import is_liked, liked_by

_LENTILS = {
    "title": "Red lentil soup",
    "summary": "Ready before the table is laid.",
    "servings": 4,
    "prep_minutes": 10,
    "cook_minutes": 20,
    "ingredients": ["200 g red lentils", "1 l water", "1 tsp salt"],
    "steps": ["Rinse the lentils.", "Simmer everything until soft."],
    "tags": ["soup", "weeknight"],
    "price": {"amount": "6.50", "currency": "EUR"},
}


def filters_of(request: Request) -> MealFilters:
    """Raises 400 naming every parameter that cannot be read."""
    try:
        return MealFilters.from_query(request.GET)
    except InvalidFiltersError as error:
        errors = [FieldError(f"?{name}", error.code, text) for name, text in error.errors.items()]
        raise ProblemError(invalid(errors)) from error


def ordering_of(filters: MealFilters) -> Ordering:
    if filters.q and filters.sort.removeprefix("-") == RELEVANCE:
        return Ordering("search_rank", is_descending=not filters.sort.startswith("-"))
    key, _tie = filters.order_by()
    column: str = cast("Any", key.expression).name
    return Ordering(column, is_descending=key.descending, is_nullable=bool(key.nulls_last))


@cache
def _cards() -> Any:
    """The columns of a card, resolved once: naming thirty of them takes longer than shaping twenty rows.

    Never evaluated itself; every request narrows a clone.
    """
    return Meal.objects.public().values(*shapes.CARD_COLUMNS)


class MealListView(FastListView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = FastListView.query_names | FILTER_NAMES | {"ordering"}

    @extend_schema(
        operation_id="meals_list",
        summary="Find meals",
        description="What everyone may see. Severe allergies of a signed-in person apply without being asked for.",
        parameters=[*FILTERS, ORDERING, *CURSOR_PAGING],
        responses=page_of(MealCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filters = filters_of(request)
        return super().get(request, *args, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        within = _cards().filter(policy.not_blocked(request.user, "creator"))
        rows: Any = found_meals(self.filters, request.user, within=within)
        if request.user.is_authenticated:
            saves = SavedMeal.objects.filter(meal=OuterRef("pk"), user=request.user)
            rows = rows.annotate(is_saved=Exists(saves), is_liked=liked_by(request.user, "meals.meal"))
        return cast("QuerySet[Any, dict[str, Any]]", rows)

    def ordering_for(self, request: Request) -> Ordering:
        return ordering_of(self.filters)

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.card(row, row.get("is_saved", False)) for row in rows]

    @extend_schema(
        operation_id="meals_create",
        summary="Write a meal down",
        description="A draft of one's own; `transition` publishes it.",
        request=MealInputSerializer,
        responses={201: MealSerializer},
        examples=[OpenApiExample("A soup", value=_LENTILS, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = MealInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        meal = services.create_meal(creator=member(request), content=given.content(), now=timezone.now())
        return meal_answer(meal.pk, request, status=201)


def meal_answer(pk: int, request: Request, *, status: int = 200) -> HttpResponse:
    """The meal as it is stored now, tagged for the next edit."""
    meal = documents().get(pk=pk)
    response = JsonAnswer(document_for(meal, request), status=status)
    response["ETag"] = etag_of(response.content, meal.version)
    response["Location"] = reverse("v1:meal", kwargs={"slug": meal.slug})
    return response


def document_for(meal: Meal, request: Request, servings: int | None = None) -> shapes.Json:
    return shapes.document(
        meal,
        servings=servings,
        saved=is_saved(meal, request.user),
        liked=is_liked(meal, request.user),
        mine=meal.creator_id == request.user.pk,
    )


class MealView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = frozenset({"servings"})
    if_match_methods = ("PATCH",)

    @extend_schema(
        operation_id="meals_read",
        summary="Read a meal",
        parameters=[
            query(
                "servings",
                "Amounts for this many, scaled exactly; nutrition stays per serving.",
                {"type": "integer", "minimum": 1, "maximum": MAX_SERVINGS},
            )
        ],
        responses=MealSerializer,
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        servings = whole_number(request.GET, "servings", 0, MAX_SERVINGS)
        meal = documents().visible_to(request.user).filter(slug=slug).first()
        if meal is None:
            raise Http404
        return conditional(request, JsonAnswer(document_for(meal, request, servings or None)), version=meal.version)

    @extend_schema(
        operation_id="meals_edit",
        summary="Change a meal",
        description="What is left out stays. `If-Match` says which version was edited; the creator alone may.",
        request=MealInputSerializer(partial=True),
        responses=MealSerializer,
        examples=[OpenApiExample("More people", value={"servings": 6, "summary": "Now for six."}, request_only=True)],
    )
    def patch(self, request: Request, slug: str) -> HttpResponse:
        pk = meal_id(slug, request.user)
        expected = required_version(request, current=Meal.objects.values_list("version", flat=True).get(pk=pk))
        given = MealInputSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        try:
            services.edit_meal(
                meal_id=pk,
                editor=member(request),
                content=given.content(),
                expected_version=expected,
                now=timezone.now(),
            )
        except StaleVersionError as error:
            error.current_document = document_for(documents().get(pk=pk), request)
            raise
        return meal_answer(pk, request)

    @extend_schema(
        operation_id="meals_delete",
        summary="Delete a meal",
        description="One that was ever published is archived instead and keeps its address for its creator.",
        responses={204: None},
    )
    def delete(self, request: Request, slug: str) -> HttpResponse:
        services.delete_meal(meal_id=meal_id(slug, request.user), actor=member(request), now=timezone.now())
        return HttpResponse(status=204)
