"""From text to tokens: one analysis for documents and questions, so that a word means the same on every engine.

Folding drops case, diacritics and width. English words are stemmed (Snowball), other languages keep theirs. Scripts
written without spaces become one token a character and are asked for as a phrase: a title is found by any piece.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import snowballstemmer

MAX_WORD = 40

_IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}\U00020000-\U0003ffff]")
# A possessive belongs to its word: “chef's” is asked for as “chef”.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*(?:['’]s\b)?")
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "’": "'"})

STOP_WORDS = frozenset(
    """
    a about all an and any are as at be been but by can did do does for from had has have he her him his how i if in
    into is it its just me more my no not of off on only or our out over she so some such than that the their them then
    there these they this those to too until up very was we were what when where which while who will with you your
    """.split()  # noqa: SIM905  forty words in a list of their own would fill a page
)


class Token(NamedTuple):
    """One folded word or one ideograph, and where it stands in the text it came from."""

    word: str
    start: int
    end: int

    @property
    def is_ideograph(self) -> bool:
        return bool(_IDEOGRAPH.match(self.word))


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    bare = "".join(character for character in spread if unicodedata.category(character) != "Mn")
    return unicodedata.normalize("NFKC", bare)


def tokens(text: str) -> Iterator[Token]:
    """In reading order. Everything that is neither letter nor digit separates, and is dropped."""
    for match in _WORD.finditer(text):
        if match.group().isascii():
            yield Token(_bare(match.group().lower()), match.start(), match.end())
        else:
            yield from _pieces(match)


def _pieces(match: re.Match[str]) -> Iterator[Token]:
    """A run of letters may mix words and ideographs, as in “10g盐”."""
    run, start = match.group(), match.start()
    position = 0
    for ideograph in _IDEOGRAPH.finditer(run):
        yield from _word(run[position : ideograph.start()], start + position)
        yield Token(
            unicodedata.normalize("NFKC", ideograph.group()), start + ideograph.start(), start + ideograph.end()
        )
        position = ideograph.end()
    yield from _word(run[position:], start + position)


def _word(run: str, start: int) -> Iterator[Token]:
    word = "".join(part for part in _bare(fold(run)) if part.isalnum())
    if word:
        yield Token(word, start, start + len(run))


def _bare(word: str) -> str:
    return word.removesuffix("'s")[:MAX_WORD]


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    # A stemmer holds the word it works on, so it cannot be shared between threads; making one is cheap.
    return str(snowballstemmer.stemmer("english").stemWord(word)) if word.isascii() else word


def is_stop_word(word: str) -> bool:
    return word in STOP_WORDS


def indexed_terms(text: str, *, language: str) -> list[str]:
    """What a document is found by, in order. Stop words are left out and leave no gap, so phrases close over them."""
    is_english = language.lower().startswith("en")
    words = (token.word for token in tokens(text))
    return [stem(word) if is_english else word for word in words if not is_stop_word(word)]


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words that a misspelt one may be corrected to: spelt-out, of letters, long enough to be mistaken."""
    found = (token.word for text in texts for token in tokens(text))
    return frozenset(word for word in found if is_correctable(word))


@functools.lru_cache(maxsize=1 << 16)
def is_correctable(word: str) -> bool:
    return len(word) >= 3 and word.isalpha() and not _IDEOGRAPH.search(word) and not is_stop_word(word)
