"""Classes by day, and a week of them: one page of results under the filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.sports import Sport
from classes.enums import ClassFormat, ClassLevel, DayPart, OnDay
from classes.filters import ME, SessionFilters
from classes.models import Session
from classes.selectors import timetable
from classes.selectors.session_page import for_cards
from classes.spoken import understand
from classes.views.cards import cards
from classes.views.filter_words import chips

PAGE_SIZE = 30
# A week of a very large city is cut here, and says so.
WEEK_SIZE = 300
RADII = (2, 5, 10, 25, 50, 100)
CALENDAR = "calendar"


@dataclass(frozen=True)
class Day:
    day: date
    cards: Sequence[dict[str, Any]]
    # The page before ended within this day: its heading stands there.
    is_continued: bool = False


@require_safe
def timetable_page(request: HttpRequest) -> HttpResponse:
    filters, errors = SessionFilters.read(request.GET)
    filters = understand(filters)
    now = timezone.now()
    found = timetable.sessions_for(request.user, filters, now=now)
    context = {"filters": filters, "errors": errors, **_frame(request, filters)}
    if request.GET.get("view") == CALENDAR:
        return render(request, "classes/timetable.html", context | _week(request, found, now))
    context |= _list(request, found, filters, now)
    if getattr(request, "htmx", False) and "after" in request.GET:
        return render(request, "classes/_days.html", context)
    return render(request, "classes/timetable.html", context | {"total": found.count()})


def _frame(request: HttpRequest, filters: SessionFilters) -> dict[str, Any]:
    """What stands around the results: the form, the chips, the way to the other view."""
    place_missing = timetable.is_place_missing(filters, request.user)
    shown = chips(filters, _url)
    return {
        "chips": shown,
        "search_name": ", ".join(chip["label"].strip("“”") for chip in shown),
        "place_missing": place_missing,
        "near_url": _url(filters.but(near=ME)),
        # What the form has no control for travels with it unseen.
        "kept": ("near", "chain", "studio", "class_type", "instructor", "ordering"),
        "is_calendar": request.GET.get("view") == CALENDAR,
        "list_url": _url(filters),
        "calendar_url": _with(_url(filters), "view", CALENDAR),
        "choices": {
            "radius_km": RADII,
            "day": OnDay.choices,
            "part": DayPart.choices,
            "level": ClassLevel.choices,
            "format": ClassFormat.choices,
            "interest": Sport.choices,
        },
    }


def _list(request: HttpRequest, found: timetable.Sessions, filters: SessionFilters, now: datetime) -> dict[str, Any]:
    before = _last_shown(request)
    rows = for_cards(found, request.user).order_by("starts_at", "id")
    if before is not None:
        later = Q(starts_at__gt=before.starts_at) | Q(starts_at=before.starts_at, pk__gt=before.pk)
        rows = rows.filter(later, starts_at__gte=before.starts_at)
    page = list(rows[: PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    next_url = _with(_url(filters), "after", shown[-1].public_id) if len(page) > PAGE_SIZE else ""
    last_day = date.fromisoformat(before.starts_local[:10]) if before else None
    days = _by_day(cards(shown, request.user, now=now), last_day)
    return {"days": days, "next_url": next_url, "today": timezone.localtime(now).date()}


def _last_shown(request: HttpRequest) -> Session | None:
    """The class after which the page goes on; one that is gone begins again."""
    public_id = request.GET.get("after", "").replace("\x00", "")
    return timetable.open_sessions().filter(public_id=public_id).first() if public_id else None


def _by_day(found: Iterable[dict[str, Any]], last_day: date | None) -> list[Day]:
    days: dict[date, list[dict[str, Any]]] = {}
    for each in found:
        days.setdefault(each["day"], []).append(each)
    return [Day(day, cards_of_day, day == last_day) for day, cards_of_day in sorted(days.items())]


def _week(request: HttpRequest, found: timetable.Sessions, now: datetime) -> dict[str, Any]:
    """Seven days from Monday, empty ones too: on a phone below each other, with a strip that leads to each."""
    today = timezone.localtime(now).date()
    monday = _monday(request.GET.get("week", ""), today)
    days = [monday + timedelta(days=number) for number in range(7)]
    within = found.filter(starts_local__gte=days[0].isoformat(), starts_local__lt=f"{days[6].isoformat()}~")
    rows = list(for_cards(within, request.user).order_by("starts_at", "id")[: WEEK_SIZE + 1])
    by_day: dict[date, list[dict[str, Any]]] = {day: [] for day in days}
    for each in cards(rows[:WEEK_SIZE], request.user, now=now):
        by_day[each["day"]].append(each)
    here = request.GET.copy()
    return {
        "week": [Day(day, by_day[day]) for day in days],
        "today": today,
        "total": len(rows[:WEEK_SIZE]),
        "is_cut": len(rows) > WEEK_SIZE,
        "previous_week": "" if monday <= today else _week_url(here, monday - timedelta(days=7)),
        "next_week": _week_url(here, monday + timedelta(days=7)),
    }


def _monday(text: str, today: date) -> date:
    """Of the week asked for, or of this one. Years that no timetable has are this week too."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if abs((day - today).days) > 800:
        day = today
    return day - timedelta(days=day.weekday())


def _week_url(query: Any, monday: date) -> str:
    query["week"] = monday.isoformat()
    return f"{reverse('classes:list')}?{query.urlencode()}"


def _url(filters: SessionFilters) -> str:
    query = filters.to_query()
    return reverse("classes:list") + (f"?{query}" if query else "")


def _with(url: str, name: str, value: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{name}={value}"
