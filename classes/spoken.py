"""What somebody says in a search box besides words to look for: days, hours, level, price and place, in English and
German. "Gentle yoga Tuesday evening near me" is the words "gentle yoga" and three filters."""

from __future__ import annotations

import re
from typing import Any, Final

from accounts import cities
from classes.enums import ClassFormat, ClassLevel, DayPart, OnDay
from classes.filters import ME, SessionFilters
from fitfoodie.search.analysis import is_stop_word

_BEFORE: Final = r"(?:(?:on|at|in|for|this|next|am|im|an|für|diesen|dieses|jeden|every)\s+)?(?:(?:the|dem|den)\s+)?"
_PARTS: Final = {
    DayPart.MORNING: r"mornings?|morgens|vormittags?|früh",
    DayPart.NOON: r"noon|midday|lunch(?:time|\s+break)?|mittags?|mittagspause",
    DayPart.AFTERNOON: r"afternoons?|nachmittags?",
    DayPart.EVENING: r"evenings?|nights?|after\s+work|abends?|feierabend",
}
_WEEKDAYS: Final = {
    OnDay.MONDAY: r"mondays?|montags?",
    OnDay.TUESDAY: r"tuesdays?|dienstags?",
    OnDay.WEDNESDAY: r"wednesdays?|mittwochs?",
    OnDay.THURSDAY: r"thursdays?|donnerstags?",
    OnDay.FRIDAY: r"fridays?|freitags?",
    OnDay.SATURDAY: r"saturdays?|samstags?|sonnabends?",
    OnDay.SUNDAY: r"sundays?|sonntags?",
}
_GERMAN_DAYS: Final = dict(
    zip(
        ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
        _WEEKDAYS,
        strict=True,
    )
)
_GERMAN_PARTS: Final = {
    "morgen": DayPart.MORNING,
    "vormittag": DayPart.MORNING,
    "mittag": DayPart.NOON,
    "nachmittag": DayPart.AFTERNOON,
    "abend": DayPart.EVENING,
}
_COMPOUND: Final = re.compile(
    rf"(?<!\w){_BEFORE}({'|'.join(_GERMAN_DAYS)})({'|'.join(_GERMAN_PARTS)})s?(?!\w)", re.IGNORECASE
)
_PLACE: Final = re.compile(r"(?<!\w)(?:in|near|around|bei|nahe)\s+(\w[\w.’'-]*(?:\s+\w[\w.’'-]*){0,2})", re.IGNORECASE)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_BEFORE}(?:{words})(?![\w-])", re.IGNORECASE)


# In this order: what is longer is looked for first. "Morgen" alone is tomorrow, "morgens" the morning.
_SAID: Final[list[tuple[re.Pattern[str], dict[str, Any]]]] = [
    (
        _pattern(
            r"near\s+(?:me|here|by)|nearby|close\s+by|close\s+to\s+me|in\s+(?:meiner|der)\s+nähe|nähe|um\s+die\s+ecke"
        ),
        {"near": ME},
    ),
    (_pattern(r"tonight|heute\s+abend"), {"day": OnDay.TODAY, "part": DayPart.EVENING}),
    (_pattern(r"morgen\s+früh"), {"day": OnDay.TOMORROW, "part": DayPart.MORNING}),
    (_pattern(r"morgen\s+abend"), {"day": OnDay.TOMORROW, "part": DayPart.EVENING}),
    (_pattern(r"today|heute"), {"day": OnDay.TODAY}),
    (_pattern(r"in the morning"), {"part": DayPart.MORNING}),
    (_pattern(r"tomorrow|morgen"), {"day": OnDay.TOMORROW}),
    (_pattern(r"weekends?|wochenenden?"), {"day": OnDay.WEEKEND}),
    *((_pattern(words), {"day": day}) for day, words in _WEEKDAYS.items()),
    *((_pattern(words), {"part": part}) for part, words in _PARTS.items()),
    (_pattern(r"beginners?|anfänger(?:innen|in)?|einsteiger(?:innen|in)?"), {"level": ClassLevel.BEGINNER}),
    (_pattern(r"intermediates?|mittelstufe"), {"level": ClassLevel.INTERMEDIATE}),
    (_pattern(r"advanced|fortgeschrittene[rn]?"), {"level": ClassLevel.ADVANCED}),
    (_pattern(r"(?:with\s+|mit\s+)?(?:free\s+(?:seats?|spots?|places?)|freien?\s+plätzen?)"), {"has_seats": True}),
    (_pattern(r"free|for\s+free|gratis|kostenlos|umsonst"), {"free": True}),
    (_pattern(r"online|virtual|virtuell"), {"format": ClassFormat.ONLINE}),
]


def understand(filters: SessionFilters) -> SessionFilters:
    """The same filters, with what `q` says besides words moved to the filters it means. What is said twice counts once;
    "quoted words" are words. Never refuses."""
    if not filters.q or '"' in filters.q:
        return filters
    text, found = _compounds(filters.q)
    text = _simple(text, found)
    if not (filters.city or filters.near or "near" in found):
        text = _city(text, found)
    if not found:
        return filters
    return filters.but(q=" ".join(text.split()), **_merged(filters, found))


def _compounds(text: str) -> tuple[str, dict[str, Any]]:
    """“Dienstagabend” is two words in one."""
    found: dict[str, Any] = {}
    for day, part in _COMPOUND.findall(text):
        _add(found, {"day": _GERMAN_DAYS[day.lower()], "part": _GERMAN_PARTS[part.lower()]})
    return _COMPOUND.sub(" ", text), found


def _simple(text: str, found: dict[str, Any]) -> str:
    for pattern, meaning in _SAID:
        text, times = pattern.subn(" ", text)
        if times:
            _add(found, meaning)
    return text


def _city(text: str, found: dict[str, Any]) -> str:
    """“in Zürich”, when that is a city: the longest name of up to three words."""
    for said in _PLACE.finditer(text):
        words = said[1].split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if len(name) > 2 and not is_stop_word(words[0].lower()) and cities.find(name) is not None:
                found["city"] = name
                return f"{text[: said.start()]} {' '.join(words[count:])} {text[said.end() :]}"
    return text


def _add(found: dict[str, Any], meaning: dict[str, Any]) -> None:
    for name, value in meaning.items():
        found[name] = (*found.get(name, ()), str(value)) if name in _SEVERAL else value


_SEVERAL: Final = frozenset({"day", "part", "level", "format"})


def _merged(filters: SessionFilters, found: dict[str, Any]) -> dict[str, Any]:
    """Values of repeatable filters are added to those that are set; of others, what is set already wins."""
    merged: dict[str, Any] = {}
    for name, value in found.items():
        current = getattr(filters, name)
        if name in _SEVERAL:
            merged[name] = tuple(dict.fromkeys((*current, *value)))
        elif current in (None, ""):
            merged[name] = value
    return merged
