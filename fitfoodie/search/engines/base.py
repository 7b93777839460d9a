"""What every engine does. Questions come parsed and corrected; rows come and go as documents."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fitfoodie.search.index import Document, SearchIndex
from fitfoodie.search.questions import Question


@dataclass(frozen=True)
class EngineHit:
    id: int
    score: float


class EngineUnavailableError(Exception):
    """The engine does not answer; the database answers in its place."""


class Engine(ABC):
    name: str

    @abstractmethod
    def matching(self, index: SearchIndex, queryset: "QuerySet[Any]", question: Question) -> "QuerySet[Any]":
        """`queryset` narrowed to the matches and annotated with `search_rank`, a float, larger is better.

        The caller orders and cuts. Raises EngineUnavailableError.
        """

    @abstractmethod
    def hits(
        self, index: SearchIndex, question: Question, *, within: "QuerySet[Any] | None", limit: int, offset: int
    ) -> list[EngineHit]:
        """By score, the newest id first among equals; without `within` public rows. Raises EngineUnavailableError."""

    @abstractmethod
    def suggestions(
        self, index: SearchIndex, beginning: str, *, within: "QuerySet[Any] | None", limit: int
    ) -> list[str]:
        """Names with a word that begins so, in the form of `typed_key`; without `within` public ones only.

        Raises EngineUnavailableError.
        """

    @abstractmethod
    def write(self, index: SearchIndex, documents: Iterable[Document], *, removed: Iterable[int]) -> None:
        """Replace the documents and forget the removed ids. Raises EngineUnavailableError."""

    @abstractmethod
    def rebuild(self, index: SearchIndex) -> int:
        """Build beside and swap; searches see the old index until then. Returns the number of documents."""

    @abstractmethod
    def count(self, index: SearchIndex) -> int:
        """How many documents the live index holds. Raises EngineUnavailableError."""

    @abstractmethod
    def ping(self) -> None:
        """Raises EngineUnavailableError when searches could not be answered."""
