"""One's own past: classes, hours, what was missed and may be disputed, the code for the door (N36)."""

import io
from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classes.enums import SEATED
from classes.forms.attendance import DisputeForm
from classes.models import Rsvp, Session
from classes.selectors.attendance import attendees_of, history_of, may_see_attendees, totals_of
from classes.selectors.partners import received_by
from classes.selectors.ratings import waiting_to_be_rated
from classes.selectors.timetable import shown_instructors
from classes.services.attendance import hide_from_others
from classes.services.fees import dispute_fee, may_be_disputed
from classes.services.ratings import EDITABLE
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest

PAGE_SIZE = 20
_ABOUT = ("session__studio", "session__chain")


@require_safe
@login_required
def history(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1
    start = (number - 1) * PAGE_SIZE
    rows = history_of(request.user).select_related(*_ABOUT, "rating").order_by("-starts_at", "-id")
    found = list(rows[start : start + PAGE_SIZE + 1])
    context = {
        "rows": [{"rsvp": row, "may_dispute": may_be_disputed(row, now)} for row in found[:PAGE_SIZE]],
        "next_page": number + 1 if len(found) > PAGE_SIZE else None,
        "totals": totals_of(request.user, now=now),
        "to_rate": _to_rate(request, now) if number == 1 else [],
        "words": list(received_by(request.user)[:10]) if number == 1 else [],
    }
    return render(request, "classes/history.html", context)


def _to_rate(request: MemberRequest, now: datetime) -> list[dict[str, Any]]:
    seats = list(waiting_to_be_rated(request.user, now=now, since=now - EDITABLE)[:3])
    teachers = shown_instructors((seat.session for seat in seats), request.user)
    return [{"session": seat.session, "teacher": teachers.get(seat.session.instructor_id)} for seat in seats]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: MemberRequest, rsvp_id: str) -> HttpResponse:
    rsvp = own_rsvp(request, rsvp_id)
    form = DisputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dispute_fee(user=request.user, rsvp_id=rsvp_id, text=form.cleaned_data["text"], now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("The studio decides now. Until then nothing is charged."))
            return redirect("classes:history")
    context = {"rsvp": rsvp, "form": form, "is_open": may_be_disputed(rsvp, timezone.now())}
    return render(request, "classes/dispute.html", context, status=422 if form.errors else 200)


def own_rsvp(request: MemberRequest, public_id: str) -> Rsvp:
    """Raises Http404 for bookings that are another's."""
    rows = Rsvp.objects.of_person(request.user).select_related(*_ABOUT)
    found: Rsvp | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def door_code(request: MemberRequest, rsvp_id: str) -> HttpResponse:
    """Large, and the same as letters beneath. As a picture it works without a network."""
    rsvp = own_rsvp(request, rsvp_id)
    if rsvp.status not in SEATED:
        raise Http404
    spaced = " ".join(rsvp.nonce[start : start + 4] for start in range(0, len(rsvp.nonce), 4)).upper()
    return render(request, "classes/door_code.html", {"rsvp": rsvp, "session": rsvp.session, "code": spaced})


@require_safe
@login_required
@never_cache
def door_code_picture(request: MemberRequest, rsvp_id: str) -> HttpResponse:
    """Dark on white whatever the theme: cameras want it so. In capitals the code is a smaller picture."""
    rsvp = own_rsvp(request, rsvp_id)
    if rsvp.status not in SEATED:
        raise Http404
    picture = io.BytesIO()
    segno.make(rsvp.nonce.upper(), error="m", micro=False).save(
        picture, kind="svg", scale=8, border=4, light="#ffffff", dark="#000000", xmldecl=True
    )
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="check-in-{rsvp.public_id}.svg"'
    return response


def class_or_404(public_id: str) -> Session:
    rows = Session.objects.open_to_all().select_related("chain", "studio", "class_type", "instructor")
    found: Session | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def people(request: MemberRequest, public_id: str) -> HttpResponse:
    """Who comes, for those who come and the hosts (CLS-18)."""
    session = class_or_404(public_id)
    if not may_see_attendees(request.user, session):
        raise Http404
    seats = list(attendees_of(session, request.user))
    mine = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    return render(request, "classes/people.html", {"session": session, "seats": seats, "mine": mine})


@require_POST
@login_required
def people_hide(request: MemberRequest, public_id: str) -> HttpResponse:
    session = class_or_404(public_id)
    is_hidden = request.POST.get("is_hidden") == "on"
    try:
        hide_from_others(user=request.user, session_id=session.pk, is_hidden=is_hidden, now=timezone.now())
    except Rsvp.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The others do not see you.") if is_hidden else _("The others see that you come."))
    return redirect("classes:people", public_id=public_id)
