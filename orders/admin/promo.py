"""Codes in the back office: looked at, written, paused and resumed by the services everybody uses."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.csv import csv_download
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders import rules
from orders.admin.code_pages import batch_page, change_page, code_page, found
from orders.models import PromoBatch, PromoCode, Redemption
from orders.pricing.words import money
from orders.services.promo_batches import batch_rows
from orders.services.promo_codes import pause_code, resume_code


def _pause(promo: PromoCode, actor: Any, reason: str, now: datetime) -> object:
    return pause_code(promo_id=promo.pk, actor=actor, now=now, reason=reason)


def _resume(promo: PromoCode, actor: Any, reason: str, now: datetime) -> object:
    return resume_code(promo_id=promo.pk, actor=actor, now=now, reason=reason)


class RedemptionInline(TabularInline):
    """Who used it, in which order."""

    model = Redemption
    fields = ["order", "customer", "amount", "redeemed_at", "released_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("order", "customer")


@admin.register(PromoCode)
class PromoCodeAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["code", "kind", "creator", "funder", "uses", "cost", "is_active", "ends_at"]
    list_filter = ["is_active", "kind", "funder", "scope", ("batch", admin.EmptyFieldListFilter)]
    list_select_related = ["creator"]
    search_fields = ["code", "label", "creator__handle", "batch__name"]
    search_help_text = _("Code, what it is for, creator, set")
    date_hierarchy = "created_at"
    ordering = ["-id"]
    fields = [
        ("code", "label", "batch"),
        ("kind", "percent", "amount", "currency"),
        ("buy_quantity", "get_quantity"),
        ("creator", "funder"),
        ("scope", "meals", "tags"),
        ("min_subtotal", "starts_at", "ends_at"),
        ("uses", "per_customer", "is_first_order_only", "is_stackable", "is_public"),
        ("budget", "cost", "is_active"),
    ]
    readonly_fields = [name for row in fields for name in (row if isinstance(row, tuple) else (row,))]
    inlines = [RedemptionInline]
    actions_list = ["make"]
    actions_detail = ["rewrite"]
    actions = [
        reasoned_action("pause", _("Pause with a reason"), _pause),
        reasoned_action("resume", _("Take up again with a reason"), _resume),
    ]

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return rules.is_promo_staff(request.user)

    @action(description=_("New code"), url_path="make", permissions=["write"], icon="add")
    def make(self, request: HttpRequest) -> HttpResponse:
        return code_page(self, request)

    @action(description=_("Change with a reason"), url_path="rewrite", permissions=["write"], icon="edit")
    def rewrite(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return change_page(self, request, found(self, request, object_id))

    @display(description=_("used"))
    def uses(self, promo: PromoCode) -> str:
        return f"{promo.taken} / {'∞' if promo.capacity is None else promo.capacity}"

    @display(description=_("cost"), ordering="spent")
    def cost(self, promo: PromoCode) -> str:
        return money(promo.spent, promo.currency)


@admin.register(PromoBatch)
class PromoBatchAdmin(ReadOnlyAdmin):
    list_display = ["name", "size", "created_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["name", "codes__code"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    fields = [("name", "size"), ("created_by", "created_at"), "used"]
    readonly_fields = ["name", "size", "created_by", "created_at", "used"]
    actions_list = ["generate"]
    actions_detail = ["download"]

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return rules.is_promo_staff(request.user)

    @action(description=_("Generate a set"), url_path="generate", permissions=["write"], icon="add")
    def generate(self, request: HttpRequest) -> HttpResponse:
        return batch_page(self, request)

    @action(description=_("Codes as CSV"), url_path="codes", permissions=["write"], icon="download")
    def download(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        batch = found(self, request, object_id)
        rows = batch_rows(batch)
        return csv_download(f"codes-{batch.pk}.csv", next(rows), rows)

    @display(description=_("codes used"))
    def used(self, batch: PromoBatch) -> int:
        return batch.codes.filter(taken__gt=0).count()
