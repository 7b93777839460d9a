"""Series and classes in the back office: looked at, and many acted on at once, all or none, by the services."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from accounts.models import User
from classes import rules
from classes.admin.scope import AcrossChainsMixin
from classes.forms.staff_timetable import CancelManyForm, SeriesOfTypesForm, SwapManyForm
from classes.models import ChainStaff, Series, Session
from classes.recurrence import in_words
from classes.services.series import create_series, first_of, rule_of
from classes.services.sessions import cancel_sessions, swap_instructor
from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.reasons import MAX_ROWS, ActingMixin

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
            actor=_actor(request), session_ids=ids, instructor=form.cleaned_data["instructor"], now=timezone.now()
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
    context = modeladmin.admin_site.each_context(request) | {
        "title": title,
        "rows": rows,
        "form": form,
        "action": name,
        "opts": modeladmin.model._meta,
    }
    return render(request, "common/admin_reason.html", context)


def _done(count: int) -> str:
    return ngettext("%(count)d class changed.", "%(count)d classes changed.", count) % {"count": count}


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the back office is for those signed in
    return request.user


@admin.register(Session)
class SessionAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["title", "starts_local", "studio", "room", "instructor", "seats", "status", "guaranteed_at"]
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
    actions = [cancel_many, swap_many]

    @display(description=_("seats"))
    def seats(self, row: Session) -> str:
        over = f" (+{row.over_by})" if row.over_by else ""
        return f"{row.taken}/{row.capacity}{over}"


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
            request, lambda: make_series(form, _actor(request)), done=str(_("On the timetable."))
        ):
            return redirect("admin:classes_series_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("New series"),
            "rows": [],
            "form": form,
            "opts": self.opts,
            "cancel_url": "..",
        }
        return render(request, "common/admin_reason.html", context)


@transaction.atomic
def make_series(form: SeriesOfTypesForm, actor: User) -> list[Series]:
    """One after the other on each day; a clash of one refuses all."""
    data, starts, made = form.cleaned_data, form.first, []
    for kind in data["class_types"]:
        made.append(
            create_series(
                actor=actor,
                class_type=kind,
                studio=data["studio"],
                room=data["room"],
                instructor=None,
                rule=form.rule,
                starts_local=starts,
                minutes=kind.minutes,
                capacity=kind.capacity,
                now=timezone.now(),
            )
        )
        starts += timedelta(minutes=kind.minutes)
    return made
