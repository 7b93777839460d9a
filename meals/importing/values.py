"""Single values as they are met in the wild: durations, yields, texts with markup."""

import html
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import nh3

_DURATION: Final = re.compile(
    r"^P(?:(?P<days>\d+(?:\.\d+)?)D)?(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?$",
    re.IGNORECASE,
)
_MINUTES_IN: Final = {"days": 1440.0, "hours": 60.0, "minutes": 1.0, "seconds": 1 / 60}
_NUMBER: Final = re.compile(r"\d{1,6}")
# What no UTF-8 can carry and what PostgreSQL refuses in any text.
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
MOST_DEPTH: Final = 20
_BREAKS: Final = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)
_LINE: Final = re.compile(r"[\r\n]+")


def storable(node: Any, depth: int = 0) -> Any:
    """A stranger's JSON as every database keeps it: no NUL or lone surrogate in a text, no NaN or infinity, which
    Python reads though JSON has none, and nothing deeper than `MOST_DEPTH`."""
    if isinstance(node, str):
        return _UNSTORABLE.sub("", node)
    if isinstance(node, float):
        return node if math.isfinite(node) else None
    if not isinstance(node, Mapping | list):
        return node
    if depth >= MOST_DEPTH:
        return None
    if isinstance(node, list):
        return [storable(entry, depth + 1) for entry in node]
    return {storable(str(key)): storable(entry, depth + 1) for key, entry in node.items()}


def plain(value: Any) -> str:
    """Text without markup; breaks and paragraphs become line breaks."""
    if not isinstance(value, str | int | float):
        return ""
    text = nh3.clean(_BREAKS.sub("\n", _UNSTORABLE.sub("", str(value))), tags=set())
    lines = (" ".join(line.split()) for line in _LINE.split(html.unescape(html.unescape(text))))
    return "\n".join(line for line in lines if line)


def line(value: Any) -> str:
    return plain(value).replace("\n", " ")


def minutes(value: Any) -> int | None:
    """Whole minutes of an ISO 8601 duration or a bare number of minutes; None when it says nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _positive(value)
    found = _DURATION.match(line(value))
    if not found:
        return None
    return _positive(sum(_MINUTES_IN[unit] * float(count) for unit, count in found.groupdict().items() if count))


def _positive(value: float) -> int | None:
    return round(value) if 0 < value < 10**6 else None


def servings(value: Any) -> int | None:
    """The first whole number of a yield ("4 to 6 servings" is 4); None when there is none between 1 and 500."""
    for candidate in as_list(value):
        found = _NUMBER.search(line(candidate))
        if found and 1 <= int(found[0]) <= 500:
            return int(found[0])
    return None


def as_list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def words(value: Any) -> list[str]:
    """Keywords, given as a list or as one text with commas, each once, in order."""
    parts = (part for entry in as_list(value) for part in line(entry).split(","))
    return unique(part.strip() for part in parts)


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def name_of(value: Any) -> str:
    """The name of a person or organisation, however it is nested."""
    for entry in as_list(value):
        name = line(entry.get("name")) if isinstance(entry, Mapping) else line(entry)
        if name:
            return name
    return ""


def first_address(value: Any) -> str:
    """The first web address of an image, given as text, object or list of either."""
    for entry in as_list(value):
        address = entry.get("url") or entry.get("contentUrl") if isinstance(entry, Mapping) else entry
        for text in as_list(address):
            if isinstance(text, str) and text.startswith(("https://", "http://")):
                return text
    return ""
