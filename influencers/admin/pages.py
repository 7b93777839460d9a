from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from influencers.admin.comparison import compare
from influencers.models import Collection, CollectionItem, CreatorPage
from influencers.services.cover import remove_cover


def _remove_cover(row: CreatorPage, actor: Any, reason: str, now: datetime) -> object:
    return remove_cover(user=row.user, actor=actor, reason=reason, now=now)


@admin.register(CreatorPage)
class CreatorPageAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["user", "headline", "follower_count", "updated_at"]
    list_select_related = ["user"]
    search_fields = ["user__handle", "user__name", "headline"]
    date_hierarchy = "created_at"
    ordering = ["-standing", "-id"]
    fields = ["user", "headline", "about", "accent", "follower_count"]
    actions = [compare, reasoned_action("remove_cover", _("Remove the cover photo with a reason"), _remove_cover)]


class ItemInline(TabularInline):
    model = CollectionItem
    fields = ["position", "meal"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CollectionItem]":
        return super().get_queryset(request).select_related("meal")  # type: ignore[no-any-return]


@admin.register(Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ["title", "creator", "is_public", "position", "updated_at"]
    list_filter = ["is_public"]
    list_select_related = ["creator"]
    search_fields = ["title", "slug", "creator__handle"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    fields = ["creator", "title", "slug", "description", "is_public", "position"]
    inlines = [ItemInline]
