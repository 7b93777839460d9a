"""Searches for meals that somebody keeps."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fitfoodie.search.saved_kinds import EXAMPLES, MAX_COUNTED, NewHits, SavedKind
from meals.filters import MealFilters
from meals.selectors import find_meals
from meals.views.cards import discover_url


def clean(query: QueryDict) -> str:
    """Raises InvalidFiltersError."""
    return MealFilters.from_query(query).to_query()


def new_hits(owner: Any, query: QueryDict, since: datetime, now: datetime) -> NewHits:
    """Meals published since, without those that the person's severe allergies keep away."""
    filters, _errors = MealFilters.read(query)
    fresh = find_meals(filters, owner).unordered.filter(published_at__gt=since).order_by("-published_at", "-pk")
    found = list(fresh[:MAX_COUNTED])
    examples = [(meal.title, meal.get_absolute_url()) for meal in found[:EXAMPLES]]
    return NewHits(len(found), tuple(examples))


KIND = SavedKind(name="meals", label=_("Meals"), page=discover_url, clean=clean, new_hits=new_hits)
