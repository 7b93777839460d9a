"""Meals for the composer: found as one types, and from what was typed."""

import re

from accounts.models import User
from meals.models import Meal

OFFERED = 8


def offered_meals(author: User, text: str) -> list[Meal]:
    """Meals the author may link to whose title holds the words: their own first."""
    words = text.strip()
    if not words:
        return []
    found = Meal.objects.visible_to(author).filter(title__icontains=words).select_related("creator")
    own = list(found.filter(creator=author).order_by("-pk")[:OFFERED])
    others = found.exclude(creator=author).order_by("-save_count", "-pk")[: OFFERED - len(own)]
    return [*own, *others]


def meal_meant(author: User, text: str) -> Meal | None:
    """The meal an address, a slug or a title names; None when there is none or it is not clear which."""
    visible = Meal.objects.visible_to(author)
    slug = re.split(r"[?#]", text.strip())[0].rstrip("/").rpartition("/")[2]
    by_slug = visible.filter(slug=slug).first()
    if by_slug is not None:
        return by_slug
    titled = visible.filter(title__iexact=text.strip())
    candidates = list(titled.filter(creator=author)[:2]) or list(titled[:2])
    return candidates[0] if len(candidates) == 1 else None
