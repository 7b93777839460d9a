"""Searches for classes that somebody keeps."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from classes.filters import SessionFilters
from classes.selectors.timetable import sessions_for
from classes.spoken import understand
from fitfoodie.search.saved_kinds import EXAMPLES, MAX_COUNTED, NewHits, SavedKind


def page(query: str) -> str:
    return reverse("classes:list") + (f"?{query}" if query else "")


def clean(query: QueryDict) -> str:
    """Raises InvalidFiltersError."""
    return understand(SessionFilters.from_query(query)).to_query()


def new_hits(owner: Any, query: QueryDict, since: datetime, now: datetime) -> NewHits:
    """Classes put on the timetable since; the next ones are the examples."""
    filters, _errors = SessionFilters.read(query)
    fresh = sessions_for(owner, filters, now=now).filter(created_at__gt=since).order_by("starts_at", "pk")
    found = list(fresh[:MAX_COUNTED])
    examples = [(f"{one.title}, {one.starts_local.replace('T', ' ')}", one.get_absolute_url()) for one in found]
    return NewHits(len(found), tuple(examples[:EXAMPLES]))


KIND = SavedKind(name="classes", label=_("Classes"), page=page, clean=clean, new_hits=new_hits)
