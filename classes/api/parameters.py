"""The filters of lists of classes, as the reference shows them. The grammar itself is `classes.filters`."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from accounts.sports import Sport
from classes.enums import ClassFormat, ClassLevel, DayPart, OnDay
from classes.filters import MAX_QUERY_LENGTH, MAX_RADIUS_KM, MAX_VALUES, ORDERINGS, RADIUS_KM
from fitfoodie.common.api.reference import query


def _several(values: list[str] | None = None) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "string"} | ({"enum": values} if values else {})
    return {"type": "array", "items": item, "maxItems": MAX_VALUES}


FILTERS: list[OpenApiParameter] = [
    query(
        "q",
        "Words to search for. Days, hours, level, price and place said in English or German are understood as filters: "
        "“gentle yoga tuesday evening near me”. Quoted words are words.",
        {"type": "string", "maxLength": MAX_QUERY_LENGTH},
    ),
    query("near", "`latitude,longitude` in degrees, or `me` for the city in one's profile."),
    query("city", "Name of a city, as “Graz” or “Graz, AT”; `near` goes before it."),
    query(
        "radius_km",
        "Around `near` or `city`.",
        {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_RADIUS_KM, "default": RADIUS_KM},
    ),
    query("from", "A day on the studio's calendar, or an instant with its zone."),
    query("to", "The same; a day is within."),
    query("day", "On the studio's calendar; any of them.", _several(list(OnDay.values)), explode=True),
    query("part", "When it begins, on the studio's clocks; any of them.", _several(list(DayPart.values)), explode=True),
    query("level", "Any of them; classes for all levels fit each.", _several(list(ClassLevel.values)), explode=True),
    query("interest", "Sport; any of them.", _several(list(Sport.values)), explode=True),
    query("format", "Any of them.", _several(list(ClassFormat.values)), explode=True),
    query("chain", "Slug; any of them.", _several(), explode=True),
    query("studio", "Id or slug; any of them.", _several(), explode=True),
    query("class_type", "Id; any of them.", _several(), explode=True),
    query("instructor", "Handle; any of them.", _several(), explode=True),
    query("free", "Only what is free, or only what is not.", {"type": "boolean"}),
    query("has_seats", "Only with a seat for a newcomer, or only without.", {"type": "boolean"}),
]
ORDERING = query(
    "ordering",
    "`distance` needs a place; `relevance` needs words, and is `time` without them.",
    {"type": "string", "enum": list(ORDERINGS), "default": "time"},
)
FILTER_NAMES = frozenset(parameter.name for parameter in FILTERS)
