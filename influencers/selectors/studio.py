"""A creator's studio: what they have of every kind, by state, by day, in numbers."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from accounts.models import User
from influencers.studio_items import STATES, StudioItem, StudioKind, kind_named, studio_kinds

PAGE_SIZE = 30
MAX_PAGE = 100
OVERVIEW_LENGTH = 5
# More than this in one month is not a calendar any more.
MONTH_LIMIT = 500
MIN_YEAR, MAX_YEAR = 2000, 2100


def counts_of(owner: User) -> dict[str, int]:
    """How many things stand in each state, over all kinds: one query a kind."""
    total: Counter[str] = Counter()
    for kind in studio_kinds():
        total.update(dict(kind.rows(owner).order_by().values_list("status").annotate(count=Count("pk"))))
    return {state: total[state] for state in STATES}


def totals_of(owner: User) -> dict[str, int]:
    """Likes, comments, saves and whatever else the kinds count, of what is published."""
    total: Counter[str] = Counter()
    for kind in studio_kinds():
        total.update(kind.totals(owner))
    return dict(total)


def items_of(
    owner: User, *, state: str = "", kind: str = "", page: int = 1, size: int = PAGE_SIZE
) -> tuple[list[StudioItem], bool]:
    """The last changed first, of one state or all, of one kind or all; and whether there are more. A query a kind."""
    end = page * size
    found = [item for each in _kinds(kind) for item in _newest(each, owner, state, end + 1)]
    found.sort(key=lambda item: (item.updated_at, item.id), reverse=True)
    return found[end - size : end], len(found) > end


def next_scheduled(owner: User, *, limit: int = OVERVIEW_LENGTH) -> list[StudioItem]:
    found = []
    for kind in studio_kinds():
        rows = kind.rows(owner).filter(status="scheduled").order_by("scheduled_for", "pk")[:limit]
        found += [kind.item(row) for row in rows]
    return sorted(found, key=lambda item: (str(item.scheduled_for), item.id))[:limit]


@dataclass(frozen=True)
class Day:
    on: date
    is_in_month: bool
    is_today: bool
    items: Sequence[StudioItem]


@dataclass(frozen=True)
class Month:
    first: date
    weeks: Sequence[Sequence[Day]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month_named(text: str, *, today: date) -> date:
    """The first day of `YYYY-MM`, or of this month for anything else."""
    try:
        found = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return today.replace(day=1)
    return found if MIN_YEAR <= found.year <= MAX_YEAR else today.replace(day=1)


def month_of(owner: User, first: date, *, now: datetime, first_weekday: int = 0) -> Month:
    """Scheduled and published things by the owner's own days: a day begins at their midnight, whatever the clocks do
    that month. One query a kind."""
    zone = ZoneInfo(owner.preferences.time_zone)
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(first.year, first.month)
    by_day = _by_day(owner, weeks[0][0], weeks[-1][-1], zone)
    today = now.astimezone(zone).date()
    days = [[Day(on, on.month == first.month, on == today, by_day[on]) for on in week] for week in weeks]
    return Month(first, days)


def _by_day(owner: User, first: date, last: date, zone: ZoneInfo) -> dict[date, list[StudioItem]]:
    begins = datetime.combine(first, time.min, tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    scheduled = Q(status="scheduled", scheduled_for__gte=begins, scheduled_for__lt=ends)
    published = Q(status="published", published_at__gte=begins, published_at__lt=ends)
    found: defaultdict[date, list[StudioItem]] = defaultdict(list)
    for kind in studio_kinds():
        for row in kind.rows(owner).filter(scheduled | published).order_by("-pk")[:MONTH_LIMIT]:
            item = kind.item(row)
            if item.at is not None:
                found[item.at.astimezone(zone).date()].append(item)
    for items in found.values():
        items.sort(key=lambda item: (str(item.at), item.id))
    return found


def _kinds(name: str) -> list[StudioKind]:
    chosen = kind_named(name)
    return [chosen] if chosen else studio_kinds()


def _newest(kind: StudioKind, owner: User, state: str, limit: int) -> list[StudioItem]:
    rows = kind.rows(owner)
    if state in STATES:
        rows = rows.filter(status=state)
    return [kind.item(row) for row in rows.order_by("-updated_at", "-pk")[:limit]]
