"""One's seat in a class: join, look, leave, say yes or no to an offer."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from classes.api import seat_shapes as shapes
from classes.enums import RsvpStatus
from classes.models import Session
from classes.selectors.my_classes import past_seats, positions_of, upcoming_seats
from classes.services.rsvps import accept_offer, decline_offer, join_session, leave_session
from classes.services.seat_panel import panel_of
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import NOTHING, StrictSerializer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView, FastListView

_IN = OpenApiExample(
    "In line",
    value={"status": "waitlisted", "position": 3},
    response_only=True,
    description="Shortened: every field is always there.",
)


def member(request: Request) -> User:
    return cast("User", request.user)


def open_session(public_id: str) -> Session:
    """Raises Http404 for what nobody may see."""
    rows = Session.objects.open_to_all().select_related("chain", "studio", "class_type")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def seat_answer(request: Request, public_id: str, *, status: int = 200) -> HttpResponse:
    panel = panel_of(open_session(public_id), request.user, now=timezone.now())
    if panel.rsvp is None:
        raise Http404
    return JsonAnswer(shapes.seat(panel), status=status)


class SeatView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="classes_seat_read",
        summary="My seat in a class",
        description="404 for who never asked for one. Poll this for the live position in line.",
        responses=shapes.SeatSerializer,
        examples=[_IN],
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return conditional(request, seat_answer(request, public_id))

    @extend_schema(
        operation_id="classes_seat_join",
        summary="Join a class",
        description=(
            "A seat if one is free and nobody waits, else a place in line; asking again answers with what there is. "
            "A class with a price answers `held` and where to pay. Refusals: `booking_closed`, `payment_unavailable`, "
            "`clash` with another class of yours."
        ),
        request=NOTHING,
        responses=shapes.SeatSerializer,
        examples=[OpenApiExample("Join", value={}, request_only=True), _IN],
    )
    def put(self, request: Request, public_id: str) -> HttpResponse:
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        join_session(user=member(request), session_id=open_session(public_id).pk, now=timezone.now())
        return seat_answer(request, public_id)

    @extend_schema(
        operation_id="classes_seat_leave",
        summary="Leave a class",
        description=(
            "Gives up the seat, the offer or the place in line; the next in line has it at once. `leaving` of the read "
            "says before what it costs. Leaving twice is leaving once."
        ),
        responses={200: shapes.SeatSerializer},
    )
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        leave_session(user=member(request), session_id=open_session(public_id).pk, now=timezone.now())
        return seat_answer(request, public_id)


class SeatAcceptView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="classes_seat_accept",
        summary="Take an offered seat",
        description=(
            "Also the claim of a late seat that is for whoever of the line is first. Refusals: `offer_expired`, by the "
            "time and not by the sweep; `no_offer`; `seat_gone` when somebody was faster; `clash`."
        ),
        request=NOTHING,
        responses=shapes.SeatSerializer,
        examples=[OpenApiExample("Yes", value={}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, public_id: str) -> HttpResponse:
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        accept_offer(user=member(request), session_id=open_session(public_id).pk, now=timezone.now())
        return seat_answer(request, public_id)


class SeatDeclineView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="classes_seat_decline",
        summary="Decline an offered seat",
        description="The next in line has it at once.",
        request=NOTHING,
        responses=shapes.SeatSerializer,
        examples=[OpenApiExample("No", value={}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, public_id: str) -> HttpResponse:
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        decline_offer(user=member(request), session_id=open_session(public_id).pk, now=timezone.now())
        return seat_answer(request, public_id)


class MySeatsView(FastListView):
    permission_classes = (IsAuthenticated,)
    query_names = PAGING_NAMES | {"past"}

    def ordering_for(self, request: Request) -> Ordering:
        return Ordering("session__starts_at", is_descending="past" in request.GET)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        listed = past_seats if "past" in request.GET else upcoming_seats
        rows: Any = listed(request.user, timezone.now()).values(*shapes.MY_SEAT_COLUMNS)
        return cast("QuerySet[Any, dict[str, Any]]", rows)

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        found = list(rows)
        waits = [row for row in found if row["status"] == RsvpStatus.WAITLISTED]
        places = positions_of((row["id"], row["session_id"]) for row in waits)
        return [shapes.my_seat(row, places.get(row["id"])) for row in found]

    def caller(self, request: Request) -> Any:
        return request.user.pk

    @extend_schema(
        operation_id="me_rsvps",
        summary="My classes",
        description="What is coming, the next first; with `past`, what is over, the latest first.",
        parameters=[*CURSOR_PAGING, query("past", "Present: what is over.")],
        responses=page_of(shapes.MySeatSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)
