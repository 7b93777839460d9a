"""Finding codes."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch, Q

from accounts.models import User
from meals.models import Meal
from orders.models import PromoCode
from orders.pricing.spelling import spellings

MOST_SHOWN = 12


def find_code(text: str) -> PromoCode | None:
    """The code that is meant by what somebody typed (ORD-8)."""
    for spelling in filter(None, spellings(text)):
        found = PromoCode.objects.filter(code__iexact=spelling).first()
        if found:
            return found
    return None


def codes_on_page(*, creator: User, viewer: User | AnonymousUser, now: datetime) -> list[PromoCode]:
    """What the creator shows to everybody and can be used now, the newest first. Three queries.

    `meals` holds those the viewer may see.
    """
    shown = PromoCode.objects.filter(creator=creator, is_public=True, is_active=True, batch=None)
    begun = Q(starts_at=None) | Q(starts_at__lte=now)
    not_over = Q(ends_at=None) | Q(ends_at__gt=now)
    not_used_up = Q(capacity=None) | Q(taken__lt=F("capacity"))
    not_spent = Q(budget=None) | Q(spent__lt=F("budget"))
    usable = shown.filter(begun, not_over, not_used_up, not_spent)
    meals = Prefetch("meals", queryset=Meal.objects.visible_to(viewer).order_by("title"))
    return list(usable.prefetch_related(meals, "tags").order_by("-pk")[:MOST_SHOWN])
