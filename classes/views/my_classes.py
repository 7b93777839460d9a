"""What one is in, waits for, and was asked to."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from classes.booking_doors import paid_booking
from classes.enums import Answer, OutingState, RsvpStatus
from classes.models import Outing, Rsvp
from classes.selectors.my_classes import positions_of, seats_handed_to, upcoming_seats
from classes.selectors.outings import outings_of
from classes.services.terms import leaving_terms
from meals.views.requests import MemberRequest
from social.views.panels import person

MAX_ROWS = 100
CLASSES_PAGE = "/classes/"


@require_safe
@login_required
def my_classes(request: MemberRequest) -> HttpResponse:
    """The page, or by htmx the part that moves."""
    now = timezone.now()
    rows = _rows(request, now)
    context: dict[str, Any] = {
        "to_answer": [row for row in rows if row["state"] in (RsvpStatus.OFFERED, RsvpStatus.HELD)],
        "coming": [row for row in rows if row["state"] in (RsvpStatus.CONFIRMED, RsvpStatus.ATTENDED)],
        "waiting": [row for row in rows if row["state"] == RsvpStatus.WAITLISTED],
        "handed": _handed(request, now),
        "outings": _outings(request, now),
    }
    context["is_live"] = bool(context["to_answer"] or context["waiting"])
    context["is_empty"] = not any(context.values())
    context["classes_url"] = CLASSES_PAGE
    return render(request, "classes/_my_classes.html" if request.htmx else "classes/my_classes.html", context)


def _rows(request: MemberRequest, now: Any) -> list[dict[str, Any]]:
    """What is over by the clock is left out, whether or not a sweep has said so."""
    seats = upcoming_seats(request.user, now).select_related("session__studio", "session__chain", "clashes_with")
    found = list(seats.order_by("session__starts_at", "id")[:MAX_ROWS])
    alive = [rsvp for rsvp in found if not (_is_reserved(rsvp) and rsvp.reserved_until and rsvp.reserved_until <= now)]
    places = positions_of((rsvp.pk, rsvp.session_id) for rsvp in alive if rsvp.status == RsvpStatus.WAITLISTED)
    return [_row(rsvp, places.get(rsvp.pk, 0), now) for rsvp in alive]


def _is_reserved(rsvp: Rsvp) -> bool:
    return rsvp.status in (RsvpStatus.OFFERED, RsvpStatus.HELD)


def _row(rsvp: Rsvp, position: int, now: Any) -> dict[str, Any]:
    door = paid_booking()
    left = max(int((rsvp.reserved_until - now).total_seconds() // 60), 0) if rsvp.reserved_until else 0
    return {
        "rsvp": rsvp,
        "session": rsvp.session,
        "state": rsvp.status,
        "position": position,
        "minutes_left": left,
        "terms": leaving_terms(rsvp=rsvp, now=now),
        "pay_url": door.address(rsvp) if door is not None and rsvp.status == RsvpStatus.HELD else "",
    }


def _handed(request: MemberRequest, now: Any) -> list[dict[str, Any]]:
    rows = seats_handed_to(request.user, now)
    return [{"asked": row, "session": row.rsvp.session, "giver": _giver(row)} for row in rows[:MAX_ROWS]]


def _giver(row: Any) -> dict[str, Any]:
    return person(row.rsvp.user)


def _outings(request: MemberRequest, now: Any) -> list[dict[str, Any]]:
    rows = outings_of(request.user).filter(state=OutingState.PROPOSED, expires_at__gt=now)
    return [_outing(outing, request.user.pk) for outing in rows[:20]]


def _outing(outing: Outing, viewer_id: int) -> dict[str, Any]:
    members = list(outing.members.all())
    return {
        "outing": outing,
        "session": outing.session,
        "yes": _said_yes(members),
        "people": len(members),
        "is_asked": any(row.user_id == viewer_id and row.answer == Answer.OPEN for row in members),
    }


def _said_yes(members: Iterable[Any]) -> int:
    return sum(row.answer == Answer.YES for row in members)
