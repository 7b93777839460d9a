"""The coming classes of an instructor on their page, and what is said of those they gave."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.profile_sections import ProfileSection
from classes.filters import SessionFilters
from classes.models import InstructorRating
from classes.selectors.ratings import for_reading, ratings_shown
from classes.selectors.timetable import sessions_for
from classes.views.cards import cards_of, stars_of

SHOWN = 6
RATINGS = 3


def classes_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """What they teach next, with the stars of all their classes; nothing of people who do not teach."""
    now = timezone.now()
    coming = sessions_for(viewer, SessionFilters(instructor=(person.handle,)), now=now)
    found = cards_of(coming, viewer, now=now, limit=SHOWN + 1)
    rated = InstructorRating.objects.filter(instructor=person, rating_count__gt=0).first()
    if not found and rated is None:
        return None
    # Whoever was never rated costs no second question.
    said = list(for_reading(ratings_shown(viewer).filter(instructor=person))[: RATINGS + 1]) if rated else []
    return {
        "handle": person.handle,
        "sessions": found[:SHOWN],
        "stars": stars_of(rated),
        "ratings": said[:RATINGS],
        "all_ratings": len(said) > RATINGS,
        "more_url": f"{reverse('classes:list')}?instructor={person.handle}" if len(found) > SHOWN else "",
    }


SECTION = ProfileSection("classes", "classes/_profile_classes.html", classes_of, position=15)
