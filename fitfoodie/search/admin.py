"""Saved searches in the back office: who keeps how many and what they were told. What somebody looks for is theirs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.search.models import SavedSearch, SavedSearchTold


class ToldRows(TabularInline):
    """Which mails went out: one a day at the most."""

    model = SavedSearchTold
    fields = ["day", "hits"]
    readonly_fields = fields
    ordering = ["-day"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "kind", "owner", "wants_alerts", "last_looked_at", "last_told_at", "created_at"]
    list_filter = ["wants_alerts", "kind"]
    list_select_related = ["owner"]
    search_fields = ["owner__handle", "=owner__email", "=public_id"]
    search_help_text = _("Handle, e-mail address, id")
    date_hierarchy = "created_at"
    ordering = ["-id"]
    fields = [("public_id", "kind", "owner"), "wants_alerts", ("last_looked_at", "last_told_at"), "created_at"]
    inlines = [ToldRows]
