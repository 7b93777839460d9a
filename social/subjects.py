"""Which kinds of things can be liked, commented, shared and stand in the feed.

The domains above register theirs when the apps are ready; this app knows none of them. A subject is named by the label
of its model ("meals.meal"), as in the event log.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

Viewer = "User | AnonymousUser"
Rows = "QuerySet[Any]"


@dataclass(frozen=True)
class Subject:
    """One kind. `model` inherits `Reactable`.

    visible    every row the viewer may see, by the domain's own rule (which asks `social.policy`)
    owner      name of the column that leads to the person whose it is
    address    path of the page of one row
    title      what it is called in a sentence; never empty
    cards      for the feed page: template and, by primary key, what the template shows, in a fixed number of queries
    shapes     the same in the words of the API
    is_public  whether a stranger may see the row: then its own address is what is shared
    is_open    whether it takes likes and comments at all: a draft does not
    figures    up to three (value, label) for the picture that stands beside a shared address
    guest_page the row, read-only, for whoever holds a share link; takes the request, the row and the token
    """

    model: type[Model]
    label: Any
    visible: Callable[[Any], "QuerySet[Any]"]
    owner: str
    address: Callable[[Any], str]
    title: Callable[[Any], str]
    template: str = ""
    cards: Callable[[Sequence[int], Any], Mapping[int, dict[str, Any]]] | None = None
    shapes: Callable[[Sequence[int], Any], Mapping[int, dict[str, Any]]] | None = None
    is_public: Callable[[Any], bool] = lambda _row: True
    is_open: Callable[[Any], bool] = lambda _row: True
    figures: Callable[[Any], Sequence[tuple[str, str]]] = lambda _row: ()
    guest_page: Callable[[Any, Any, str], Any] | None = None

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def rows(self) -> "QuerySet[Any]":
        """Every one, whoever looks: for what people may undo after it was hidden from them."""
        return QuerySet(self.model)

    def owner_id(self, row: Any) -> int:
        return int(getattr(row, f"{self.owner}_id"))


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if subject.name in _subjects:
        raise ValueError(f"The subject {subject.name} is registered twice.")
    _subjects[subject.name] = subject


def subject_named(name: str) -> Subject:
    """Raises KeyError for a kind nobody registered."""
    return _subjects[name]


def subject_of(row: Model) -> Subject:
    return _subjects[row._meta.label_lower]


def all_subjects() -> list[Subject]:
    return sorted(_subjects.values(), key=lambda subject: subject.name)
