from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from social.models import Comment, ShareLink
from social.services.comment_care import hide_comment, show_comment
from social.services.share import revoke_share_link


def _hide(comment: Comment, actor: Any, reason: str, now: datetime) -> object:
    return hide_comment(comment_id=comment.pk, actor=actor, reason=reason, now=now)


def _show(comment: Comment, actor: Any, reason: str, now: datetime) -> object:
    return show_comment(comment_id=comment.pk, actor=actor, reason=reason, now=now)


def _revoke(link: ShareLink, actor: Any, reason: str, now: datetime) -> object:
    return revoke_share_link(link_id=link.pk, actor=actor, reason=reason, now=now)


@admin.register(Comment)
class CommentAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["text", "author", "subject_type", "subject_id", "is_shown", "like_count", "created_at"]
    list_filter = [
        "subject_type",
        ("hidden_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["author"]
    search_fields = ["text", "author__handle", "=public_id", "=subject_id"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    actions = [
        reasoned_action("hide", _("Hide with a reason"), _hide),
        reasoned_action("show", _("Show again with a reason"), _show),
    ]

    @display(description=_("shown"), boolean=True)
    def is_shown(self, comment: Comment) -> bool:
        return comment.is_shown


@admin.register(ShareLink)
class ShareLinkAdmin(ActingMixin, ReadOnlyAdmin):
    """The token is the key to what it opens: staff take links back, they do not use them."""

    list_display = ["subject_type", "subject_id", "creator", "created_at", "expires_at", "revoked_at"]
    list_filter = ["subject_type", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["creator"]
    search_fields = ["creator__handle", "=subject_id"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    exclude = ["token"]
    actions = [reasoned_action("revoke", _("Take back with a reason"), _revoke)]
