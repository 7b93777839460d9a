"""`me/sessions`: the devices one is signed in on, browsers and apps alike."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.auth.sessions import devices_of, find_session_key
from accounts.models import User
from accounts.services.end_sessions import end_all_sessions, end_sessions
from fitfoodie.common.api.pagination import numbered_page, page_body
from fitfoodie.common.api.reference import NUMBER_PAGING, page_of
from fitfoodie.common.api.views import ApiView


class DeviceSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField(help_text="Browser and system, or the name of the app.")
    is_app = serializers.BooleanField()
    ip = serializers.CharField(help_text="Shortened: enough to recognise a place.")
    started_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class SessionListView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    @extend_schema(operation_id="list_sessions", parameters=NUMBER_PAGING, responses=page_of(DeviceSerializer))
    def get(self, request: Request) -> Response:
        """Browsers and apps one is signed in on."""
        page = numbered_page(request, devices_of(_person(request), current_key=_current_key(request)))
        return Response(page_body(page, DeviceSerializer(page.results, many=True).data))

    @extend_schema(operation_id="end_other_sessions", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out everywhere else. The device that asks stays signed in."""
        end_all_sessions(
            user=_person(request), reason="signed_out_everywhere", actor=_person(request), keep=_current_key(request)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class SessionDetailView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="end_session", responses={204: None})
    def delete(self, request: Request, device: str) -> Response:
        """Sign one device out, effective on its next request."""
        key = find_session_key(_person(request), device)
        if key is None:
            raise NotFound
        end_sessions(user=_person(request), session_keys=[key], reason="signed_out", actor=_person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _person(request: Request) -> User:
    return cast("User", request.user)  # the permission has turned everybody else away


def _current_key(request: Request) -> str | None:
    """An app's session is the one its token was made for, a page's is its cookie's."""
    return request.auth["session_key"] if isinstance(request.auth, dict) else request.session.session_key
