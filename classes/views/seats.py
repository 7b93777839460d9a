"""One's seat in a class: the panel on its page, and the buttons in it. Each works as a form and by htmx."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from classes.enums import RsvpStatus
from classes.models import Rsvp, Session
from classes.services.rsvps import accept_offer, decline_offer, join_session, leave_session
from classes.services.seat_panel import SeatPanel, panel_of
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.views.requests import MemberRequest, PageRequest

Verb = Callable[..., Rsvp]


def open_session(public_id: str) -> Session:
    """Raises Http404 for what nobody may see."""
    rows = Session.objects.open_to_all().select_related("chain", "studio", "class_type")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def seat_panel(request: PageRequest, public_id: str) -> HttpResponse:
    """The part that moves: asked for every few seconds while something may change."""
    session = open_session(public_id)
    if not request.htmx:
        return redirect(session)
    return _panel(request, panel_of(session, request.user, now=timezone.now()))


@require_POST
@login_required
def seat_join(request: MemberRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, join_session)


@require_POST
@login_required
def seat_leave(request: MemberRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, leave_session)


@require_POST
@login_required
def seat_accept(request: MemberRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, accept_offer)


@require_POST
@login_required
def seat_decline(request: MemberRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, decline_offer)


def _done(request: MemberRequest, public_id: str, verb: Verb) -> HttpResponse:
    """Carried out, and said how it went: in the panel, or on the page one came from."""
    session, now = open_session(public_id), timezone.now()
    said, is_refused = _said(verb, request.user, session, now)
    if request.htmx:
        panel = panel_of(open_session(public_id), request.user, now=now)
        if panel.pay_url and not is_refused:
            return HttpResponse(headers={"HX-Redirect": panel.pay_url})
        return _panel(request, panel, said=said, is_refused=is_refused)
    (messages.error if is_refused else messages.success)(request, said)
    return redirect("classes:mine" if sent(request, "back") == "mine" else session)


def _said(verb: Verb, user: User, session: Session, now: datetime) -> tuple[str, bool]:
    try:
        rsvp = verb(user=user, session_id=session.pk, now=now)
    except Rsvp.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        return error.message, True
    return words_for(rsvp), False


def words_for(rsvp: Rsvp) -> str:
    """What became of it, in a sentence."""
    return {
        RsvpStatus.CONFIRMED: _("You are in. See you there!"),
        RsvpStatus.HELD: _("The seat is held for you until you have paid."),
        RsvpStatus.OFFERED: _("A seat is offered to you."),
        RsvpStatus.WAITLISTED: _("You are on the waitlist. We tell you at once when a seat comes free."),
        RsvpStatus.LATE: _("You have left the class. It was too late to cancel for free."),
        RsvpStatus.EXPIRED: _("The time to take this seat was over."),
    }.get(RsvpStatus(rsvp.status), _("You have left the class. Thank you for making room."))


def _panel(request: HttpRequest, panel: SeatPanel, **more: Any) -> HttpResponse:
    response = render(
        request, "classes/_seat_panel.html", {"panel": panel, "session": panel.session, "is_swap": True, **more}
    )
    response["Cache-Control"] = "private, no-store"
    return response
