"""What other apps add to a person in the API. They register here when the apps are ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProfileFacts:
    """`fields()` gives serializer fields by name, for the reference; `values(person, viewer)` what they hold."""

    name: str
    fields: Callable[[], Mapping[str, Any]]
    values: Callable[[Any, Any], Mapping[str, Any]]


_facts: dict[str, ProfileFacts] = {}


def register(facts: ProfileFacts) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if facts.name in _facts:
        raise ValueError(f"The profile facts {facts.name} are registered twice.")
    _facts[facts.name] = facts


def fields() -> dict[str, Any]:
    return {name: field for facts in _facts.values() for name, field in facts.fields().items()}


def values_for(person: Any, viewer: Any) -> dict[str, Any]:
    return {name: value for facts in _facts.values() for name, value in facts.values(person, viewer).items()}
