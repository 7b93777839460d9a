"""Posts as a kind of the studio."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from influencers.content import PostContent
from influencers.enums import PostStatus
from influencers.models import Post
from influencers.services import post_life
from influencers.services.posts import edit_post
from influencers.studio_items import StudioItem, StudioKind
from social.enums import WhoMayComment

FIGURES = {"likes": "like_count", "comments": "comment_count", "shares": "share_count"}


def rows(owner: User) -> "QuerySet[Post]":
    return Post.objects.filter(author=owner)


def item(post: Post) -> StudioItem:
    return StudioItem(
        kind="post",
        key=post.public_id,
        title=post.headline,
        status=post.status,
        status_label=str(PostStatus(post.status).label),
        edit_url=reverse("influencers:post-edit", args=[post.public_id]),
        url=post.get_absolute_url(),
        updated_at=post.updated_at,
        scheduled_for=post.scheduled_for,
        published_at=post.published_at,
        audience=post.audience,
        audience_label=post.get_audience_display(),
        comments_label=str(WhoMayComment(post.who_may_comment).label),
        figures={name: getattr(post, column) for name, column in FIGURES.items()},
    )


def totals(owner: User) -> Mapping[str, int]:
    published = Post.objects.filter(author=owner, status=PostStatus.PUBLISHED)
    return published.aggregate(**{name: Coalesce(Sum(column), 0) for name, column in FIGURES.items()})


def _publish(pk: int, actor: User, now: datetime, value: Any) -> object:
    return post_life.publish_post(post_id=pk, actor=actor, now=now)


def _schedule(pk: int, actor: User, now: datetime, value: Any) -> object:
    return post_life.schedule_post(post_id=pk, actor=actor, at=value, now=now)


def _archive(pk: int, actor: User, now: datetime, value: Any) -> object:
    return post_life.archive_post(post_id=pk, actor=actor, now=now)


def _restore(pk: int, actor: User, now: datetime, value: Any) -> object:
    return post_life.restore_post(post_id=pk, actor=actor, now=now)


def _audience(pk: int, actor: User, now: datetime, value: Any) -> object:
    return _edit(pk, actor, now, PostContent(audience=value))


def _comments(pk: int, actor: User, now: datetime, value: Any) -> object:
    return _edit(pk, actor, now, PostContent(who_may_comment=value))


def _edit(pk: int, actor: User, now: datetime, content: PostContent) -> object:
    version = Post.objects.values_list("version", flat=True).get(pk=pk)
    return edit_post(post_id=pk, editor=actor, content=content, expected_version=version, now=now)


POSTS = StudioKind(
    name="post",
    label=gettext_lazy("Posts"),
    new_url=lambda: reverse("influencers:post-new"),
    rows=rows,
    item=item,
    totals=totals,
    actions={
        "publish": _publish,
        "schedule": _schedule,
        "archive": _archive,
        "restore": _restore,
        "audience": _audience,
        "comments": _comments,
    },
    key="public_id",
    position=20,
)
