from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts import profile_facts
from accounts.api.serializers import (
    PersonProfileSerializer,
    RoleChangeSerializer,
    RoleRequestSerializer,
    RolesSerializer,
    public_body,
)
from accounts.enums import Role
from accounts.models import RoleChange, User
from accounts.rules import may_manage_roles
from accounts.selectors import find_person, profile_seen_by
from accounts.services.roles import grant_role, remove_role
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView

HISTORY_LENGTH = 50
_ROLE_EXAMPLE = OpenApiExample("A creator", value={"role": "creator", "reason": "Asked by mail."}, request_only=True)
MOVED = "A handle of the past: that of now is in `Location`."


class PersonView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="read_person",
        responses={
            200: PersonProfileSerializer,
            301: OpenApiResponse(description="The handle of now is in `Location`."),
        },
    )
    def get(self, request: Request, handle: str) -> HttpResponse:
        """A person as the caller may see them; a private profile shows its name, photo and totals until it lets one in.

        A handle they gave up leads to the one they have.
        """
        person = find_person(handle, viewer=request.user)
        if person.handle != handle:
            return _moved(request, person)
        seen = profile_seen_by(person, request.user)
        facts = {"is_private": seen.is_private} | profile_facts.values_for(person, request.user)
        return conditional(request, JsonAnswer(public_body(seen) | facts))


class MayManageRoles(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.user.is_authenticated and may_manage_roles(request.user)


class PersonRolesView(ApiView):
    """Administrators grant and remove roles, with a reason that is kept and told to the person (N31)."""

    permission_classes = (MayManageRoles,)

    @extend_schema(operation_id="read_roles", responses=RolesSerializer)
    def get(self, request: Request, handle: str) -> HttpResponse:
        return JsonAnswer(_roles_body(_person(handle)))

    @extend_schema(
        operation_id="grant_role",
        request=RoleRequestSerializer,
        responses=RolesSerializer,
        examples=[_ROLE_EXAMPLE],
    )
    def put(self, request: Request, handle: str) -> HttpResponse:
        """Idempotent: a role held already stays, and nothing new is written."""
        role, reason = _asked(request)
        person = _person(handle)
        grant_role(user=person, role=role, actor=_actor(request), reason=reason, now=timezone.now())
        return JsonAnswer(_roles_body(_person(handle)))

    @extend_schema(
        operation_id="remove_role",
        request={"application/json": RoleRequestSerializer},
        responses=RolesSerializer,
        examples=[_ROLE_EXAMPLE],
    )
    def delete(self, request: Request, handle: str) -> HttpResponse:
        """Role and reason come in the body, as for PUT."""
        role, reason = _asked(request)
        person = _person(handle)
        remove_role(user=person, role=role, actor=_actor(request), reason=reason, now=timezone.now())
        return JsonAnswer(_roles_body(_person(handle)))


def _moved(request: Request, person: User) -> HttpResponse:
    answer = JsonAnswer({"handle": person.handle}, status=301)
    answer["Location"] = reverse("v1:person", kwargs={"handle": person.handle})
    return answer


def _person(handle: str) -> User:
    """Administrators find deactivated people too. Raises Http404."""
    person = User.objects.filter(handle=handle.lower()).first()
    if person is None:
        raise Http404
    return person


def _actor(request: Request) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _asked(request: Request) -> tuple[Role, str]:
    serializer = RoleRequestSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    return Role(serializer.validated_data["role"]), serializer.validated_data["reason"]


def _roles_body(person: User) -> dict[str, object]:
    changes = RoleChange.objects.filter(user=person).select_related("actor").order_by("-changed_at", "-pk")
    return {
        "handle": person.handle,
        "roles": sorted(role.value for role in person.roles),
        "history": RoleChangeSerializer(changes[:HISTORY_LENGTH], many=True).data,
    }
