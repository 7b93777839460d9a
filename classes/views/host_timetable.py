"""The week of a studio, and what a host puts on it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import add_domain_error
from classes import rules
from classes.forms.timetable import NewClassForm, NewSeriesForm
from classes.models import Series, Studio
from classes.recurrence import RuleError, in_words, need_sensible_size
from classes.selectors.host_timetable import (
    BY_INSTRUCTOR,
    BY_ROOM,
    by_day,
    lines,
    monday_of,
    sessions_of_week,
    studios_to_schedule,
    teachers_of,
)
from classes.services.series import create_series, preview
from classes.services.session_rows import LOCAL_FORM
from classes.services.sessions import schedule_session
from classes.views.cards import for_viewer
from classes.views.host_frame import Host, host_frame, host_of
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest

_edits = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def timetable(request: MemberRequest, chain: str) -> HttpResponse:
    host = host_of(request, chain)
    studios = list(Studio.objects.in_chain(host.chain).filter(is_active=True).order_by("name", "pk"))
    studio = _chosen(studios, request.GET.get("studio", ""))
    context = {**host_frame(request, host), "studios": studios, "studio": studio}
    if studio is not None:
        context |= _week(request, host, studio)
    return render(request, "classes/host_timetable.html", context)


def _week(request: MemberRequest, host: Host, studio: Studio) -> dict[str, Any]:
    today = timezone.now().astimezone(ZoneInfo(studio.time_zone)).date()
    monday = monday_of(_day(request.GET.get("week", ""), today))
    by = BY_INSTRUCTOR if request.GET.get("by") == BY_INSTRUCTOR else BY_ROOM
    sessions = list(sessions_of_week(studio, monday))
    for session in sessions:
        session.for_viewer = for_viewer(session, request.user)  # type: ignore[attr-defined]  # shown beside the time
        session.may_change = host.may_change(session, request.user)  # type: ignore[attr-defined]  # where it leads
    address = reverse("classes:host-timetable", args=[host.chain.slug])
    return {
        "days": by_day(sessions, monday),
        "lines": lines(sessions, monday, by=by),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "today": today,
        "by": by,
        "before": f"{address}?studio={studio.slug}&by={by}&week={monday - timedelta(days=7)}",
        "after": f"{address}?studio={studio.slug}&by={by}&week={monday + timedelta(days=7)}",
        "views": [
            {"label": label, "url": f"{address}?studio={studio.slug}&by={value}&week={monday}", "current": value == by}
            for value, label in ((BY_ROOM, _("By room")), (BY_INSTRUCTOR, _("By instructor")))
        ],
        "may_schedule": rules.may_schedule(request.user, studio),
    }


def _chosen(studios: list[Studio], slug: str) -> Studio | None:
    return next((studio for studio in studios if studio.slug == slug), studios[0] if studios else None)


def _day(text: str, default: date) -> date:
    """A year around today; the rest of time is empty."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return default
    return day if abs(day - default) < timedelta(days=800) else default


@_edits
@login_required
def class_new(request: MemberRequest, chain: str) -> HttpResponse:
    host, given = _scheduling(request, chain)
    form = NewClassForm(request.POST or None, **given, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        session = _carried_out(
            form, lambda: schedule_session(actor=request.user, now=timezone.now(), **form.arguments())
        )
        if session is not None:
            messages.success(request, _("On the timetable: %(class)s.") % {"class": session})
            return redirect(_back_to(host, session.studio, monday_of(form.starts_local.date())))
    return render(request, "classes/host_class_new.html", {**host_frame(request, host), "form": form})


@_edits
@login_required
def series_new(request: MemberRequest, chain: str) -> HttpResponse:
    """Asked for a preview, by htmx or by the button for it, it shows the dates and makes nothing."""
    host, given = _scheduling(request, chain)
    form = NewSeriesForm(request.POST or None, **given, initial=_initial(request))
    wants_preview = "preview" in request.POST
    dates = None
    if request.method == "POST" and form.is_valid():
        if wants_preview:
            dates = _dates(form)
        else:
            series = _carried_out(form, lambda: _create(request, form))
            if series is not None:
                return redirect(_back_to(host, series.studio, monday_of(date.fromisoformat(series.starts_local[:10]))))
    context = {**host_frame(request, host), "form": form, "dates": dates}
    name = "classes/_series_dates.html" if request.htmx and wants_preview else "classes/host_series_new.html"
    return render(request, name, context)


def _create(request: MemberRequest, form: NewSeriesForm) -> Series:
    series = create_series(
        actor=request.user,
        rule=str(form.rule()),
        starts_local=form.starts_local,
        now=timezone.now(),
        skips_clashes=form.cleaned_data["skips_clashes"],
        **form.columns(),
    )
    made = series.sessions.count()
    text = ngettext("%(count)d class is on the timetable.", "%(count)d classes are on the timetable.", made)
    messages.success(request, text % {"count": made})
    return series


def _dates(form: NewSeriesForm) -> dict[str, Any] | None:
    """The dates of the weeks ahead with what is in the way, and the rule in words; None with the words at the field."""
    try:
        rule = form.rule()
        first = need_sensible_size(rule, form.starts_local)
    except RuleError as error:
        form.add_rule_error(error)
        return None
    columns = form.columns()
    studio = columns["studio"]
    series = Series(
        chain_id=studio.chain_id,
        rule=str(rule),
        starts_local=first.strftime(LOCAL_FORM),
        time_zone=studio.time_zone,
        **columns,
    )
    shown = preview(series, now=timezone.now())
    taken = sum(clash is not None for _day, clash in shown)
    return {"words": in_words(rule, first.date()), "shown": shown, "taken": taken}


def _scheduling(request: MemberRequest, chain: str) -> tuple[Host, dict[str, Any]]:
    """Raises Http404 for whoever may put nothing on a timetable of this chain."""
    host = host_of(request, chain)
    studios = list(studios_to_schedule(host.held, host.chain, is_house=host.is_house))
    if not host.may_schedule:
        raise Http404
    return host, {"studios": studios, "teachers": teachers_of(host.chain), "chain": host.chain}


def _initial(request: MemberRequest) -> dict[str, Any]:
    return {"day": request.GET.get("day", ""), "instructor": request.user.pk, "every_weeks": 1, "ends": "never"}


def _back_to(host: Host, studio: Studio, monday: date) -> str:
    return f"{reverse('classes:host-timetable', args=[host.chain.slug])}?studio={studio.slug}&week={monday}"


def _carried_out(form: NewClassForm, write: Callable[[], Any]) -> Any:
    """What `write` gives; None when it was refused, with the words beside the field."""
    try:
        return write()
    except RuleError as error:
        form.add_error("weekdays", error.message)
    except DomainError as error:
        if error.field == "starts_local":
            form.add_error("time", error.message)
        else:
            add_domain_error(form, error)
    return None
