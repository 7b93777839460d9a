"""The coming classes of an instructor on their page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.profile_sections import ProfileSection
from classes.filters import SessionFilters
from classes.models import InstructorRating
from classes.selectors.timetable import sessions_for
from classes.views.cards import RATINGS_SHOWN, cards_of

SHOWN = 6


def classes_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """What they teach next, with the stars of all their classes; nothing of people who do not teach."""
    now = timezone.now()
    coming = sessions_for(viewer, SessionFilters(instructor=(person.handle,)), now=now)
    found = cards_of(coming, viewer, now=now, limit=SHOWN + 1)
    if not found:
        return None
    rated = InstructorRating.objects.filter(instructor=person).first()
    stars = rated if rated and rated.rating_count >= RATINGS_SHOWN else None
    more = f"{reverse('classes:list')}?instructor={person.handle}" if len(found) > SHOWN else ""
    return {"sessions": found[:SHOWN], "stars": stars, "more_url": more}


SECTION = ProfileSection("classes", "classes/_profile_classes.html", classes_of, position=15)
