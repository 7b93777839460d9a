"""Payouts: the money is sent by hand or by a bank file, and marked here; both decisions take a second factor."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders.models import Payout
from orders.services import payouts


def _paid(row: Payout, actor: Any, reason: str, now: datetime) -> object:
    return payouts.mark_paid(payout_id=row.pk, actor=actor, reference=reason, now=now)


def _refuse(row: Payout, actor: Any, reason: str, now: datetime) -> object:
    return payouts.refuse_payout(payout_id=row.pk, actor=actor, reason=reason, now=now)


@admin.register(Payout)
class PayoutAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["creator", "amount", "currency", "status", "reference", "requested_at", "decided_by", "decided_at"]
    list_filter = ["status", "currency"]
    list_select_related = ["creator", "decided_by"]
    search_fields = ["creator__handle", "=public_id", "reference"]
    date_hierarchy = "requested_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("paid", _("Mark as sent: give the reference of the transfer as the reason"), _paid),
        reasoned_action("refuse", _("Refuse with a reason"), _refuse),
    ]
