"""Bookings in the back office: the roster of a class, who came, what it costs. All of it by the services that hosts and
members use, with a reason."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from classes.admin.scope import AcrossChainsMixin
from classes.models import Outing, Rsvp, RsvpMove, SeatHandOn
from classes.services.attendance import mark_missed
from classes.services.check_in import check_in_person, undo_check_in
from classes.services.fees import decide_fee
from classes.services.rsvps import leave_session
from fitfoodie.common.backoffice import BigTableAdmin, ReadOnlyAdmin
from fitfoodie.common.errors import ConflictError
from fitfoodie.common.reasons import ActingMixin, reasoned_action


def _leave(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
    """On behalf of the person, on the terms that hold for them. The seat goes on at once."""
    if rsvp.user is None:
        raise ConflictError(gettext("Nobody has this seat any more."))
    return leave_session(user=rsvp.user, session_id=rsvp.session_id, actor=actor, reason=reason, now=now)


def _by(write: Callable[..., object]) -> Any:
    """Of the roster, which knows bookings by their public id."""

    def carry(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
        return write(actor=actor, session_id=rsvp.session_id, rsvp_id=rsvp.public_id, reason=reason, now=now)

    return carry


def _decide(*, is_charged: bool) -> Any:
    def carry(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
        return decide_fee(rsvp_id=rsvp.pk, actor=actor, is_charged=is_charged, reason=reason, now=now)

    return carry


class LookOnly(TabularInline):
    """Rows below the page of another row."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MoveRows(LookOnly):
    """How the seat changed hands (N32)."""

    model = RsvpMove
    fields = ["moved_at", "from_status", "to_status", "actor", "reason"]
    readonly_fields = fields
    fk_name = "rsvp"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("actor")


class RosterRows(LookOnly):
    """Everybody who is or was in the class; the pencil leads to what can be done."""

    model = Rsvp
    fields = ["user", "status", "joined_at", "checked_in_at", "fee", "fee_state"]
    readonly_fields = fields
    fk_name = "session"
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user").order_by("id")


@admin.register(Rsvp)
class RsvpAdmin(AcrossChainsMixin, ActingMixin, BigTableAdmin):
    """Bookings: of one class its roster, of one person what they had. Disputed fees wait here for whoever decides."""

    list_display = ["session", "user", "status", "joined_at", "checked_in_at", "fee", "fee_state", "fee_charges_at"]
    list_filter = ["fee_state", "status", "chain"]
    list_select_related = ["session", "user"]
    search_fields = ["user__handle", "=user__email", "session__title", "=session__public_id", "=public_id"]
    search_help_text = _("Handle, e-mail address, class, id of the class or booking")
    date_hierarchy = "joined_at"
    ordering = ["-id"]
    fields = [
        ("session", "user", "status"),
        ("joined_at", "confirmed_at", "ended_at"),
        ("reserved_until", "free_cancel_until"),
        ("skipped_at", "skipped_because", "clashes_with"),
        ("checked_in_at", "checked_in_by", "is_hidden"),
        ("price", "fee", "fee_state", "fee_charges_at"),
        "dispute",
        ("handed_on_by", "outing", "public_id"),
        "policy",
    ]
    inlines = [MoveRows]

    def name_of(self, row: Rsvp) -> str:
        person = row.user.name if row.user else gettext("nobody")
        return f"{person} · {row.session} · {row.get_status_display()}"

    actions = [
        reasoned_action("was_there", _("Was there, with a reason"), _by(check_in_person)),
        reasoned_action("was_not_there", _("Did not come, with a reason"), _by(mark_missed)),
        reasoned_action("undo_check_in", _("Take the check-in back, with a reason"), _by(undo_check_in)),
        reasoned_action("leave_for_them", _("Cancel for the person, with a reason"), _leave),
        reasoned_action("waive_fee", _("Let the fee go, with a reason"), _decide(is_charged=False)),
        reasoned_action("charge_fee", _("Charge the fee, with a reason"), _decide(is_charged=True)),
    ]


@admin.register(Outing)
class OutingAdmin(AcrossChainsMixin, ReadOnlyAdmin):
    list_display = ["public_id", "session", "proposer", "state", "proposed_at", "expires_at"]
    list_filter = ["state", "chain"]
    list_select_related = ["session", "proposer"]
    search_fields = ["=public_id", "proposer__handle", "session__title"]
    search_help_text = _("Handle of who proposed it, class, id")
    date_hierarchy = "proposed_at"
    ordering = ["-id"]


@admin.register(SeatHandOn)
class SeatHandOnAdmin(AcrossChainsMixin, ReadOnlyAdmin):
    list_display = ["public_id", "rsvp", "friend", "state", "asked_at", "expires_at"]
    list_filter = ["state", "chain"]
    list_select_related = ["rsvp", "friend"]
    search_fields = ["=public_id", "friend__handle"]
    search_help_text = _("Handle of the friend, id")
    date_hierarchy = "asked_at"
    ordering = ["-id"]
