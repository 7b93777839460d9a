"""Finding the one post an address names; 404 for what the caller may not see (SEC-9)."""

from typing import Any, cast

from django.http import Http404
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from influencers.models import Post, PostPhoto


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)


def author_of(handle: str, viewer: Any) -> User:
    """Raises Http404 for nobody, and for those who are not there for the viewer."""
    return find_person(handle, viewer=viewer)


def visible_post(handle: str, public_id: str, viewer: Any) -> Post:
    posts = Post.objects.visible_to(viewer).for_cards()
    found = posts.filter(author=author_of(handle, viewer), public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_photo(request: Request, post: Post, public_id: str) -> PostPhoto:
    found = PostPhoto.objects.filter(post=post, public_id=public_id).first()
    if found is None:
        raise Http404
    return found
