"""Links, clicks, commissions and rates. Staff look, and decide by actions that say why."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders.models import AffiliateLink, Click, Commission, CommissionAdjustment, CommissionRate
from orders.selectors.earnings import why
from orders.services import commission_decisions as decisions


@admin.register(AffiliateLink)
class AffiliateLinkAdmin(ReadOnlyAdmin):
    list_display = ["code", "creator", "label", "meal", "path", "is_active", "click_count", "created_at"]
    list_filter = ["is_active"]
    list_select_related = ["creator", "meal"]
    search_fields = ["code", "label", "creator__handle", "meal__title"]
    date_hierarchy = "created_at"
    ordering = ["-id"]


@admin.register(Click)
class ClickAdmin(ReadOnlyAdmin):
    list_display = ["link", "kind", "clicked_at"]
    list_filter = ["kind"]
    list_select_related = ["link"]
    search_fields = ["=public_id", "link__code"]
    date_hierarchy = "clicked_at"
    ordering = ["-id"]
    # Who clicked is nobody's business, staff's neither; what a click led to stands in its commissions.
    fields = ["public_id", "link", "kind", "clicked_at"]


def _hold(row: Commission, actor: Any, reason: str, now: datetime) -> object:
    return decisions.hold_commission(commission_id=row.pk, actor=actor, reason=reason, now=now)


def _release(row: Commission, actor: Any, reason: str, now: datetime) -> object:
    return decisions.release_commission(commission_id=row.pk, actor=actor, reason=reason, now=now)


def _void(row: Commission, actor: Any, reason: str, now: datetime) -> object:
    return decisions.void_commission(commission_id=row.pk, actor=actor, reason=reason, now=now)


@admin.register(Commission)
class CommissionAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["creator", "order", "via", "base", "rate", "amount", "reversed", "status", "says", "earned_at"]
    list_filter = ["status", "via", "currency"]
    list_select_related = ["creator", "order", "payout"]
    search_fields = ["creator__handle", "order__number", "link__code", "promo__code"]
    date_hierarchy = "earned_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("hold", _("Hold with a reason"), _hold),
        reasoned_action("release", _("Release with a reason"), _release),
        reasoned_action("void", _("Refuse with a reason"), _void),
    ]

    @display(description=_("why it is not paid"))
    def says(self, row: Commission) -> str:
        return why(row, now=timezone.now())


class _ServiceAdd:
    """A row that staff add through a service, and never change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        model: Any = self.model  # type: ignore[attr-defined]
        return bool(request.user.has_perm(f"orders.add_{model._meta.model_name}"))


@admin.register(CommissionRate)
class CommissionRateAdmin(_ServiceAdd, ReadOnlyAdmin):
    list_display = ["creator", "rate", "valid_from", "reason", "set_by", "set_at"]
    list_select_related = ["creator", "set_by"]
    search_fields = ["creator__handle", "reason"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "valid_from"
    ordering = ["-id"]
    fields = ["creator", "rate", "valid_from", "reason"]

    def save_model(self, request: HttpRequest, obj: CommissionRate, form: Any, change: bool) -> None:
        def write() -> None:
            row = decisions.set_rate(
                creator=obj.creator,
                rate=obj.rate,
                valid_from=obj.valid_from,
                actor=request.user,  # type: ignore[arg-type]  # behind the sign-in of the back office
                reason=obj.reason,
                now=timezone.now(),
            )
            obj.pk = row.pk

        carried_out(request, write, done=str(_("The rate is set.")))


@admin.register(CommissionAdjustment)
class CommissionAdjustmentAdmin(_ServiceAdd, ReadOnlyAdmin):
    list_display = ["creator", "amount", "currency", "reason", "booked_at", "payout"]
    list_select_related = ["creator", "payout"]
    search_fields = ["creator__handle", "reason", "=key"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "booked_at"
    ordering = ["-id"]
    fields = ["creator", "amount", "currency", "reason"]

    def save_model(self, request: HttpRequest, obj: CommissionAdjustment, form: Any, change: bool) -> None:
        now = timezone.now()

        def write() -> None:
            row = decisions.adjust_earnings(
                creator=obj.creator,
                amount=obj.amount,
                currency=obj.currency,
                actor=request.user,  # type: ignore[arg-type]  # behind the sign-in of the back office
                reason=obj.reason,
                key=f"{request.user.pk}:{now.isoformat()}",
                now=now,
            )
            obj.pk = row.pk

        carried_out(request, write, done=str(_("The correction is booked.")))
