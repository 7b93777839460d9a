"""The meals of a creator on their page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.profile_sections import ProfileSection
from meals.enums import MealStatus
from meals.filters import MealFilters
from meals.models import Meal
from meals.views.cards import cards, discover_url

SHOWN = 12


def meals_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """The newest published ones the viewer may see; nothing at all of people who publish nothing."""
    newest = (
        Meal.objects.visible_to(viewer)
        .filter(creator=person, status=MealStatus.PUBLISHED)
        .order_by("-published_at", "-id")
    )
    found = list(newest.for_cards()[: SHOWN + 1])
    if not found:
        return None
    more = discover_url(MealFilters(creator=(person.handle,)).to_query()) if len(found) > SHOWN else ""
    return {"meals": cards(found[:SHOWN]), "more_url": more}


SECTION = ProfileSection("meals", "meals/_profile_meals.html", meals_of, position=10)
