from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.api.serializers import (
    DeletionRequestSerializer,
    DeletionSerializer,
    MeChangesSerializer,
    MeSerializer,
    me_body,
)
from accounts.auth.step_up import require_recent_confirmation
from accounts.models import User
from accounts.services.deletion import GRACE_PERIOD, request_deletion
from accounts.services.handle import change_handle
from accounts.services.preferences import update_preferences
from accounts.services.profile import update_profile, update_visibility
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView


class MeView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="read_me", responses=MeSerializer)
    def get(self, request: Request) -> HttpResponse:
        """The person who asks: profile as only they see it, roles, settings."""
        return conditional(request, JsonAnswer(me_body(_fresh(request))))

    @extend_schema(
        operation_id="change_me",
        request=MeChangesSerializer,
        responses=MeSerializer,
        examples=[OpenApiExample("A new city", value={"city": "Vienna", "bio": "Runs, cooks."}, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        """Changes what is named and nothing else; all of it or none of it."""
        serializer = MeChangesSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        _apply(_fresh(request), dict(serializer.validated_data))
        return JsonAnswer(me_body(_fresh(request)))

    @extend_schema(operation_id="delete_me", request=DeletionRequestSerializer, responses={202: DeletionSerializer})
    def delete(self, request: Request) -> HttpResponse:
        """Begin to leave: hidden and signed out everywhere at once, erased after the grace period.

        Signing in before `ends_at` takes it back. Needs a password or second factor confirmed in the last ten minutes;
        403 `reauthentication_required` says so.
        """
        serializer = DeletionRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        require_recent_confirmation(request)
        person = request_deletion(user=_fresh(request), handle=serializer.validated_data["handle"], now=timezone.now())
        requested_at = person.deletion_requested_at or timezone.now()
        return JsonAnswer({"requested_at": requested_at, "ends_at": requested_at + GRACE_PERIOD}, status=202)


def _fresh(request: Request) -> User:
    return User.objects.select_related("profile__photo", "preferences").get(pk=request.user.pk or 0)


@transaction.atomic
def _apply(person: User, changes: dict[str, Any]) -> None:
    """Four services, one request: the outer transaction makes them one change."""
    now = timezone.now()
    if visibility := changes.pop("visibility", None):
        update_visibility(user=person, changes=visibility, now=now)
    if preferences := changes.pop("preferences", None):
        update_preferences(user=person, changes=preferences, now=now)
    if (handle := changes.pop("handle", None)) is not None:
        change_handle(user=person, handle=handle, now=now)
    if changes:
        update_profile(user=person, changes=changes, now=now)
