"""Series and classes in the back office: looked at, and many acted on at once, all or none, by the services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from accounts.models import User
from classes import rules
from classes.admin.scope import AcrossChainsMixin
from classes.admin.seats import RosterRows
from classes.forms.staff_timetable import CancelManyForm, SeriesOfTypesForm, SwapManyForm
from classes.models import ChainStaff, Series, Session
from classes.recurrence import in_words
from classes.services.series import create_series_in_a_row, first_of, rule_of
from classes.services.sessions import cancel_session, cancel_sessions, swap_instructor
from fitfoodie.common.backoffice import BigTableAdmin, ReadOnlyAdmin, carried_out
from fitfoodie.common.reasons import MAX_ROWS, ActingMixin, ask_why, reasoned_action

Rows = QuerySet[Session]


@admin.action(description=_("Cancel all with one reason"), permissions=["act"])
def cancel_many(modeladmin: Any, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
    form = CancelManyForm(request.POST if "reason" in request.POST else None)
    return _asked(
        modeladmin,
        request,
        queryset,
        form,
        name="cancel_many",
        title=_("Cancel all with one reason"),
        write=lambda ids: cancel_sessions(
            actor=_actor(request), session_ids=ids, reason=form.cleaned_data["reason"], now=timezone.now()
        ),
    )


@admin.action(description=_("Give all to another instructor"), permissions=["act"])
def swap_many(modeladmin: Any, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
    chains = {row.chain_id for row in queryset[:MAX_ROWS]}
    held = ChainStaff.objects.across_chains().filter(chain__in=chains, is_active=True, role__in=rules.SCHEDULES)
    teachers = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")
    form = SwapManyForm(request.POST if "instructor" in request.POST else None, teachers=teachers)
    return _asked(
        modeladmin,
        request,
        queryset,
        form,
        name="swap_many",
        title=_("Give all to another instructor"),
        write=lambda ids: swap_instructor(
            actor=_actor(request),
            session_ids=ids,
            instructor=form.cleaned_data["instructor"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ),
    )


def _asked(
    modeladmin: Any,
    request: HttpRequest,
    queryset: Rows,
    form: Any,
    *,
    name: str,
    title: Any,
    write: Callable[[list[int]], list[Session]],
) -> HttpResponse | None:
    """A page that asks, then all of it or nothing."""
    rows = list(queryset[:MAX_ROWS])
    if form.is_valid():
        carried_out(request, lambda: write([row.pk for row in rows]), done=_done(len(rows)))
        return None
    return ask_why(modeladmin, request, form, title=title, rows=rows, action=name)


def _done(count: int) -> str:
    return ngettext("%(count)d class changed.", "%(count)d classes changed.", count) % {"count": count}


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the back office is for those signed in
    return request.user


def _cancel(row: Session, actor: Any, reason: str, now: datetime) -> object:
    return cancel_session(actor=actor, session_id=row.pk, reason=reason, now=now)


@admin.register(Session)
class SessionAdmin(AcrossChainsMixin, ActingMixin, BigTableAdmin):
    """Classes: many are acted on at once from the list; the page of one has its roster, and leads to what hosts see."""

    list_display = ["title", "starts_local", "studio", "room", "instructor", "seats", "status", "roster"]
    list_filter = [
        "status",
        "starts_at",
        ("chain", admin.RelatedOnlyFieldListFilter),
        ("studio", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["studio", "room", "instructor"]
    search_fields = ["title", "=public_id", "studio__name", "instructor__handle"]
    search_help_text = _("Title, studio, handle of the instructor")
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-id"]
    fields = [
        ("title", "public_id", "status"),
        ("starts_local", "time_zone", "starts_at", "ends_at"),
        ("studio", "room", "class_type"),
        ("instructor", "substitutes", "series"),
        ("capacity", "confirmed", "reserved", "waitlisted"),
        ("price", "level", "format", "online_url"),
        "description",
        ("moved_at", "guaranteed_at", "attendance_closed_at"),
        ("cancelled_at", "cancel_reason"),
        ("created_at", "updated_at", "version"),
    ]
    inlines = [RosterRows]
    actions = [cancel_many, swap_many]
    actions_detail = ["bookings", "as_hosts", "cancel_one_here"]
    cancel_one_here = reasoned_action("cancel_one", _("Cancel with a reason"), _cancel).button

    @action(description=_("Bookings"), url_path="bookings", icon="groups")
    def bookings(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        """The roster as a list in which many are marked at once."""
        return redirect(_roster(object_id))

    @action(description=_("As its hosts see it"), url_path="hosts", permissions=["act"], icon="storefront")
    def as_hosts(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        """Move it, change its seats, take attendance: administrators of the house may everything there."""
        session = self.get_object(request, object_id)
        if session is None:
            raise Http404
        return redirect("classes:host-session", session.chain.slug, session.public_id)

    @display(description=_("bookings"))
    def roster(self, row: Session) -> SafeString:
        link = '<a class="text-primary-600 dark:text-primary-400" href="{}">{}</a>'
        return format_html(link, _roster(row.pk), _("Roster"))

    @display(description=_("seats"))
    def seats(self, row: Session) -> str:
        over = f" (+{row.over_by})" if row.over_by else ""
        return f"{row.taken}/{row.capacity}{over}"


def _roster(session_id: Any) -> str:
    return f"{reverse('admin:classes_rsvp_changelist')}?{urlencode({'session__id__exact': session_id})}"


@admin.register(Series)
class SeriesAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["class_type", "recurs", "starts_local", "studio", "room", "instructor", "made_until", "ended_on"]
    list_filter = [("chain", admin.RelatedOnlyFieldListFilter), ("studio", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["class_type", "studio", "room", "instructor"]
    search_fields = ["class_type__title", "=public_id", "studio__name", "instructor__handle"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]

    @display(description=_("recurs"))
    def recurs(self, row: Series) -> str:
        return in_words(rule_of(row), first_of(row).date())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.has_act_permission(request))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One series for each of the class types that were chosen, or none at all."""
        form = SeriesOfTypesForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and carried_out(
            request, lambda: _make_series(form, _actor(request)), done=str(_("On the timetable."))
        ):
            return redirect("admin:classes_series_changelist")
        return ask_why(
            self, request, form, title=_("New series"), rows=[], cancel_url=reverse("admin:classes_series_changelist")
        )


def _make_series(form: SeriesOfTypesForm, actor: User) -> list[Series]:
    data = form.cleaned_data
    return create_series_in_a_row(
        actor=actor,
        class_types=data["class_types"],
        studio=data["studio"],
        room=data["room"],
        rule=form.rule,
        starts_local=form.first,
        reason=data["reason"],
        now=timezone.now(),
    )
