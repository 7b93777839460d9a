from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from matching.api.preferences import MatchPreferencesChangesSerializer, MatchPreferencesSerializer, preferences_body
from matching.models import FitnessProfile
from matching.services.profile import delete_profile, place_person, save_profile

EXAMPLE = {
    "sports": {"running": "intermediate", "yoga": "beginner"},
    "week": {"tue": ["06:30", "07:00"], "thu": ["06:30", "07:00"]},
    "radius_km": 10,
    "place": {"latitude": 47.377, "longitude": 8.542},
}


def _own(user: User) -> FitnessProfile:
    found = FitnessProfile.objects.select_related("gym", "user").filter(user=user).first()
    return found or FitnessProfile(user=user)


def _person(request: Request) -> User:
    return User.objects.get(pk=request.user.pk or 0)


class PreferencesView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="read_match_preferences",
        summary="How I train and whom I would meet",
        description="The place reads back as the town next to its square; the exact point is never answered.",
        responses=MatchPreferencesSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        return conditional(request, JsonAnswer(preferences_body(_own(_person(request)), now=timezone.now())))

    @extend_schema(
        operation_id="change_match_preferences",
        summary="Change what is named",
        description=(
            "All of it or none of it; the deck follows at once. The place may be left three times in 24 hours: "
            "429 `too_many_moves` says so. `place: null` takes it away."
        ),
        request=MatchPreferencesChangesSerializer,
        responses=MatchPreferencesSerializer,
        examples=[OpenApiExample("A first profile", value=EXAMPLE, request_only=True)],
    )
    def patch(self, request: Request) -> HttpResponse:
        person, now = _person(request), timezone.now()
        context = {"profile": _own(person)}
        serializer = MatchPreferencesChangesSerializer(data=request.data, partial=True, context=context)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            if changes := serializer.changes():
                save_profile(user=person, changes=changes, now=now)
            if "place" in serializer.validated_data:
                place_person(user=person, point=serializer.point, now=now)
        return JsonAnswer(preferences_body(_own(person), now=now))

    @extend_schema(
        operation_id="delete_match_preferences",
        summary="Delete my fitness profile",
        description="Out of every deck from the next request. Matches stay until they are ended.",
        responses={204: None},
    )
    def delete(self, request: Request) -> HttpResponse:
        delete_profile(user=_person(request), now=timezone.now())
        return HttpResponse(status=204)
