"""Classes for calendar programs."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from accounts.settings_parts import SettingsPart
from classes.models import CalendarFeed
from classes.selectors.calendar import person_calendar, session_calendar
from classes.services.calendar import read_calendar, renew_calendar, revoke_calendar
from classes.views.history import class_or_404
from fitfoodie.common.api.conditional import etag_of
from meals.views.requests import MemberRequest


@require_safe
def class_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    session = class_or_404(public_id)
    response = _answer(request, session_calendar(session, request.user))
    response["Content-Disposition"] = f'attachment; filename="{session.public_id}.ics"'
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the address: calendar programs cannot sign in. In the person's own language."""
    now = timezone.now()
    try:
        person = read_calendar(token=token, now=now)
    except CalendarFeed.DoesNotExist as error:
        raise Http404 from error
    with override(person.preferences.language):
        response = _answer(request, person_calendar(person, now=now))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    etag = etag_of(body)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    found: HttpResponse = get_conditional_response(request, etag=etag, response=response) or response
    return found


@require_POST
@login_required
def calendar_renew(request: MemberRequest) -> HttpResponse:
    renew_calendar(user=request.user, now=timezone.now())
    messages.success(request, _("Here is your new address. The one before does not work any more."))
    return redirect(f"{reverse('accounts:settings-connected')}#calendar")


@require_POST
@login_required
def calendar_revoke(request: MemberRequest) -> HttpResponse:
    if revoke_calendar(user=request.user):
        messages.success(request, _("The address does not work any more."))
    return redirect(f"{reverse('accounts:settings-connected')}#calendar")


def _context(person: Any) -> dict[str, Any]:
    feed = CalendarFeed.objects.filter(user=person).first()
    address = f"{settings.SITE_URL}{reverse('classes:calendar-feed', args=[feed.token])}" if feed else ""
    return {"feed": feed, "address": address, "program": address.replace("https://", "webcal://", 1)}


PART = SettingsPart("classes.calendar", "connected", "classes/_calendar_part.html", _context)
