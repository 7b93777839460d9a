"""The timetable by API, for those who run it: what a host writes on `classes` and `classes/{id}`, and series.

To whoever works for another chain the thing is not there; a plain member may see it and not do this with it.
"""

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from classes import rules
from classes.api.host_serializers import (
    ClassEditInput,
    HostClassSerializer,
    NewClassInput,
    NewSeriesInput,
    SeriesSerializer,
    host_class,
    series_document,
)
from classes.models import ClassType, Room, Series, Session, Studio
from classes.services.series import create_series
from classes.services.series_edits import edit_series
from classes.services.sessions import cancel_session, schedule_session
from fitfoodie.common.api.conditional import etag_of, required_version
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.reference import query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.errors import DomainError

_YOGA = {
    "studio": "q3zk7vw2mx9a",
    "class_type": "b8fj2c5n4rty",
    "room": "h4ws9d7kq2pl",
    "instructor": "tom_teaches",
    "starts_local": "2026-06-16T18:00",
}
_YOGA_SERIES = {**_YOGA, "rule": "FREQ=WEEKLY;BYDAY=TU,TH", "skip_clashes": True}


class SchedulesClasses:
    """`post` of `classes`."""

    @extend_schema(
        operation_id="classes_create",
        summary="Put a class on the timetable",
        description="For owners, managers, and instructors in their own studio. A room or instructor who is taken at "
        "that time is refused with `clash`.",
        request=NewClassInput,
        responses={201: HostClassSerializer},
        examples=[OpenApiExample("Yoga on Tuesday", value=_YOGA, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = NewClassInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = _placed(member(request), given.validated_data)
        session = schedule_session(actor=member(request), now=timezone.now(), **data)
        return class_answer(session, status=201)


class KeepsClass:
    """`patch` and `delete` of `classes/{id}`."""

    @extend_schema(
        operation_id="classes_update",
        summary="Change a class, or its series",
        description="Wants `If-Match`. `scope` says how far it goes: `this`, `following` or `all` that are to come. "
        "When the time changes, everybody in it is told and may leave for free for 24 hours.",
        request=ClassEditInput,
        responses=HostClassSerializer,
        examples=[
            OpenApiExample(
                "An hour later from now on",
                value={"starts_local": "2026-06-16T19:00", "scope": "following"},
                request_only=True,
            )
        ],
    )
    def patch(self, request: Request, public_id: str) -> HttpResponse:
        session = _own(request, public_id)
        given = ClassEditInput(data=request.data)
        given.is_valid(raise_exception=True)
        version = required_version(request, current=session.version)
        changes = dict(given.validated_data)
        scope = changes.pop("scope")
        done = edit_series(
            actor=member(request),
            session=session,
            scope=scope,
            changes=_placed_in(session.studio, changes),
            now=timezone.now(),
            version=version,
        )
        return class_answer(done)

    @extend_schema(
        operation_id="classes_cancel",
        summary="Cancel a class",
        description="Everybody in it is out free of charge and reads the reason. The class stays to be seen as "
        "cancelled; said twice it is done once.",
        parameters=[query("reason", "Why, for the people who booked.", required=True)],
        responses={200: HostClassSerializer},
    )
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        session = _own(request, public_id)
        reason = request.GET.get("reason", "")
        done = cancel_session(actor=member(request), session_id=session.pk, reason=reason, now=timezone.now())
        return class_answer(done)


class SeriesListView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="series_create",
        summary="Put a series on the timetable",
        description="Its classes keep their time of day when the clocks change, and are made some weeks ahead.",
        request=NewSeriesInput,
        responses={201: SeriesSerializer},
        examples=[OpenApiExample("Yoga twice a week", value=_YOGA_SERIES, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = NewSeriesInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = _placed(member(request), given.validated_data)
        names = ("studio", "class_type", "room", "instructor", "rule", "starts_local")
        kept = {name: data.pop(name) for name in names}
        sizes = {name: data.pop(name, None) or getattr(kept["class_type"], name) for name in ("minutes", "capacity")}
        skips = data.pop("skip_clashes")
        now = timezone.now()
        series = create_series(actor=member(request), now=now, skips_clashes=skips, about=data, **kept, **sizes)
        return JsonAnswer(series_document(series, now=now), status=201)


class SeriesView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="series_read", summary="Read a series", responses=SeriesSerializer)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """For the people of the chain."""
        rows = Series.objects.of_staff(request.user).select_related("studio", "class_type", "continues")
        series = get_object_or_404(rows, public_id=public_id)
        return JsonAnswer(series_document(series, now=timezone.now()))


def member(request: Request) -> User:
    return cast("User", request.user)


def class_answer(session: Session, *, status: int = 200) -> HttpResponse:
    """As it is stored now, tagged for the next edit."""
    rows = Session.objects.in_chain(session.chain_id).select_related("studio", "room", "instructor", "series")
    stored = rows.get(pk=session.pk)
    response = JsonAnswer(host_class(stored), status=status)
    response["ETag"] = etag_of(response.content, stored.version)
    return response


def _own(request: Request, public_id: str) -> Session:
    session = Session.objects.open_to_all().select_related("chain", "studio").filter(public_id=public_id).first()
    if session is None:
        raise Http404
    _need_same_house(member(request), session.chain_id)
    return session


def _need_same_house(user: User, chain_id: int) -> None:
    """Raises Http404 for the staff of other chains: from inside one house the others are not seen (TEN-1)."""
    chains = {held.chain_id for held in rules.held_roles(user)}
    if chains and chain_id not in chains and not rules.is_house_admin(user):
        raise Http404


def _placed(user: User, data: dict[str, Any]) -> dict[str, Any]:
    """Rows for ids. What is of no chain or of another is not there."""
    data = dict(data)
    studio = get_object_or_404(Studio.objects.open_to_all().select_related("chain"), public_id=data["studio"])
    _need_same_house(user, studio.chain_id)
    kind = get_object_or_404(ClassType.objects.in_chain(studio.chain_id), public_id=data["class_type"])
    placed = _placed_in(studio, {"room": None, "instructor": None, **data})
    return placed | {"studio": studio, "class_type": kind}


def _placed_in(studio: Studio, changes: dict[str, Any]) -> dict[str, Any]:
    placed = dict(changes)
    if changes.get("room"):
        placed["room"] = get_object_or_404(Room.objects.in_chain(studio.chain_id), public_id=changes["room"])
    if changes.get("instructor"):
        placed["instructor"] = _person(changes["instructor"])
    return placed


def _person(handle: str) -> User:
    found = User.objects.filter(handle=handle, is_active=True).first()
    if found is None:
        raise DomainError("Nobody here has this handle.", field="instructor")
    return found
