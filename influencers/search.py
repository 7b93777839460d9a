"""How posts are found: by their words, then by the meals they speak of."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from fitfoodie.common.markdown import plain_text
from fitfoodie.search import index as indexes
from fitfoodie.search.index import Document, SearchIndex
from influencers.models import Post

if TYPE_CHECKING:
    from influencers.querysets import PostQuerySet


def public() -> "PostQuerySet":
    """Drafts, scheduled, archived, private and followers' posts are never in the index (REC-8)."""
    return Post.objects.public()


def documents(posts: "QuerySet[Post]") -> Iterator[Document]:
    """Two queries, however many posts."""
    rows = posts.only("text", "language").order_by("pk")
    for post in rows.prefetch_related("links__meal"):
        yield Document(
            id=post.pk,
            language=post.language,
            texts={
                "headline": post.headline,
                "text": plain_text(post.text),
                "meals": "\n".join(link.meal.title for link in post.links.all() if link.meal.is_public),
            },
        )


POSTS = indexes.register(
    SearchIndex(
        name="posts",
        model="influencers.Post",
        fields={"headline": "B", "text": "C", "meals": "D"},
        suggest="headline",
        public=public,
        documents=documents,
    )
)
