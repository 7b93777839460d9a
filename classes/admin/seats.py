"""Seats in the back office: looked at, and let go with a reason, through the service that everybody uses."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from classes.models import Outing, Rsvp, SeatHandOn
from classes.services.rsvps import leave_session
from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.errors import ConflictError
from fitfoodie.common.reasons import reasoned_action


def _leave(rsvp: Rsvp, actor: Any, reason: str, now: datetime) -> object:
    """On behalf of the person, on the terms that hold for them. The seat goes on at once."""
    if rsvp.user is None:
        raise ConflictError(_t("Nobody has this seat any more."))
    return leave_session(user=rsvp.user, session_id=rsvp.session_id, actor=actor, reason=reason, now=now)


# For the page of bookings.
SEAT_ACTIONS = [reasoned_action("leave_for_them", _("Cancel for the person, with a reason"), _leave)]


@admin.register(Outing)
class OutingAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "session", "proposer", "state", "proposed_at", "expires_at"]
    list_filter = ["state"]
    list_select_related = ["session", "proposer"]
    search_fields = ["=public_id", "proposer__handle", "session__title"]
    date_hierarchy = "proposed_at"
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Outing.everything.all()


@admin.register(SeatHandOn)
class SeatHandOnAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "rsvp", "friend", "state", "asked_at", "expires_at"]
    list_filter = ["state"]
    list_select_related = ["rsvp", "friend"]
    search_fields = ["=public_id", "friend__handle"]
    date_hierarchy = "asked_at"
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return SeatHandOn.everything.all()
