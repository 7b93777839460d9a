"""One class, as whoever gives or manages it sees it: change it, one or many; call it off. And an instructor's week."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import add_domain_error
from classes import rules
from classes.forms.timetable import CancelForm, SessionForm
from classes.models import InstructorRating, Session
from classes.recurrence import RuleError, in_words
from classes.selectors.host_timetable import day_begins, taught_by, teachers_of
from classes.services.series import first_of, rule_of
from classes.services.series_edits import edit_series
from classes.services.session_changes import over_by_words, values_of
from classes.services.sessions import cancel_session
from classes.views.cards import for_viewer, stars_of
from classes.views.host_frame import Host, host_frame, host_of
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest

_edits = require_http_methods(["GET", "HEAD", "POST"])


@_edits
@login_required
def session_edit(request: MemberRequest, chain: str, public_id: str) -> HttpResponse:
    host, session = _managed(request, chain, public_id)
    form = SessionForm(
        request.POST or None,
        session=session,
        now_at=values_of(session),
        studios=[session.studio],
        teachers=teachers_of(host.chain),
    )
    if request.method == "POST" and form.is_valid() and _saved(request, form, session):
        return redirect("classes:host-session", chain, public_id)
    return _page(request, host, session, form=form)


@_edits
@login_required
def session_cancel(request: MemberRequest, chain: str, public_id: str) -> HttpResponse:
    """The message people get is on the screen before it is sent."""
    host, session = _managed(request, chain, public_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(
                actor=request.user, session_id=session.pk, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Cancelled. Everybody who was in it is told."))
            return redirect("classes:host-session", chain, public_id)
    context = {**host_frame(request, host), "session": session, "form": form}
    return render(request, "classes/host_session_cancel.html", context)


@require_safe
@login_required
def teach(request: MemberRequest) -> HttpResponse:
    """The own classes of the next seven days, in all chains. Whoever teaches nowhere finds the way to a host."""
    zone = timezone.get_current_timezone()
    sessions = list(taught_by(request.user, since=day_begins(timezone.now(), zone)))
    for session in sessions:
        session.for_viewer = for_viewer(session, request.user)  # type: ignore[attr-defined]  # shown beside the time
        session.roster = _roster(session)  # type: ignore[attr-defined]  # the same
    context = {
        "sessions": sessions,
        "teaches": rules.held_roles(request.user),
        "stars": stars_of(InstructorRating.objects.filter(instructor=request.user).first()),
    }
    return render(request, "classes/teach.html", context)


def _roster(session: Session) -> str:
    try:
        return reverse("classes:roster", args=[session.public_id])
    except NoReverseMatch:
        return ""


def _managed(request: MemberRequest, chain: str, public_id: str) -> tuple[Host, Session]:
    """Raises Http404 for what is not of the chain, and for whoever may not change it."""
    host = host_of(request, chain)
    rows = Session.objects.in_chain(host.chain).filter(public_id=public_id)
    session = rows.select_related("chain", "studio", "class_type", "room", "instructor", "series__class_type").first()
    if session is None or not rules.may_manage_session(request.user, session):
        raise Http404
    return host, session


def _saved(request: MemberRequest, form: SessionForm, session: Session) -> bool:
    scope: Any = form.reach
    try:
        done = edit_series(
            actor=request.user,
            session=session,
            scope=scope,
            changes=form.changes(),
            now=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except RuleError as error:
        form.add_error("weekdays", error.message)
        return False
    except DomainError as error:
        _add(form, error)
        return False
    messages.success(request, over_by_words(done) or _("Saved."))
    return True


def _add(form: SessionForm, error: DomainError) -> None:
    if error.field == "starts_local":
        form.add_error("time", error.message)
    else:
        add_domain_error(form, error)


def _page(request: MemberRequest, host: Host, session: Session, **more: Any) -> HttpResponse:
    context = {
        **host_frame(request, host),
        "session": session,
        "for_viewer": for_viewer(session, request.user),
        "over_by": over_by_words(session),
        "is_past": session.starts_at <= timezone.now(),
        "roster": _roster(session),
        **more,
    }
    if session.series is not None:
        context["recurs"] = in_words(rule_of(session.series), first_of(session.series).date())
    return render(request, "classes/host_session.html", context)
