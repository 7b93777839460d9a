"""Posts as lines of the feed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from influencers.api import shapes
from influencers.events import PostPublished
from influencers.models import Post
from influencers.views.post_cards import card
from social.feed_sources import FeedFact, FeedSource


def _published(payload: PostPublished) -> FeedFact:
    return FeedFact(actor_id=payload.author_id, subject_id=payload.post_id)


def post_cards(ids: Sequence[int], viewer: Any) -> Mapping[int, dict[str, Any]]:
    return {post.pk: card(post) for post in _posts(ids, viewer)}


def post_shapes(ids: Sequence[int], viewer: Any) -> Mapping[int, dict[str, Any]]:
    rows = _posts(ids, viewer)
    return {post.pk: shape for post, shape in zip(rows, shapes.posts(rows, viewer), strict=True)}


def post_likes(ids: Sequence[int]) -> Mapping[int, int]:
    return dict(Post.objects.filter(pk__in=ids).values_list("pk", "like_count"))


def _posts(ids: Sequence[int], viewer: Any) -> list[Post]:
    return list(Post.objects.shown_to(viewer).filter(pk__in=ids).for_cards())


POSTS_PUBLISHED = FeedSource(
    kind="post",
    label=_("Posts people write"),
    did=_("wrote a post"),
    subject="influencers.post",
    added_by=("influencers.post.published",),
    withdrawn_by=(
        "influencers.post.unpublished",
        "influencers.post.archived",
        "influencers.post.taken_down",
        "influencers.post.deleted",
    ),
    fact_of=_published,
    visible=post_cards,
    template="influencers/_feed_post.html",
    shapes=post_shapes,
    likes=post_likes,
)
