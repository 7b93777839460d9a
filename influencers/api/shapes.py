"""Posts in the words of the API."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from influencers.models import Post, PostMeal, PostPhoto
from influencers.text import rendered
from meals.api.shapes import person
from meals.models import Meal

Json = dict[str, Any]
Viewer = User | AnonymousUser


def photo(each: PostPhoto) -> Json:
    """`picture` is null until the photo is checked; `state` says how far it is."""
    return {
        "id": each.public_id,
        "position": each.position,
        "alt": each.alt,
        "state": each.state,
        "reason": each.reason,
        "picture": each.picture,
    }


def posts(rows: Sequence[Post], viewer: Viewer) -> list[Json]:
    """Read with `for_cards`. One query more for the meals, however many posts."""
    linked = meals_of([post.pk for post in rows], viewer)
    return [_post(post, linked.get(post.pk, []), viewer) for post in rows]


def meals_of(post_ids: Iterable[int], viewer: Viewer) -> Mapping[int, list[Json]]:
    """What each speaks of, as far as the viewer may see it (REC-8)."""
    visible = Meal.objects.visible_to(viewer).values("pk")
    links = PostMeal.objects.filter(post_id__in=list(post_ids), meal__in=visible).order_by("position", "pk")
    found: dict[int, list[Json]] = {}
    for post_id, slug, title in links.values_list("post_id", "meal__slug", "meal__title"):
        found.setdefault(post_id, []).append({"slug": slug, "title": title})
    return found


def _post(post: Post, meals: list[Json], viewer: Viewer) -> Json:
    is_mine = post.author_id == viewer.pk
    shape = {
        "id": post.public_id,
        "author": person(post.author),
        "headline": post.headline,
        "text": post.text,
        "html": rendered(post.text),
        "language": post.language,
        "photos": [photo(each) for each in post.photos.all() if is_mine or each.name],
        "meals": meals,
        "status": post.status,
        "audience": post.audience,
        "who_may_comment": post.who_may_comment,
        "likes": post.like_count,
        "comments": post.comment_count,
        "shares": post.share_count,
        "published_at": post.published_at,
        "updated_at": post.updated_at,
        "version": post.version,
        "url": settings.SITE_URL.rstrip("/") + post.get_absolute_url(),
    }
    if is_mine:
        shape |= {"scheduled_for": post.scheduled_for, "taken_down_reason": post.taken_down_reason}
    return shape
