"""Posts in the form the templates draw."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from influencers.models import Post
from influencers.text import rendered
from meals.models import Meal
from meals.views import cards as meal_cards


def pictures(post: Post) -> list[Any]:
    """Those that have been checked, in order."""
    return [photo.picture for photo in post.photos.all() if photo.name]


def card(post: Post) -> dict[str, Any]:
    """Read with `for_cards`."""
    return {
        "post": post,
        "url": post.get_absolute_url(),
        "author": meal_cards.person(post.author),
        "html": rendered(post.text),
        "photos": pictures(post),
    }


def cards(posts: Iterable[Post]) -> list[dict[str, Any]]:
    return [card(post) for post in posts]


def linked_meals(post: Post, viewer: User | AnonymousUser) -> list[dict[str, Any]]:
    """Meals the post speaks of, as far as the viewer may see them (REC-8), in the author's order."""
    visible = Meal.objects.visible_to(viewer).for_cards()
    links = post.links.values_list("meal_id", flat=True)
    found = {meal.pk: meal for meal in visible.filter(pk__in=links)}
    return meal_cards.cards(found[pk] for pk in links if pk in found)
