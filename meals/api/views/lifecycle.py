"""The moves of a meal: one address, the target in the body."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.views import ApiView
from meals import services
from meals.api.lookup import meal_id
from meals.api.serializers import MealSerializer, TransitionSerializer
from meals.api.views.meals import meal_answer
from meals.enums import MealStatus
from meals.models import Meal


class MealTransitionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="meals_transition",
        summary="Publish, schedule, take back or archive a meal",
        description="A move that is not possible now is a 409 with the `legal` ones.",
        request=TransitionSerializer,
        responses=MealSerializer,
        examples=[OpenApiExample("Publish", value={"to": "published"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, slug: str) -> HttpResponse:
        given = TransitionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pk = meal_id(slug, request.user)
        move(pk, request.user, now=timezone.now(), **given.validated_data)
        return meal_answer(pk, request)


def move(
    pk: int, actor: Any, *, to: str, now: datetime, scheduled_for: datetime | None = None, reason: str = ""
) -> None:
    """Picks the service of the target; what may be done from where is the service's to say."""
    if to == MealStatus.SCHEDULED:
        if scheduled_for is None:
            raise ProblemError(invalid([FieldError("/scheduled_for", "required", "Say when it shall be published.")]))
        services.schedule_meal(meal_id=pk, actor=actor, at=scheduled_for, now=now)
    elif to == MealStatus.DRAFT:
        _to_draft(pk, actor, now=now, reason=reason)
    else:
        moves: dict[str, Callable[[], object]] = {
            MealStatus.PUBLISHED: lambda: services.publish_meal(meal_id=pk, actor=actor, now=now),
            MealStatus.ARCHIVED: lambda: services.archive_meal(meal_id=pk, actor=actor, now=now, reason=reason),
        }
        moves[to]()


def _to_draft(pk: int, actor: Any, *, now: datetime, reason: str) -> None:
    """Out of the archive is a restoration, from anywhere else a taking back."""
    if Meal.objects.values_list("status", flat=True).get(pk=pk) == MealStatus.ARCHIVED:
        services.restore_meal(meal_id=pk, actor=actor, now=now)
    else:
        services.unpublish_meal(meal_id=pk, actor=actor, now=now, reason=reason)
