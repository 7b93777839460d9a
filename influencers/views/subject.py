"""Posts as a thing that is liked, commented, shared and stands in the feed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from influencers.api import shapes
from influencers.enums import PostStatus
from influencers.models import Post
from influencers.views.post_cards import card
from social.subjects import Subject


def _rows(post_ids: Sequence[int]) -> list[Post]:
    return list(Post.objects.filter(pk__in=post_ids).for_cards())


def cards_by_id(post_ids: Sequence[int], viewer: Any) -> dict[int, dict[str, Any]]:
    return {post.pk: card(post) for post in _rows(post_ids)}


def shapes_by_id(post_ids: Sequence[int], viewer: User) -> dict[int, dict[str, Any]]:
    rows = _rows(post_ids)
    return dict(zip((post.pk for post in rows), shapes.posts(rows, viewer), strict=True))


def _is_public(post: Post) -> bool:
    return Post.objects.public().filter(pk=post.pk).exists()


SUBJECT = Subject(
    model=Post,
    label=_("Post"),
    visible=Post.objects.visible_to,
    owner="author",
    address=lambda post: str(post.get_absolute_url()),
    title=lambda post: str(post.headline),
    template="influencers/_post_card.html",
    cards=cards_by_id,
    shapes=shapes_by_id,
    is_public=_is_public,
    is_open=lambda post: bool(post.status == PostStatus.PUBLISHED),
)
