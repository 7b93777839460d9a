"""The door, who is in a class, and one's own past."""

from dataclasses import asdict
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from classes import rules
from classes.api import attendance_shapes as shapes
from classes.api.attendance_serializers import (
    AttendanceTotalsSerializer,
    AttendedSeatSerializer,
    AttendeeSerializer,
    CheckedInSerializer,
    CheckInSerializer,
    DisputeSerializer,
    HideSerializer,
    PastSerializer,
)
from classes.models import Rsvp, Session
from classes.selectors.attendance import attendees_of, history_of, may_see_attendees, roster_of, totals_of
from classes.services.attendance import hide_from_others, mark_missed
from classes.services.check_in import check_in_code, check_in_person, undo_check_in
from classes.services.fees import dispute_fee
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView

_BY_BOOKING = Ordering("id")
_NEWEST = Ordering("starts_at", is_descending=True)


def member(request: Request) -> User:
    return cast("User", request.user)


def class_of(class_id: str) -> Session:
    found: Session | None = Session.objects.open_to_all().filter(public_id=class_id).first()
    if found is None:
        raise Http404
    return found


def _at_door(request: Request, class_id: str) -> Session:
    """Raises Http404 for whoever does not work there."""
    session: Session | None = Session.objects.across_chains().filter(public_id=class_id).first()
    if session is None or not rules.may_take_attendance(request.user, session):
        raise Http404
    return session


class RosterView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="classes_roster",
        summary="Roster of a class, for its hosts",
        parameters=CURSOR_PAGING,
        responses=page_of(AttendedSeatSerializer),
    )
    def get(self, request: Request, class_id: str) -> HttpResponse:
        page = keyset_page(request, roster_of(_at_door(request, class_id)), _BY_BOOKING)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.seat, page.results))))


class AttendanceView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="classes_attendance",
        summary="Who comes to a class",
        description="For people with a seat and the hosts; who hides, or is blocked either way, is not in it.",
        parameters=CURSOR_PAGING,
        responses=page_of(AttendeeSerializer),
    )
    def get(self, request: Request, class_id: str) -> HttpResponse:
        session = class_of(class_id)
        if not may_see_attendees(request.user, session):
            raise Http404
        page = keyset_page(request, attendees_of(session, request.user), _BY_BOOKING, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.attendee, page.results))))

    @extend_schema(
        operation_id="classes_check_in",
        summary="Check somebody in, for the hosts",
        description="Idempotent by code. A scan made offline is sent later with `scanned_at`.",
        request=CheckInSerializer,
        responses=CheckedInSerializer,
        examples=[OpenApiExample("Scanned", value={"code": "0a1b2c3d4e5f"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, class_id: str) -> HttpResponse:
        session = _at_door(request, class_id)
        given = CheckInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = {
            "actor": request.user,
            "session_id": session.pk,
            "scanned_at": given.validated_data.get("scanned_at"),
            "now": timezone.now(),
        }
        if code := given.validated_data.get("code"):
            done = check_in_code(**asked, code=code)
        else:
            done = _or_404(check_in_person, **asked, rsvp_id=given.validated_data["booking"])
        return JsonAnswer(shapes.seat(done.rsvp) | {"is_new": done.is_new})

    @extend_schema(
        operation_id="classes_hide_me",
        summary="Hide from the other people of a class, or not",
        request=HideSerializer,
        responses=AttendeeSerializer,
        examples=[OpenApiExample("Hide", value={"is_hidden": True}, request_only=True)],
    )
    def patch(self, request: Request, class_id: str) -> HttpResponse:
        given = HideSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        session = class_of(class_id)
        rsvp = _or_404(
            hide_from_others, user=member(request), session_id=session.pk, now=timezone.now(), **given.validated_data
        )
        return JsonAnswer(shapes.attendee(rsvp))


class SeatView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="classes_undo_check_in",
        summary="Undo a check-in, for the hosts",
        description="Once attendance is closed the person counts as not there; possible for 24 hours.",
        responses={200: AttendedSeatSerializer},
    )
    def delete(self, request: Request, class_id: str, booking: str) -> HttpResponse:
        session = _at_door(request, class_id)
        undo: Any = undo_check_in if session.attendance_closed_at is None else mark_missed
        rsvp = _or_404(undo, actor=request.user, session_id=session.pk, rsvp_id=booking, now=timezone.now())
        return JsonAnswer(shapes.seat(rsvp))


class MyAttendanceView(ApiView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="me_attendance",
        summary="One's past classes",
        parameters=CURSOR_PAGING,
        responses=page_of(PastSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        rows = history_of(request.user).select_related("session__studio", "chain", "rating")
        page = keyset_page(request, rows, _NEWEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.past, page.results))))


class MyTotalsView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="me_attendance_totals",
        summary="Classes, hours and weeks in a row",
        responses=AttendanceTotalsSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        return conditional(request, JsonAnswer(asdict(totals_of(request.user, now=timezone.now()))))


class MyDisputeView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="me_attendance_dispute",
        summary="Dispute a missed class or a fee",
        description="Nothing is charged before the studio has decided.",
        request=DisputeSerializer,
        responses=PastSerializer,
        examples=[OpenApiExample("Was there", value={"text": "I was there; the desk was empty."}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, booking: str) -> HttpResponse:
        given = DisputeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        _or_404(dispute_fee, user=member(request), rsvp_id=booking, now=now, **given.validated_data)
        rows = history_of(request.user).select_related("session__studio", "chain", "rating")
        return JsonAnswer(shapes.past(rows.get(public_id=booking)))


def _or_404(service: Any, **asked: Any) -> Any:
    try:
        return service(**asked)
    except Rsvp.DoesNotExist as error:
        raise Http404 from error
