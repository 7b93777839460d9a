"""At the door: the check-in screen, the roster on paper and as a table (N36, N89)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from classes import rules
from classes.enums import RsvpStatus
from classes.models import Rsvp, Session
from classes.selectors.attendance import ROSTER_HEADER, roster_lines, roster_of
from classes.services.attendance import mark_missed
from classes.services.check_in import CheckIn, check_in_code, check_in_person, opens_at, undo_check_in
from fitfoodie.common.csv import csv_download
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.views.requests import MemberRequest


def host_session(request: Any, public_id: str) -> Session:
    """Raises Http404 for whoever does not work at this door: they do not learn that there is one."""
    found: Session | None = (
        Session.objects.across_chains()
        .select_related("chain", "studio", "class_type", "room", "instructor")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not rules.may_take_attendance(request.user, found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: MemberRequest, public_id: str) -> HttpResponse:
    """POST takes `code` (scanned or typed, with `scanned_at` when it waited for a network) or `in`, `undo`, `missed`
    with a booking. Answers with the list for htmx and with the page for everybody else."""
    session = host_session(request, public_id)
    said = _carried_out(request, session) if request.method == "POST" else {}
    if said and not request.htmx and not said.get("error"):
        request.session["check_in_said"] = str(said["done"])
        return redirect("classes:check-in", public_id=public_id)
    if not said and (kept := request.session.pop("check_in_said", "")):
        said = {"done": kept}
    template = "classes/_check_in.html" if request.htmx else "classes/check_in.html"
    return render(request, template, {**_door(request, session), **said}, status=422 if said.get("error") else 200)


def _door(request: Any, session: Session) -> dict[str, Any]:
    seats = list(roster_of(session))
    asked = " ".join(request.GET.get("q", "").split())[:60]
    shown = [seat for seat in seats if _fits(seat, asked.casefold())]
    now = timezone.now()
    return {
        "session": session,
        "seats": shown,
        "asked": asked,
        "count": len(seats),
        "present": sum(seat.status == RsvpStatus.ATTENDED for seat in seats),
        "opens": opens_at(session),
        "is_open": opens_at(session) <= now,
        "is_closed": session.attendance_closed_at is not None,
    }


def _fits(seat: Any, asked: str) -> bool:
    return not asked or (seat.user is not None and asked in f"{seat.user.name} {seat.user.handle}".casefold())


def _carried_out(request: Any, session: Session) -> dict[str, Any]:
    try:
        return _answer(request, session, timezone.now())
    except DomainError as error:
        return {"error": error.message, "typed": sent(request, "code")}
    except Rsvp.DoesNotExist as error:
        raise Http404 from error


def _answer(request: Any, session: Session, now: datetime) -> dict[str, Any]:
    asked = {"actor": request.user, "session_id": session.pk, "now": now}
    if code := sent(request, "code"):
        return _said(check_in_code(**asked, code=code, scanned_at=_scanned_at(request)), session)
    if booking := sent(request, "undo"):
        rsvp = undo_check_in(**asked, rsvp_id=booking)
        return {"done": _("%(name)s is not checked in any more.") % {"name": _name(rsvp)}}
    if booking := sent(request, "missed"):
        return {"done": _("%(name)s did not come.") % {"name": _name(mark_missed(**asked, rsvp_id=booking))}}
    return _said(check_in_person(**asked, rsvp_id=sent(request, "in")), session)


def _said(done: CheckIn, session: Session) -> dict[str, Any]:
    """A second scan says who was first, and when."""
    rsvp = done.rsvp
    if done.is_new:
        return {"done": _("%(name)s is in.") % {"name": _name(rsvp)}, "undo": rsvp.public_id}
    at = rsvp.checked_in_at and timezone.localtime(rsvp.checked_in_at, ZoneInfo(session.time_zone))
    words = {
        "name": _name(rsvp),
        "time": f"{at:%H:%M}" if at else "",
        "by": rsvp.checked_in_by.name if rsvp.checked_in_by else "–",
    }
    return {"done": _("%(name)s was checked in already: at %(time)s by %(by)s.") % words}


def _name(rsvp: Rsvp) -> str:
    return rsvp.user.name if rsvp.user else _("Deleted user")


def _scanned_at(request: Any) -> datetime | None:
    try:
        at = parse_datetime(sent(request, "scanned_at"))
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) else None


@require_safe
@login_required
def roster(request: MemberRequest, public_id: str) -> HttpResponse:
    """The list on paper: names, a box to tick, what was ticked already."""
    session = host_session(request, public_id)
    return render(request, "classes/roster.html", {"session": session, "seats": list(roster_of(session))})


@require_safe
@login_required
def roster_table(request: MemberRequest, public_id: str) -> StreamingHttpResponse:
    session = host_session(request, public_id)
    name = f"roster-{session.starts_local[:10]}-{session.public_id}.csv"
    return csv_download(name, ROSTER_HEADER, roster_lines(roster_of(session), session.time_zone))
