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

_IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_LETTER = f"[^\\W_{_IDEOGRAPHS}]"
# One ideograph, or a run of letters and digits with their accents. A possessive belongs to its word: “chef's” is
# asked for as “chef”.
_TOKEN = re.compile(f"[{_IDEOGRAPHS}]|{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*(?:['’]s\\b)?")
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
    for match in _TOKEN.finditer(text):
        if word := _folded(match.group()):
            yield Token(word, match.start(), match.end())


def words(text: str) -> list[str]:
    """The words of `tokens`, for those who need no places: half the time over a large index."""
    return [word for found in _TOKEN.findall(text) if (word := _folded(found))]


@functools.lru_cache(maxsize=1 << 16)
def _folded(run: str) -> str:
    bare = fold(run).removesuffix("'s")[:MAX_WORD]
    return "".join(character for character in bare if character.isalnum())


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    # A stemmer holds the word it works on, so it cannot be shared between threads; making one is cheap.
    return str(snowballstemmer.stemmer("english").stemWord(word)) if word.isascii() else word


def is_stop_word(word: str) -> bool:
    return word in STOP_WORDS


def indexed_terms(found: Iterable[str], *, language: str) -> list[str]:
    """Of the words of a text, what it is found by. Stop words leave no gap, so phrases close over them."""
    is_english = language.lower().startswith("en")
    return [stem(word) if is_english else word for word in found if word not in STOP_WORDS]


def vocabulary(found: Iterable[str]) -> frozenset[str]:
    """The words that a misspelt one may be corrected to: spelt-out, of letters, long enough to be mistaken."""
    return frozenset(word for word in set(found) if is_correctable(word))


@functools.lru_cache(maxsize=1 << 16)
def is_correctable(word: str) -> bool:
    return len(word) >= 3 and word.isalpha() and not _IDEOGRAPH.search(word) and not is_stop_word(word)
