"""Documents as the tables of a database engine hold them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from fitfoodie.search.analysis import indexed_terms, tokens, vocabulary
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
    name = document.texts.get(index.suggest, "")
    return Entry(
        object_id=document.id,
        terms=tuple(_terms(index.texts_of_weight(document, weight), document.language) for weight in WEIGHTS),
        words=vocabulary(document.texts.values()),
        title_words=vocabulary([name]),
        name=name,
        keys=name_keys(name),
    )


def _terms(texts: list[str], language: str) -> list[str]:
    return [term for text in texts for term in indexed_terms(text, language=language)][:MAX_TERMS]


def name_keys(name: str) -> list[str]:
    """“Chicken noodle soup” is found by “chi”, “noo” and “sou”: one key from each word to the end."""
    words = [token.word for token in tokens(name)][:MAX_NAME_WORDS]
    spaced = is_written_with_spaces(words)
    return [(" " if spaced else "").join(words[start:])[:MAX_KEY] for start in range(len(words))]


def typed_key(text: str) -> str:
    """What somebody typed, in the form of `name_keys`."""
    words = [token.word for token in tokens(text)]
    return (" " if is_written_with_spaces(words) else "").join(words)[:MAX_KEY]


def is_written_with_spaces(words: list[str]) -> bool:
    return any(len(word) > 1 or word.isascii() for word in words)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
