"""What a creator's insights are made of. Each source is one column; the domains above (orders, payouts) register
theirs when the apps are ready, this app knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from accounts.models import User

# A thing by the name of its kind and its id, as in the event log: ("meals.meal", 7).
Item = tuple[str, int]


@dataclass(frozen=True)
class Cell:
    """A number and how many people it comes from. Below five people it is hidden (ANA-4); `people` None means that
    it says nothing of anybody, such as one's own balance."""

    value: Decimal
    people: int | None


@dataclass(frozen=True)
class Span:
    """Whole days from `first` to `last`, both included, in `zone`: the zone of whoever reads (ANA-5)."""

    first: date
    last: date
    zone: ZoneInfo


Days = Mapping[date, Cell]
Items = Mapping[Item, Cell]


@dataclass(frozen=True)
class InsightSource:
    """One column. Both callables leave out staff, tests and bots (ANA-7) and read in a fixed number of queries.

    days(creator, span)    by day; a day without anything may be missing
    total(creator, span)   of the whole span, with each person once; None: the sum of the days, people as on its best
                           day (a lower bound, so it hides rather too much)
    items(creator, span)   by thing; None when the number does not belong to single things
    unit                   "" for counts, an ISO currency for money
    """

    name: str
    label: Any
    days: "Callable[[User, Span], Days]"
    total: "Callable[[User, Span], Cell] | None" = None
    items: "Callable[[User, Span], Items] | None" = None
    unit: str = ""
    position: int = 100


_sources: dict[str, InsightSource] = {}


def register(source: InsightSource) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if source.name in _sources:
        raise ValueError(f"The insight source {source.name} is registered twice.")
    _sources[source.name] = source


def insight_sources() -> list[InsightSource]:
    return sorted(_sources.values(), key=lambda source: (source.position, source.name))
