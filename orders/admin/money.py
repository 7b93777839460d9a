"""Payments, refunds, messages of providers, the ledger and documents: read here, changed only by services."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders.models import Entry, Invoice, LedgerReport, Movement, Payment, ProviderEvent, Refund
from orders.services import payments, refunds


def _ask_provider(payment: Payment, actor: Any, reason: str, now: datetime) -> object:
    return payments.refresh_payment(payment_id=payment.pk, now=now)


def _send_back(payment: Payment, actor: Any, reason: str, now: datetime) -> object:
    """What is left: of an order through its lines, of money that pays for nothing as a whole."""
    if payment.is_surplus:
        return refunds.refund_surplus(payment_id=payment.pk, actor=actor, reason=reason, now=now)
    return refunds.refund_all(order_id=payment.order_id, actor=actor, reason=reason, now=now)


@admin.register(Payment)
class PaymentAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["public_id", "order", "provider", "status", "amount", "captured", "refunded", "currency"]
    list_filter = ["status", "provider", "is_surplus"]
    list_select_related = ["order"]
    search_fields = ["=public_id", "=reference", "=order__number"]
    date_hierarchy = "created_at"
    ordering = ["-pk"]
    actions = [
        reasoned_action("ask_provider", _("Ask the provider again"), _ask_provider),
        reasoned_action("send_back", _("Refund all that is left"), _send_back),
    ]


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "payment", "amount", "status", "actor", "reason", "failure", "requested_at"]
    list_filter = ["status"]
    list_select_related = ["payment", "actor"]
    search_fields = ["=public_id", "=reference", "=payment__order__number"]
    date_hierarchy = "requested_at"
    ordering = ["-pk"]


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    list_display = ["event_id", "provider", "kind", "payment", "outcome", "received_at"]
    list_filter = ["provider", "kind"]
    list_select_related = ["payment"]
    search_fields = ["=event_id", "=payment__reference", "=payment__order__number"]
    date_hierarchy = "received_at"
    ordering = ["-pk"]


class EntryInline(admin.TabularInline):  # type: ignore[type-arg]  # unfold's and Django's differ in their parameters
    model = Entry
    extra = 0
    can_delete = False
    fields = ["account", "party", "amount"]
    readonly_fields = ["account", "party", "amount"]

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ["key", "kind", "order", "currency", "booked_at", "note"]
    list_filter = ["kind", "currency"]
    list_select_related = ["order"]
    search_fields = ["=key", "=order__number"]
    date_hierarchy = "booked_at"
    ordering = ["-pk"]
    inlines = [EntryInline]


@admin.register(LedgerReport)
class LedgerReportAdmin(ReadOnlyAdmin):
    list_display = ["checked_at", "movement_count", "problems"]
    ordering = ["-checked_at"]


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind", "order", "issued_at"]
    list_filter = ["kind"]
    list_select_related = ["order"]
    search_fields = ["=number", "=order__number"]
    date_hierarchy = "issued_at"
    ordering = ["-pk"]
