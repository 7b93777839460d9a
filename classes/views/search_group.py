"""Classes to come in the one search box. What is said besides words ("tuesday evening near me") is understood."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classes.filters import SessionFilters
from classes.models import Session
from classes.search import CLASSES
from classes.selectors.session_page import for_cards
from classes.selectors.timetable import found_by_words, sessions_for
from classes.spoken import understand
from classes.views.cards import state
from fitfoodie.search import services as search
from fitfoodie.search.groups import Asked, Found, Group, Result, marked_of


def find(asked: Asked) -> Found:
    """The best match first, of equals the soonest."""
    filters = understand(SessionFilters(q=asked.text))
    prepared = search.prepare(CLASSES, filters.q)
    sessions = found_by_words(sessions_for(asked.viewer, filters.but(q=""), now=asked.now), prepared, asked.viewer)
    ordered = for_cards(sessions, asked.viewer).order_by("-search_rank", "starts_at", "id")
    rows = list(ordered[asked.offset : asked.offset + asked.limit + 1])
    shown = rows[: asked.limit]
    marked = marked_of(prepared, [session.pk for session in shown])
    results = [_result(session, marked.get(session.pk, {}), asked.now) for session in shown]
    return Found(results, len(rows) > asked.limit, prepared.corrected_text)


def _result(session: Session, marked: dict[str, SafeString], now: datetime) -> Result:
    if not getattr(session, "is_instructor_shown", False):
        marked = {name: text for name, text in marked.items() if name != "instructor"}
    return Result(
        id=session.public_id,
        title=session.title,
        url=session.get_absolute_url(),
        api_url=reverse("v1:class", kwargs={"public_id": session.public_id}),
        detail=_detail(session, now),
        # Sports and the words for how hard it is, in every language: found by, not written to be read.
        marked={name: text for name, text in marked.items() if name != "kind"},
    )


def _detail(session: Session, now: datetime) -> str:
    starts = session.starts_at.astimezone(ZoneInfo(session.time_zone)).replace(tzinfo=None)
    instructor: Any = session.instructor if getattr(session, "is_instructor_shown", False) else None
    parts = [
        f"{date_format(starts, 'D j M')}, {date_format(starts, 'TIME_FORMAT')}",
        f"{session.studio.name}, {session.studio.city}",
        _("with %(name)s") % {"name": instructor.name} if instructor else "",
        str(state(session, now)["seats"]),
    ]
    return " · ".join(filter(None, parts))


def _page(text: str) -> str:
    return reverse("classes:list") + (f"?{urlencode({'q': text})}" if text else "")


def _api(text: str) -> str:
    return f"{reverse('v1:classes')}?{urlencode({'q': text})}"


GROUP = Group("classes", gettext_lazy("Classes"), "train", find, page=_page, api=_api, position=30)
