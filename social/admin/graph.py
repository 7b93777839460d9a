"""The graph in the back office: looked at, and mended with a reason by the same services as everywhere."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from social.models import Block, Connection, Follow, SocialStats
from social.services.block import remove_block
from social.services.connection import remove_connection


def _remove_block(block: Any, actor: Any, reason: str, now: datetime) -> object:
    return remove_block(block_id=block.pk, actor=actor, reason=reason)


def _remove_connection(connection: Any, actor: Any, reason: str, now: datetime) -> object:
    return remove_connection(connection_id=connection.pk, actor=actor, reason=reason)


def _people(*paths: str) -> list[str]:
    """Both people of a tie are found by handle, exactly, and by name."""
    return [f"{path}__{field}" for path in paths for field in ("handle__iexact", "name")]


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    list_display = ["follower", "followee", "state", "requested_at", "accepted_at"]
    list_filter = ["state"]
    list_select_related = ["follower", "followee"]
    search_fields = _people("follower", "followee")
    date_hierarchy = "requested_at"
    ordering = ["-id"]


@admin.register(Connection)
class ConnectionAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["low", "high", "requested_by", "state", "requested_at", "accepted_at"]
    list_filter = ["state"]
    list_select_related = ["low", "high", "requested_by"]
    search_fields = _people("low", "high")
    date_hierarchy = "requested_at"
    ordering = ["-id"]
    actions = [reasoned_action("remove", _("Remove with a reason"), _remove_connection)]


@admin.register(Block)
class BlockAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["blocker", "blocked", "blocked_at"]
    list_select_related = ["blocker", "blocked"]
    search_fields = _people("blocker", "blocked")
    date_hierarchy = "blocked_at"
    ordering = ["-id"]
    actions = [reasoned_action("remove", _("Remove with a reason"), _remove_block)]


@admin.register(SocialStats)
class SocialStatsAdmin(ReadOnlyAdmin):
    list_display = ["user", "follower_count", "following_count", "friend_count"]
    list_select_related = ["user"]
    search_fields = _people("user")
    ordering = ["-follower_count", "-user_id"]
