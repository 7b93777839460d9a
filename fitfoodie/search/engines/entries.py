"""Documents as the tables of a database engine hold them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from fitfoodie.search.analysis import indexed_terms, vocabulary, words
from fitfoodie.search.index import WEIGHTS, Document, SearchIndex

T = TypeVar("T")

MAX_TERMS = 4000
MAX_KEY = 60
MAX_NAME_WORDS = 12


@dataclass(frozen=True)
class Entry:
    """`terms` are those of each weight, A first; `keys` are the name from each of its words on, folded."""

    object_id: int
    terms: tuple[list[str], ...]
    words: frozenset[str]
    title_words: frozenset[str]
    name: str
    keys: list[str]


def entry(index: SearchIndex, document: Document) -> Entry:
    """Takes each text apart once."""
    found = {name: words(text) for name, text in document.texts.items()}
    name = document.texts.get(index.suggest, "")
    return Entry(
        object_id=document.id,
        terms=tuple(_terms(index.of_weight(found, weight), document.language) for weight in WEIGHTS),
        words=vocabulary(chain.from_iterable(found.values())),
        title_words=vocabulary(found.get(index.suggest, [])),
        name=name,
        keys=name_keys(name),
    )


def _terms(found: Iterable[list[str]], language: str) -> list[str]:
    return indexed_terms(chain.from_iterable(found), language=language)[:MAX_TERMS]


def name_keys(name: str) -> list[str]:
    """“Chicken noodle soup” is found by “chi”, “noo” and “sou”: one key from each word to the end."""
    found = words(name)[:MAX_NAME_WORDS]
    space = " " if is_written_with_spaces(found) else ""
    return [space.join(found[start:])[:MAX_KEY] for start in range(len(found))]


def typed_key(text: str) -> str:
    """What somebody typed, in the form of `name_keys`."""
    found = words(text)
    return (" " if is_written_with_spaces(found) else "").join(found)[:MAX_KEY]


def is_written_with_spaces(found: list[str]) -> bool:
    return any(len(word) > 1 or word.isascii() for word in found)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
