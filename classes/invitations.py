"""Whom one may ask to come along besides friends. Apps above register their way when the apps are ready."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

# The people, as a condition on users, whom `person` may ask for a reason of that app: a mutual match.
Way = Callable[[Any], Q]

_ways: list[Way] = []


def register(way: Way) -> None:
    if way not in _ways:
        _ways.append(way)


def vouched_for(person: Any) -> Q:
    """Nobody, while no app above knows anybody."""
    found = Q(pk__in=[])
    for way in _ways:
        found |= way(person)
    return found
