"""Freezes of earnings, and the queue of appeals against them: answered by somebody else, with a reason (AFF-10)."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from influencers.admin.verification import ReviewAction, ReviewAdmin, Write, add_buttons
from orders import rules
from orders.models import EarningsAppeal, EarningsFreeze
from orders.services import earnings_appeals, freezing


def _lift(row: EarningsFreeze, actor: Any, reason: str, now: datetime) -> object:
    return freezing.lift_freeze(freeze_id=row.pk, actor=actor, reason=reason, now=now)


@admin.register(EarningsFreeze)
class EarningsFreezeAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["creator", "cause", "reason", "frozen_by", "frozen_at", "lifted_at"]
    list_filter = ["cause", ("lifted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["creator", "frozen_by"]
    search_fields = ["creator__handle", "creator__name", "reason"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "frozen_at"
    ordering = ["-id"]
    actions = [reasoned_action("lift", _("Let go with a reason"), _lift)]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.add_earningsfreeze")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["creator", "reason"] if obj is None else super().get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: EarningsFreeze, form: Any, change: bool) -> None:
        def write() -> None:
            row = freezing.freeze_earnings(
                creator_id=obj.creator_id,
                actor=request.user,  # type: ignore[arg-type]  # behind the sign-in of the back office
                reason=obj.reason,
                now=timezone.now(),
            )
            obj.pk = row.pk

        carried_out(request, write, done=str(_("The earnings are frozen; their creator is told why.")))

    def log_addition(self, request: HttpRequest, obj: EarningsFreeze, message: Any) -> Any:
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(self, request: HttpRequest, obj: EarningsFreeze, post_url_continue: str | None = None) -> Any:
        """A freeze that was refused is not said to be added."""
        if obj.pk is None:
            return redirect("admin:orders_earningsfreeze_changelist")
        return super().response_add(request, obj, post_url_continue)


def _answer(*, overturn: bool) -> Write:
    def write(row: EarningsAppeal, actor: Any, data: dict[str, Any], now: datetime) -> object:
        return earnings_appeals.decide_appeal(
            appeal_id=row.pk, actor=actor, overturn=overturn, answer=data["reason"], now=now
        )

    return write


@admin.register(EarningsAppeal)
class EarningsAppealAdmin(ReviewAdmin):
    list_display = ["creator", "against", "state", "filed_at", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["freeze__creator", "decided_by"]
    search_fields = ["freeze__creator__handle", "freeze__creator__name"]
    date_hierarchy = "filed_at"
    ordering = ["filed_at", "id"]
    fields = [
        ("creator", "against", "state"),
        "decided_first",
        "text",
        "filed_at",
        ("decided_by", "decided_at"),
        "answer",
    ]
    readonly_fields = ["creator", "against", "decided_first"]
    review_actions = {
        "uphold": ReviewAction(_("Keep them frozen"), "gavel", _answer(overturn=False)),
        "overturn": ReviewAction(_("Let the earnings go"), "lock_open", _answer(overturn=True)),
    }
    actions_detail = list(review_actions)

    def may_act(self, user: Any) -> bool:
        return rules.may_decide_on_commissions(user)

    @display(description=_("creator"))
    def creator(self, row: EarningsAppeal) -> str:
        return str(row.freeze.creator)

    @display(description=_("against"))
    def against(self, row: EarningsAppeal) -> str:
        return row.freeze.reason

    @display(description=_("decided first by"))
    def decided_first(self, row: EarningsAppeal) -> str:
        return str(row.freeze.frozen_by or "–")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[EarningsAppeal]":
        return super().get_queryset(request).select_related("freeze__creator", "freeze__frozen_by")  # type: ignore[no-any-return]

    def seen(self, row: EarningsAppeal) -> str:
        return f"{row.freeze.creator}: {row.text[:200]}"


add_buttons(EarningsAppealAdmin)
