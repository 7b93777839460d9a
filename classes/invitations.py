"""Whom one may ask to come along besides friends. Apps above register their way when the apps are ready."""

from collections.abc import Callable, Iterable
from typing import Any

# Of these people, those whom `person` may ask for a reason of that app: a mutual match.
Way = Callable[[Any, Iterable[int]], set[int]]

_ways: list[Way] = []


def register(way: Way) -> None:
    if way not in _ways:
        _ways.append(way)


def invitable(person: Any, ids: Iterable[int]) -> set[int]:
    asked = set(ids)
    return {pk for way in _ways for pk in way(person, asked)} & asked
