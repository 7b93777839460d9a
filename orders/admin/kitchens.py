from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from orders.models import DailyPortions, Kitchen, KitchenCreator, KitchenMember, OpeningTime, Slot
from orders.services.slots import cancel_slot, make_slots


class OpeningTimeRows(StackedInline):
    model = OpeningTime
    extra = 0


class MemberRows(TabularInline):
    model = KitchenMember
    autocomplete_fields = ["person"]
    extra = 0
    tab = True


class CreatorRows(TabularInline):
    model = KitchenCreator
    autocomplete_fields = ["creator"]
    extra = 0
    tab = True


@admin.register(Kitchen)
class KitchenAdmin(ModelAdmin):
    """Settings of a kitchen: what it is and when it is open. Orders keep what held on their day."""

    list_display = ["name", "time_zone", "currency", "is_default", "is_active", "is_test"]
    list_filter = ["is_active", "is_test"]
    search_fields = ["name", "=public_id"]
    inlines = [OpeningTimeRows, MemberRows, CreatorRows]
    show_full_result_count = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New opening times are on offer at once; slots that somebody has taken stay as they are."""
        super().save_related(request, form, formsets, change)
        if form.instance.is_active:
            make_slots(kitchen=form.instance, now=timezone.now())


def _cancel(slot: Slot, actor: Any, reason: str, now: datetime) -> object:
    return cancel_slot(slot_id=slot.pk, actor=actor, reason=reason, now=now)


@admin.register(Slot)
class SlotAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["starts_at", "kitchen", "fulfilment", "taken", "capacity", "is_cancelled"]
    list_filter = ["kitchen", "fulfilment", "is_cancelled"]
    list_select_related = ["kitchen"]
    search_fields = ["=public_id"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    actions = [reasoned_action("cancel", _("Cancel with a reason"), _cancel)]


@admin.register(DailyPortions)
class DailyPortionsAdmin(ReadOnlyAdmin):
    list_display = ["day", "meal", "planned", "taken", "capacity", "over"]
    list_select_related = ["meal"]
    search_fields = ["meal__title", "meal__slug"]
    date_hierarchy = "day"
    ordering = ["-day", "meal_id"]

    @display(description=_("over by"))
    def over(self, row: DailyPortions) -> int:
        return row.over_by
