"""Keeping meals for later."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.views import ApiView, FastListView
from meals import services
from meals.api import shapes
from meals.api.lookup import meal_id, member
from meals.api.serializers import MealCardSerializer
from meals.models import Meal
from social.selectors.likes import liked_by


class MealSaveView(ApiView):
    """Both verbs may be said twice (REC-13)."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="meals_save", summary="Keep a meal", request=None, responses={204: None})
    def put(self, request: Request, slug: str) -> HttpResponse:
        services.save_meal(meal_id=meal_id(slug, request.user), user=member(request))
        return HttpResponse(status=204)

    @extend_schema(operation_id="meals_unsave", summary="Keep it no longer", responses={204: None})
    def delete(self, request: Request, slug: str) -> HttpResponse:
        """A meal that has meanwhile been hidden can still be let go."""
        kept = Meal.objects.filter(slug=slug, saves__user=member(request)).values_list("pk", flat=True).first()
        if kept is None and not Meal.objects.visible_to(request.user).filter(slug=slug).exists():
            raise Http404
        if kept is not None:
            services.unsave_meal(meal_id=kept, user=member(request))
        return HttpResponse(status=204)


class SavedMealsView(FastListView):
    permission_classes = (IsAuthenticated,)
    ordering = Ordering("saved_at", is_descending=True)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        meals = Meal.objects.visible_to(request.user).filter(saves__user=member(request))
        rows: QuerySet[Any, dict[str, Any]] = meals.annotate(
            saved_at=F("saves__saved_at"), is_liked=liked_by(request.user, "meals.meal")
        ).values(*shapes.CARD_COLUMNS, "saved_at", "is_liked")
        return rows

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shapes.card(row, saved=True) for row in rows]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="me_saved_meals",
        summary="What I keep",
        description="The last kept first.",
        parameters=CURSOR_PAGING,
        responses=page_of(MealCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)
