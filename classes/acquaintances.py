"""Who knows whom, beyond what this app can see: the apps above register sources when they are ready."""

from collections.abc import Callable

# Takes a person and some others by id; gives those of the others whom the person knows.
Source = Callable[[int, frozenset[int]], set[int]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Raises ValueError for a name that is there."""
    if name in _sources:
        raise ValueError(f"The acquaintances of {name} are registered twice.")
    _sources[name] = source


def known_elsewhere(person_id: int, others: frozenset[int]) -> set[int]:
    return set().union(*(source(person_id, others) for source in _sources.values()))
