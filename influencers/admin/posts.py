from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from influencers.models import Post, PostPhoto
from influencers.services import post_life
from influencers.services.post_photos import remove_post_photo
from influencers.text import rendered


def _take_down(post: Post, actor: Any, reason: str, now: datetime) -> object:
    return post_life.take_down_post(post_id=post.pk, actor=actor, reason=reason, now=now)


def _restore(post: Post, actor: Any, reason: str, now: datetime) -> object:
    return post_life.restore_post(post_id=post.pk, actor=actor, reason=reason, now=now)


def _remove(photo: PostPhoto, actor: Any, reason: str, now: datetime) -> object:
    return remove_post_photo(photo_id=photo.pk, actor=actor, reason=reason, now=now)


@admin.register(Post)
class PostAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["headline", "author", "status", "audience", "like_count", "comment_count", "published_at"]
    list_filter = ["status", "audience", "who_may_comment"]
    list_select_related = ["author"]
    search_fields = ["text", "=public_id", "author__handle", "author__email"]
    search_help_text = _("Words, id, author")
    date_hierarchy = "published_at"
    ordering = ["-id"]
    fields = [
        ("author", "public_id", "version"),
        ("status", "audience", "who_may_comment"),
        ("published_at", "scheduled_for"),
        "taken_down_reason",
        "as_shown",
        ("like_count", "comment_count", "share_count"),
    ]
    readonly_fields = [name for row in fields for name in (row if isinstance(row, tuple) else (row,))]
    actions = [
        reasoned_action("take_down", _("Take down with a reason"), _take_down),
        reasoned_action("restore", _("Put back as a draft with a reason"), _restore),
    ]

    @display(description=_("post"))
    def headline(self, post: Post) -> str:
        return post.headline

    @display(description=_("text"))
    def as_shown(self, post: Post) -> SafeString:
        return rendered(post.text)


@admin.register(PostPhoto)
class PostPhotoAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["preview", "post", "alt", "state", "created_at"]
    list_display_links = ["preview", "post"]
    list_filter = ["state"]
    list_select_related = ["post"]
    search_fields = ["alt", "post__public_id", "=public_id"]
    ordering = ["-id"]
    exclude = ["original", "placeholder"]
    actions = [reasoned_action("remove", _("Remove with a reason"), _remove)]

    @display(description=_("photo"))
    def preview(self, photo: PostPhoto) -> SafeString | str:
        picture = photo.picture
        if picture is None:
            return "–"
        return format_html('<img src="{}" alt="{}" width="80" height="60">', picture["url"], photo.alt)
