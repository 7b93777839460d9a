"""A creator's period held against the one before. Numbers that come from fewer than five people are hidden here, so
that no door can show them (ANA-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from influencers.insight_sources import Cell, InsightSource, Item, Span, insight_sources
from influencers.models import Post
from influencers.selectors.insight_columns import MEAL, POST
from meals.models import Meal

LEAST_PEOPLE = 5
LOOK_BACK = 28
DEVIATIONS = 3
MAX_DAYS = 366
TOP_ITEMS = 25
ZERO = Cell(Decimal(0), 0)


@dataclass(frozen=True)
class Shown:
    """A number as it may be seen: `value` is None where it is hidden."""

    value: Decimal | None

    @property
    def is_hidden(self) -> bool:
        return self.value is None

    @property
    def text(self) -> str:
        return f"<{LEAST_PEOPLE}" if self.value is None else f"{self.value:f}"


@dataclass(frozen=True)
class DayPoint:
    day: date
    shown: Shown
    is_outlier: bool = False


@dataclass(frozen=True)
class Column:
    """`change` is the growth over the period before, as a share: 0.25 is a quarter more; None is unknown."""

    name: str
    label: Any
    unit: str
    total: Shown
    before: Shown
    change: Decimal | None
    days: Sequence[DayPoint]


@dataclass(frozen=True)
class ItemRow:
    kind: str
    title: str
    address: str
    edit_key: str
    cells: Mapping[str, Shown]


@dataclass(frozen=True)
class Report:
    span: Span
    before: Span
    as_of: datetime
    columns: Sequence[Column]
    item_columns: Sequence[tuple[str, Any]]
    items: Sequence[ItemRow]


def shown(cell: Cell) -> Shown:
    """Nobody at all is no secret; one to four people are."""
    is_few = cell.people is not None and 0 < cell.people < LEAST_PEOPLE
    return Shown(None if is_few else cell.value)


def last_days(count: int, *, zone: str, now: datetime) -> Span:
    """The `count` days that end with today, where the person is."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    return Span(today - timedelta(days=count - 1), today, here)


def period_before(span: Span) -> Span:
    length = (span.last - span.first).days + 1
    return Span(span.first - timedelta(days=length), span.first - timedelta(days=1), span.zone)


def report(creator: User, span: Span, *, now: datetime) -> Report:
    """Everything the page, the file and the API show: a fixed number of queries for each source, and two for titles."""
    sources = insight_sources()
    before = period_before(span)
    columns = [_column(source, creator, span, before, now.astimezone(span.zone).date()) for source in sources]
    with_items = [source for source in sources if source.items is not None]
    return Report(
        span=span,
        before=before,
        as_of=now,
        columns=columns,
        item_columns=[(source.name, source.label) for source in with_items],
        items=_items(with_items, creator, span),
    )


def _column(source: InsightSource, creator: User, span: Span, before: Span, today: date) -> Column:
    looked_back = min(before.first, span.first - timedelta(days=LOOK_BACK))
    by_day = source.days(creator, Span(looked_back, span.last, span.zone))
    total = _whole(source, creator, span, by_day)
    earlier = _whole(source, creator, before, by_day)
    return Column(
        name=source.name,
        label=source.label,
        unit=source.unit,
        total=shown(total),
        before=shown(earlier),
        change=_change(shown(total), shown(earlier)),
        days=[_point(day, by_day, is_over=day < today) for day in _days(span)],
    )


def _whole(source: InsightSource, creator: User, span: Span, by_day: Mapping[date, Cell]) -> Cell:
    if source.total is not None:
        return source.total(creator, span)
    cells = [by_day.get(day, ZERO) for day in _days(span)]
    known = [cell.people for cell in cells if cell.people is not None]
    return Cell(sum((cell.value for cell in cells), Decimal(0)), max(known, default=None))


def _days(span: Span) -> list[date]:
    return [span.first + timedelta(days=number) for number in range((span.last - span.first).days + 1)]


def _change(now: Shown, before: Shown) -> Decimal | None:
    """Nothing to be told when either side is hidden, or there was nothing to grow from."""
    if now.value is None or not before.value:
        return None
    return ((now.value - before.value) / abs(before.value)).quantize(Decimal("0.01"))


def _point(day: date, by_day: Mapping[date, Cell], *, is_over: bool) -> DayPoint:
    """A day that is not over may already be high; that it is low yet says nothing."""
    cell = shown(by_day.get(day, ZERO))
    past = [by_day.get(day - timedelta(days=number), ZERO).value for number in range(1, LOOK_BACK + 1)]
    is_judged = cell.value is not None and (is_over or cell.value > median(past))
    return DayPoint(day, cell, is_judged and is_outlier(cell.value or Decimal(0), past))


def is_outlier(value: Decimal, past: Sequence[Decimal]) -> bool:
    """Farther from the median of the days before than three times their median absolute deviation (MAD).

    The MAD counts as one at least: after four weeks of nothing, three looks are no news.
    """
    middle = median(past)
    spread = max(median(abs(each - middle) for each in past), Decimal(1))
    return abs(value - middle) > DEVIATIONS * spread


def _items(sources: Sequence[InsightSource], creator: User, span: Span) -> list[ItemRow]:
    """Of what had anything: the most looked at first, then the newest."""
    found = {source.name: source.items(creator, span) for source in sources if source.items is not None}
    keys = {key for cells in found.values() for key in cells}
    ordered = sorted(keys, key=lambda key: _weight(key, found), reverse=True)[:TOP_ITEMS]
    titles = _titles(creator, ordered)
    return [_row(key, titles[key], found) for key in ordered if key in titles]


def _weight(key: Item, found: Mapping[str, Mapping[Item, Cell]]) -> tuple[Any, ...]:
    """By what is shown, so that the order tells nothing that the cells hide."""
    values = [shown(cells.get(key, ZERO)).value or Decimal(0) for cells in found.values()]
    return (*values, key)


def _row(key: Item, titled: tuple[str, str, str], found: Mapping[str, Mapping[Item, Cell]]) -> ItemRow:
    title, address, public_key = titled
    cells = {name: shown(cells.get(key, ZERO)) for name, cells in found.items()}
    return ItemRow(key[0].partition(".")[2], title, address, public_key, cells)


def _titles(creator: User, keys: Sequence[Item]) -> dict[Item, tuple[str, str, str]]:
    meals = Meal.objects.filter(creator=creator, pk__in=[pk for name, pk in keys if name == MEAL])
    posts = Post.objects.filter(author=creator, pk__in=[pk for name, pk in keys if name == POST])
    found = {(MEAL, meal.pk): (meal.title, meal.get_absolute_url(), meal.slug) for meal in meals}
    return found | {(POST, post.pk): (post.headline, post.get_absolute_url(), post.public_id) for post in posts}
