"""Words for finding meals: suggestions, facets, tags, and the vocabulary of diets and allergens."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.pagination import Ordering, numbered_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, NUMBER_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView
from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.search import services as search
from meals.api import shapes
from meals.api.lookup import member
from meals.api.parameters import FILTER_NAMES, FILTERS
from meals.api.serializers import (
    FacetsSerializer,
    MealCardSerializer,
    SuggestionsSerializer,
    TagSerializer,
    TermSerializer,
)
from meals.api.views.meals import filters_of
from meals.filters import MAX_QUERY_LENGTH
from meals.models import Meal, Tag
from meals.search import MEALS
from meals.selectors import facets_of, find_meals
from social.selectors.likes import liked_by

SUGGESTIONS = 8


class SuggestView(ApiView):
    permission_classes = (AllowAny,)
    throttle_scope = "search"
    query_names = frozenset({"q"})

    @extend_schema(
        operation_id="meals_suggest",
        summary="Complete what is being typed",
        parameters=[query("q", "What was typed so far.", {"type": "string", "maxLength": MAX_QUERY_LENGTH})],
        responses=SuggestionsSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        filters = filters_of(request)
        within = Meal.objects.listed_for(request.user) if request.user.is_authenticated else None
        found = search.suggest(MEALS, filters.q, limit=SUGGESTIONS, within=within)
        return conditional(request, JsonAnswer({"suggestions": found}))


class FacetsView(ApiView):
    permission_classes = (AllowAny,)
    throttle_scope = "search"
    throttle_cost = 2
    query_names = FILTER_NAMES

    @extend_schema(
        operation_id="meals_facets",
        summary="Count what each further filter would leave",
        parameters=FILTERS,
        responses=FacetsSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        total, facets = facets_of(find_meals(filters_of(request), request.user), request.user)
        shaped = [
            {
                "name": facet.name,
                "label": facet.label,
                "options": [
                    {"value": one.value, "label": one.label, "count": one.count, "selected": one.is_on}
                    for one in facet.options
                ],
            }
            for facet in facets
        ]
        return conditional(request, JsonAnswer({"total": total, "facets": shaped}))


class MyMealsView(FastListView):
    """One's own in every state, the last touched first."""

    permission_classes = (IsAuthenticated,)
    ordering = Ordering("updated_at", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        meals: Any = Meal.objects.filter(creator=member(request))
        meals = meals.annotate(is_liked=liked_by(request.user, "meals.meal"))
        rows: QuerySet[Any, dict[str, Any]] = meals.values(*shapes.CARD_COLUMNS, "updated_at", "status", "is_liked")
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.card(row) | {"status": row["status"]} for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="me_meals",
        summary="My own meals",
        parameters=CURSOR_PAGING,
        responses=page_of(MealCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


class TagsView(ApiView):
    permission_classes = (AllowAny,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="tags_list",
        summary="Tags of public meals, the most used first",
        parameters=NUMBER_PAGING,
        responses=page_of(TagSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        uses = Count("meals", filter=Q(meals__in=Meal.objects.listed_for(request.user)))
        tags = Tag.objects.annotate(uses=uses).filter(uses__gt=0).order_by("-uses", "slug")
        page = numbered_page(request, tags.values("slug", "name"))
        return conditional(request, JsonAnswer(page_body(page, page.results)))


class _VocabularyView(ApiView):
    permission_classes = (AllowAny,)
    query_names = frozenset({"page", "page_size"})
    terms: ClassVar[type[models.TextChoices]]

    def get(self, request: Request) -> HttpResponse:
        page = numbered_page(request, [{"value": value, "label": label} for value, label in self.terms.choices])
        return conditional(request, JsonAnswer(page_body(page, page.results)))


class DietsView(_VocabularyView):
    terms = Diet

    @extend_schema(
        operation_id="diets_list",
        summary="Diets a meal can fit",
        parameters=NUMBER_PAGING,
        responses=page_of(TermSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        return super().get(request)


class AllergensView(_VocabularyView):
    terms = Allergen

    @extend_schema(
        operation_id="allergens_list",
        summary="The allergens of EU regulation 1169/2011",
        parameters=NUMBER_PAGING,
        responses=page_of(TermSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        return super().get(request)
