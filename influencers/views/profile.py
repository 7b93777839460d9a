"""The posts of a creator on their page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.profile_sections import ProfileSection
from influencers.models import Post
from influencers.views.post_cards import cards

SHOWN = 3


def posts_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """The newest of what the viewer may see; nothing at all of people who post nothing."""
    newest = Post.objects.shown_to(viewer).filter(author=person).order_by("-published_at", "-id")
    found = list(newest.for_cards()[: SHOWN + 1])
    if not found:
        return None
    return {"posts": cards(found[:SHOWN]), "more_handle": person.handle if len(found) > SHOWN else ""}


SECTION = ProfileSection("posts", "influencers/_profile_posts.html", posts_of, position=20)
