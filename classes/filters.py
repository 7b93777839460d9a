"""The one grammar of lists of classes: what the pages and the API read from an address (N47)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts import cities
from accounts.sports import Sport
from classes.enums import ClassFormat, ClassLevel, DayPart, OnDay
from fitfoodie.common.errors import DomainError
from fitfoodie.common.geo import Point

MAX_QUERY_LENGTH: Final = 200
MAX_VALUES: Final = 20
MAX_RADIUS_KM: Final = 500
# Wherever somebody is, the radius is this unless they say another.
RADIUS_KM: Final = 25
ME: Final = "me"
_YEARS: Final = range(1900, 2200)


class InvalidFiltersError(DomainError):
    """`errors` maps the name in the address to a sentence with the way out."""

    code = "invalid_filters"

    def __init__(self, errors: Mapping[str, str]) -> None:
        name, message = next(iter(errors.items()))
        super().__init__(message, field=name)
        self.errors = dict(errors)


TIME, DISTANCE, RELEVANCE = ORDERINGS = ("time", "distance", "relevance")
# `from` is a word of Python's own.
_ATTRIBUTES: Final = {"from": "starts_from", "to": "starts_to"}


@dataclass(frozen=True, kw_only=True)
class SessionFilters:
    """AND across the fields, OR inside the repeatable ones. Days and hours are those on the studio's clocks.

    `near` is "latitude,longitude", or "me" for where the person said to live; `city` is a name. `starts_from` and
    `starts_to` hold a day, both inclusive, or an instant with its zone.
    """

    q: str = ""
    near: str = ""
    city: str = ""
    radius_km: float | None = None
    starts_from: str = ""
    starts_to: str = ""
    day: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    interest: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    studio: tuple[str, ...] = ()
    class_type: tuple[str, ...] = ()
    instructor: tuple[str, ...] = ()
    free: bool | None = None
    has_seats: bool | None = None
    ordering: str = field(default="")

    @classmethod
    def from_query(cls, query: QueryDict) -> SessionFilters:
        """Raises InvalidFiltersError naming every field that could not be read."""
        filters, errors = cls.read(query)
        if errors:
            raise InvalidFiltersError(errors)
        return filters

    @classmethod
    def read(cls, query: QueryDict) -> tuple[SessionFilters, dict[str, str]]:
        """What could be read, and a sentence for each field that could not: pages show both."""
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for name, reader in _READERS.items():
            given = [value.strip() for value in query.getlist(name) if value.strip()]
            if not given:
                continue
            try:
                values[_ATTRIBUTES.get(name, name)] = reader(given)
            except ValueError as error:
                errors[name] = str(error)
        return cls(**values), errors

    @property
    def point(self) -> Point | None:
        """Where the address itself says to look; for "me" nobody knows here."""
        if self.near and self.near != ME:
            return _point(self.near)
        city = cities.find(self.city) if self.city else None
        return Point(city.latitude, city.longitude) if city else None

    @property
    def radius(self) -> float:
        return self.radius_km or RADIUS_KM

    @property
    def active(self) -> list[tuple[str, str]]:
        """(name, value) of every filter that is set, one per chip."""
        return [pair for pair in self.pairs() if pair[0] != "ordering"]

    def pairs(self) -> list[tuple[str, str]]:
        """All that is set as (name in the address, text)."""
        found: list[tuple[str, str]] = []
        for name in _READERS:
            value = getattr(self, _ATTRIBUTES.get(name, name))
            several = value if isinstance(value, tuple) else (value,)
            found += [(name, _text(one)) for one in several if one not in (None, "")]
        return found

    def without(self, name: str, value: str | None = None) -> SessionFilters:
        """Without one value of a field, or without the field."""
        attribute = _ATTRIBUTES.get(name, name)
        current = getattr(self, attribute)
        if isinstance(current, tuple) and value is not None:
            return self.but(**{attribute: tuple(v for v in current if v != value)})
        return self.but(**{attribute: getattr(_NONE, attribute)})

    def but(self, **changes: Any) -> SessionFilters:
        return dataclasses.replace(self, **changes)

    def to_query(self) -> str:
        """The address part that reads back equal; empty when nothing is set."""
        query = QueryDict(mutable=True)
        for name, value in self.pairs():
            query.appendlist(name, value)
        return query.urlencode()


_NONE: Final = SessionFilters()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _query_text(given: list[str]) -> str:
    if len(given[-1]) > MAX_QUERY_LENGTH:
        raise ValueError(_("Search for at most %(count)d characters.") % {"count": MAX_QUERY_LENGTH})
    return given[-1].replace("\x00", "")


def _several(given: list[str]) -> tuple[str, ...]:
    """Repeated parameters and commas inside one mean the same."""
    parts = [part.strip().replace("\x00", "") for value in given for part in value.split(",")]
    values = tuple(dict.fromkeys(part for part in parts if part))
    if len(values) > MAX_VALUES:
        raise ValueError(_("Give at most %(count)d values.") % {"count": MAX_VALUES})
    return values


def _members(choices: list[str]) -> Callable[[list[str]], tuple[str, ...]]:
    def read(given: list[str]) -> tuple[str, ...]:
        values = _several(given)
        for value in values:
            if value not in choices:
                params = {"value": value[:60], "choices": ", ".join(choices)}
                raise ValueError(_("“%(value)s” is not one of: %(choices)s.") % params)
        return values

    return read


def _truth(given: list[str]) -> bool:
    value = given[-1].lower()
    if value not in {"true", "1", "on", "false", "0"}:
        raise ValueError(_("Say true or false."))
    return value in {"true", "1", "on"}


def _radius(given: list[str]) -> float:
    try:
        value = float(given[-1])
    except ValueError:
        value = -1
    if not 0 < value <= MAX_RADIUS_KM:
        raise ValueError(_("Give a distance from 1 to %(maximum)d kilometres.") % {"maximum": MAX_RADIUS_KM})
    return value


def _near(given: list[str]) -> str:
    if given[-1].lower() == ME:
        return ME
    point = _point(given[-1])
    return f"{point.latitude:g},{point.longitude:g}" if point else ""


def _point(text: str) -> Point:
    """Raises ValueError with words for people."""
    try:
        latitude, longitude = map(float, text.split(","))
        return Point(latitude, longitude)
    except ValueError:
        raise ValueError(_("Say where as latitude,longitude in degrees, such as 47.37,8.54.")) from None


def _city(given: list[str]) -> str:
    name = _query_text(given)
    if cities.find(name) is None:
        raise ValueError(_("We do not know the city “%(name)s”. Try a larger one nearby.") % {"name": name})
    return name


def _moment(given: list[str]) -> str:
    """A day, or an instant with its zone; as ISO 8601 in either case."""
    try:
        if len(given[-1]) == 10:
            day = date.fromisoformat(given[-1])
            if day.year in _YEARS:
                return day.isoformat()
        # What was a plus sign arrives as a blank when nobody encoded it.
        moment = datetime.fromisoformat(given[-1].replace(" ", "+"))
        if len(given[-1]) > 10 and moment.tzinfo is not None and moment.year in _YEARS:
            return moment.isoformat()
    except ValueError:
        pass
    raise ValueError(_("Give a day such as 2026-06-15, or an instant such as 2026-06-15T18:00:00Z."))


def _ordering(given: list[str]) -> str:
    if given[-1] not in ORDERINGS:
        raise ValueError(_("Order by one of: %(choices)s.") % {"choices": ", ".join(ORDERINGS)})
    return given[-1]


_READERS: Final[dict[str, Callable[[list[str]], Any]]] = {
    "q": _query_text,
    "near": _near,
    "city": _city,
    "radius_km": _radius,
    "from": _moment,
    "to": _moment,
    "day": _members(OnDay.values),
    "part": _members(DayPart.values),
    "level": _members(ClassLevel.values),
    "interest": _members(Sport.values),
    "format": _members(ClassFormat.values),
    "chain": _several,
    "studio": _several,
    "class_type": _several,
    "instructor": _several,
    "free": _truth,
    "has_seats": _truth,
    "ordering": _ordering,
}
NAMES: Final = frozenset(_READERS)
