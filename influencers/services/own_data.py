"""What the download of one's own data holds of posts (GDP-1)."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from influencers.models import CoverPhoto, Post, PostPhoto


def documents_of(user: User) -> list[Document]:
    posts = Post.objects.filter(author=user).order_by("pk").prefetch_related("links__meal")
    data = [
        {
            "id": post.public_id,
            "text": post.text,
            "status": post.status,
            "audience": post.audience,
            "who_may_comment": post.who_may_comment,
            "meals": [link.meal.slug for link in post.links.all()],
            "written_at": post.created_at,
            "scheduled_for": post.scheduled_for,
            "published_at": post.published_at,
            "taken_down_reason": post.taken_down_reason,
        }
        for post in posts
    ]
    return [Document("posts", _("Posts"), data, data)]


def photos_of(user: User) -> Iterator[MediaFile]:
    for cover in CoverPhoto.objects.filter(page__user=user).exclude(original="").order_by("pk"):
        yield MediaFile(path=f"photos/cover/{cover.pk}", open=partial(cover.original.open, "rb"))
    photos = PostPhoto.objects.filter(post__author=user).exclude(original="").select_related("post").order_by("pk")
    for photo in photos:
        path = f"photos/posts/{photo.post.public_id}/{photo.public_id}"
        yield MediaFile(path=path, open=partial(photo.original.open, "rb"))


PART = ExportPart("posts", documents=documents_of, media=photos_of)
