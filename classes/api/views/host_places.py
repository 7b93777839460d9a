"""Studios, rooms and class types by API, for those who run them: the services and the roles of the host's pages.

Of a chain that somebody does not manage nothing is there, whatever its ids (TEN-1). DELETE closes: what people have
booked and what is past keeps its place.
"""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from classes import rules
from classes.api import place_serializers as shapes
from classes.models import Chain, ClassType, Room, Studio
from classes.services import places
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import numbered_page, page_body
from fitfoodie.common.api.reference import NUMBER_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView

_CLOSED = {"is_active": False}
_NEW_STUDIO = {
    "name": "Limmat Hall",
    "street": "Limmatstrasse 10",
    "city": "Zürich",
    "country": "CH",
    "latitude": 47.3836,
    "longitude": 8.5329,
    "timezone": "Europe/Zurich",
    "late_cancel_minutes": 360,
}
_NEW_CLASS_TYPE = {
    "title": "Slow flow",
    "interests": ["yoga"],
    "level": "beginner",
    "minutes": 75,
    "capacity": 14,
    "price": "18.00",
}


def _example(name: str, value: dict[str, Any]) -> list[OpenApiExample]:
    return [OpenApiExample(name, value=value, request_only=True)]


class HostView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = frozenset({"page", "page_size"})

    def listed(self, request: Request, rows: "QuerySet[Any]", shape: Callable[[Any], dict[str, Any]]) -> HttpResponse:
        page = numbered_page(request, rows)
        return JsonAnswer(page_body(page, [shape(row) for row in page.results]))


class HostOneView(ApiView):
    permission_classes = (IsAuthenticated,)


class HostStudiosView(HostView):
    @extend_schema(
        operation_id="host_studios_list",
        summary="Studios I manage",
        description="Of the chain, closed ones too, the open first. Whoever manages one studio alone finds that one.",
        parameters=NUMBER_PAGING,
        responses=page_of(shapes.HostStudioSerializer),
    )
    def get(self, request: Request, chain_id: str) -> HttpResponse:
        chain = _chain(request, chain_id)
        rows = Studio.objects.in_chain(chain).order_by("-is_active", "name", "id")
        if not rules.may_manage_chain(request.user, chain):
            rows = rows.filter(pk__in=rules.studios_managed(request.user, chain))
        return self.listed(request, rows, shapes.studio_document)

    @extend_schema(
        operation_id="host_studios_create",
        summary="Open a studio",
        description="For those who manage the whole chain.",
        request=shapes.StudioInput,
        responses={201: shapes.HostStudioSerializer},
        examples=_example("A hall by the river", _NEW_STUDIO),
    )
    @idempotent()
    def post(self, request: Request, chain_id: str) -> HttpResponse:
        chain, given = _chain(request, chain_id), _given(request, shapes.StudioInput)
        row = places.create_studio(actor=_member(request), chain_id=chain.pk, now=timezone.now(), **given)
        return JsonAnswer(shapes.studio_document(row), status=201)


class HostStudioView(HostOneView):
    @extend_schema(operation_id="host_studios_read", summary="A studio I manage", responses=shapes.HostStudioSerializer)
    def get(self, request: Request, chain_id: str, studio_id: str) -> HttpResponse:
        return JsonAnswer(shapes.studio_document(_studio(request, chain_id, studio_id)))

    @extend_schema(
        operation_id="host_studios_change",
        summary="Change a studio",
        description="What is not sent stays. Bookings keep the rules they were made under.",
        request=shapes.StudioInput(partial=True),
        responses=shapes.HostStudioSerializer,
        examples=_example("Free until two hours before", {"late_cancel_minutes": 120}),
    )
    def patch(self, request: Request, chain_id: str, studio_id: str) -> HttpResponse:
        row = _studio(request, chain_id, studio_id)
        return self._changed(request, row, _given(request, shapes.StudioInput, partial=True))

    @extend_schema(
        operation_id="host_studios_close",
        summary="Close a studio",
        description="`has_classes` while there are classes to come. PATCH with `open` opens it again.",
        responses={200: shapes.HostStudioSerializer},
    )
    def delete(self, request: Request, chain_id: str, studio_id: str) -> HttpResponse:
        return self._changed(request, _studio(request, chain_id, studio_id), _CLOSED)

    def _changed(self, request: Request, row: Studio, changes: dict[str, Any]) -> HttpResponse:
        done = places.edit_studio(actor=_member(request), studio_id=row.pk, changes=changes, now=timezone.now())
        return JsonAnswer(shapes.studio_document(done))


class HostRoomsView(HostView):
    @extend_schema(
        operation_id="host_rooms_list",
        summary="Rooms of a studio",
        parameters=NUMBER_PAGING,
        responses=page_of(shapes.HostRoomSerializer),
    )
    def get(self, request: Request, chain_id: str, studio_id: str) -> HttpResponse:
        studio = _studio(request, chain_id, studio_id)
        rows = Room.objects.in_chain(studio.chain_id).filter(studio=studio).select_related("studio")
        return self.listed(request, rows.order_by("-is_active", "name", "id"), shapes.room_document)

    @extend_schema(
        operation_id="host_rooms_create",
        summary="Add a room",
        request=shapes.RoomInput,
        responses={201: shapes.HostRoomSerializer},
        examples=_example("A quiet room", {"name": "Upstairs", "capacity": 16}),
    )
    @idempotent()
    def post(self, request: Request, chain_id: str, studio_id: str) -> HttpResponse:
        studio, given = _studio(request, chain_id, studio_id), _given(request, shapes.RoomInput)
        row = places.create_room(actor=_member(request), studio_id=studio.pk, now=timezone.now(), **given)
        return JsonAnswer(shapes.room_document(row), status=201)


class HostRoomView(HostOneView):
    @extend_schema(operation_id="host_rooms_read", summary="A room", responses=shapes.HostRoomSerializer)
    def get(self, request: Request, chain_id: str, room_id: str) -> HttpResponse:
        return JsonAnswer(shapes.room_document(_room(request, chain_id, room_id)))

    @extend_schema(
        operation_id="host_rooms_change",
        summary="Change a room",
        description="Classes keep the seats they have.",
        request=shapes.RoomInput(partial=True),
        responses=shapes.HostRoomSerializer,
        examples=_example("Two more mats", {"capacity": 18}),
    )
    def patch(self, request: Request, chain_id: str, room_id: str) -> HttpResponse:
        row = _room(request, chain_id, room_id)
        return self._changed(request, row, _given(request, shapes.RoomInput, partial=True))

    @extend_schema(
        operation_id="host_rooms_close",
        summary="Close a room",
        description="`has_classes` while there are classes to come.",
        responses={200: shapes.HostRoomSerializer},
    )
    def delete(self, request: Request, chain_id: str, room_id: str) -> HttpResponse:
        return self._changed(request, _room(request, chain_id, room_id), _CLOSED)

    def _changed(self, request: Request, row: Room, changes: dict[str, Any]) -> HttpResponse:
        done = places.edit_room(actor=_member(request), room_id=row.pk, changes=changes, now=timezone.now())
        return JsonAnswer(shapes.room_document(done))


class HostClassTypesView(HostView):
    @extend_schema(
        operation_id="host_class_types_list",
        summary="Class types of a chain",
        description="For those who manage the whole chain; those no longer offered come last.",
        parameters=NUMBER_PAGING,
        responses=page_of(shapes.HostClassTypeSerializer),
    )
    def get(self, request: Request, chain_id: str) -> HttpResponse:
        rows = ClassType.objects.in_chain(_whole_chain(request, chain_id)).order_by("-is_active", "title", "id")
        return self.listed(request, rows, shapes.class_type_document)

    @extend_schema(
        operation_id="host_class_types_create",
        summary="Add a class type",
        description="`taken` for a title that the chain has.",
        request=shapes.ClassTypeInput,
        responses={201: shapes.HostClassTypeSerializer},
        examples=_example("Yoga for beginners", _NEW_CLASS_TYPE),
    )
    @idempotent()
    def post(self, request: Request, chain_id: str) -> HttpResponse:
        chain, given = _whole_chain(request, chain_id), _given(request, shapes.ClassTypeInput)
        row = places.create_class_type(actor=_member(request), chain_id=chain.pk, now=timezone.now(), **given)
        return JsonAnswer(shapes.class_type_document(row), status=201)


class HostClassTypeView(HostOneView):
    @extend_schema(
        operation_id="host_class_types_read", summary="A class type", responses=shapes.HostClassTypeSerializer
    )
    def get(self, request: Request, chain_id: str, class_type_id: str) -> HttpResponse:
        return JsonAnswer(shapes.class_type_document(_class_type(request, chain_id, class_type_id)))

    @extend_schema(
        operation_id="host_class_types_change",
        summary="Change a class type",
        description="Classes that are on the timetable keep what they say.",
        request=shapes.ClassTypeInput(partial=True),
        responses=shapes.HostClassTypeSerializer,
        examples=_example("Free for everybody", {"price": None}),
    )
    def patch(self, request: Request, chain_id: str, class_type_id: str) -> HttpResponse:
        row = _class_type(request, chain_id, class_type_id)
        return self._changed(request, row, _given(request, shapes.ClassTypeInput, partial=True))

    @extend_schema(
        operation_id="host_class_types_close",
        summary="Offer a class type no longer",
        description="Its classes on the timetable take place.",
        responses={200: shapes.HostClassTypeSerializer},
    )
    def delete(self, request: Request, chain_id: str, class_type_id: str) -> HttpResponse:
        return self._changed(request, _class_type(request, chain_id, class_type_id), _CLOSED)

    def _changed(self, request: Request, row: ClassType, changes: dict[str, Any]) -> HttpResponse:
        done = places.edit_class_type(actor=_member(request), class_type_id=row.pk, changes=changes, now=timezone.now())
        return JsonAnswer(shapes.class_type_document(done))


def _member(request: Request) -> User:
    return cast("User", request.user)


def _given(request: Request, kind: Any, *, partial: bool = False) -> dict[str, Any]:
    given = kind(data=request.data, partial=partial)
    given.is_valid(raise_exception=True)
    changes: dict[str, Any] = given.changes()
    return changes


def _chain(request: Request, public_id: str) -> Chain:
    """Raises Http404 for whoever manages nothing of it."""
    chain = get_object_or_404(Chain, public_id=public_id)
    if not rules.may_manage_somewhere(request.user, chain):
        raise Http404
    return chain


def _whole_chain(request: Request, public_id: str) -> Chain:
    chain = get_object_or_404(Chain, public_id=public_id)
    if not rules.may_manage_chain(request.user, chain):
        raise Http404
    return chain


def _studio(request: Request, chain_id: str, public_id: str) -> Studio:
    """Raises Http404, also for one of another chain and one that somebody else manages."""
    chain = get_object_or_404(Chain, public_id=chain_id)
    row = get_object_or_404(Studio.objects.in_chain(chain), public_id=public_id)
    if not rules.may_manage_studio(request.user, row):
        raise Http404
    return row


def _room(request: Request, chain_id: str, public_id: str) -> Room:
    chain = get_object_or_404(Chain, public_id=chain_id)
    row = get_object_or_404(Room.objects.in_chain(chain).select_related("studio"), public_id=public_id)
    if not rules.may_manage_studio(request.user, row.studio):
        raise Http404
    return row


def _class_type(request: Request, chain_id: str, public_id: str) -> ClassType:
    return get_object_or_404(ClassType.objects.in_chain(_whole_chain(request, chain_id)), public_id=public_id)
