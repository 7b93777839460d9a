"""What decides about one person alone: how old they are, whether they can be in the deck, whether they jump about."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from matching.models import FitnessProfile

MOVES_WITHIN = timedelta(hours=24)


def age_on(born_on: date, day: date) -> int:
    """Whole years. Who was born on 29 February has their birthday on 1 March of other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def born_by(day: date, age: int) -> date:
    """The last date of birth with which somebody is `age` on `day`: `born_on <= born_by(day, 18)` is an adult."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:
        return date(day.year - age, 2, 28)


def is_adult(born_on: date | None, day: date) -> bool:
    """Old enough for the deck; without a date of birth nobody is."""
    return born_on is not None and age_on(born_on, day) >= settings.MATCH_MIN_AGE


def is_ready(profile: "FitnessProfile") -> bool:
    """Said enough to be found: a sport, where, and when born. Age is asked on each day, so that a birthday opens the
    deck by itself."""
    return bool(profile.skills) and profile.cell_latitude is not None and profile.born_on is not None


def recent(moves: Iterable[str], now: datetime) -> list[str]:
    """Those within the last 24 hours, whatever anybody's time zone. Instants in ISO 8601."""
    return [move for move in moves if datetime.fromisoformat(move) > now - MOVES_WITHIN]


def levels_apart(one: Mapping[str, int], other: Mapping[str, int]) -> int | None:
    """By how many levels the two differ in the sport in which they differ least; None without a sport in common."""
    return min((abs(one[sport] - other[sport]) for sport in one.keys() & other.keys()), default=None)
