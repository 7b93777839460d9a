"""What can be searched: each domain registers its index in its own `search.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.apps import apps
from django.db import models

T = TypeVar("T")
Weight = Literal["A", "B", "C", "D"]
WEIGHTS: tuple[Weight, ...] = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Document:
    """One object as it is searched: the text of each field by the field's name."""

    id: int
    texts: Mapping[str, str]
    language: str = "en"


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """`fields` maps names of fields to weights, A the heaviest; `suggest` names the field that is suggested.

    `public` are the rows that strangers may find: a fixed condition, free of clock and visitor, that is asked again in
    every statement; `documents` turns rows of a queryset into documents in a fixed number of queries.
    """

    name: str
    model: str
    fields: Mapping[str, Weight]
    suggest: str
    public: Callable[[], "models.QuerySet[Any]"]
    documents: Callable[["models.QuerySet[Any]"], Iterable[Document]]

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def of_weight(self, found: Mapping[str, T], weight: Weight) -> list[T]:
        """The values of `found`, by name of the field, whose fields weigh so."""
        return [found[name] for name, given in self.fields.items() if given == weight and name in found]


class UnknownIndexError(LookupError):
    """A name that no domain registered."""


_indexes: dict[str, SearchIndex] = {}


def register(index: SearchIndex) -> SearchIndex:
    if index.name in _indexes:
        raise ValueError(f"The search index {index.name} is registered twice.")
    _indexes[index.name] = index
    return index


def get(name: str) -> SearchIndex:
    """Raises UnknownIndexError."""
    try:
        return _indexes[name]
    except KeyError:
        known = ", ".join(sorted(_indexes)) or "none"
        raise UnknownIndexError(f"There is no search index “{name}”. Registered: {known}.") from None


def every() -> list[SearchIndex]:
    return sorted(_indexes.values(), key=lambda index: index.name)
