"""What somebody typed, taken apart: words, "quoted phrases", -exclusions. Anything can be typed; nothing is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fitfoodie.search.analysis import Token, is_stop_word, stem, tokens

MAX_TEXT = 200
MAX_CLAUSES = 12
MIN_PREFIX = 2

_STRAIGHT = str.maketrans({"\x00": " ", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Clause:
    """One thing that must, or must not, be there: a word or several words in a row.

    `also` are other spellings that count as much. A prefix is the word still being typed.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False
    also: tuple[str, ...] = ()
    # The text of the clause as typed, from start to end: where a correction is put in.
    span: tuple[int, int] = (0, 0)

    @property
    def word(self) -> str:
        return self.words[0]

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def indexed(self) -> tuple[str, ...]:
        """The words in a row as an English text is indexed."""
        return tuple(stem(word) for word in self.words)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The forms of a single word as they stand in an index: stemmed where English, as it is elsewhere."""
        every = [form for word in (self.word, *self.also) for form in (stem(word), word)]
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True)
class Question:
    text: str
    clauses: tuple[Clause, ...]

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.is_excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.is_excluded)

    def replaced(self, changes: dict[Clause, Clause]) -> "Question":
        return replace(self, clauses=tuple(changes.get(clause, clause) for clause in self.clauses))


def parse(text: str) -> Question:
    """The last word, unless quoted, is taken as still being typed. Stop words are dropped, or nothing would be left."""
    asked = text[:MAX_TEXT].translate(_STRAIGHT)
    clauses = [clause for part in _PART.finditer(asked) for clause in _clauses(part)][:MAX_CLAUSES]
    meant = [clause for clause in clauses if clause.is_phrase or not is_stop_word(clause.word)]
    if clauses and _is_being_typed(clauses[-1], asked):
        typed = replace(clauses[-1], is_prefix=True)
        if not meant:
            meant = [typed]
        elif meant[-1] is clauses[-1]:
            meant[-1] = typed
    return Question(asked, tuple(meant))


def _is_being_typed(clause: Clause, asked: str) -> bool:
    if clause.is_phrase or clause.is_excluded or asked.rstrip().endswith('"'):
        return False
    return len(clause.word) >= MIN_PREFIX


def _clauses(part: re.Match[str]) -> Iterator[Clause]:
    is_excluded = part["minus"] is not None
    group = "phrase" if part["phrase"] is not None else "word"
    found = [
        Token(token.word, token.start + part.start(group), token.end + part.start(group))
        for token in tokens(part[group])
    ]
    if group == "phrase":
        yield from _phrase([token for token in found if not is_stop_word(token.word)] or found, is_excluded)
    else:
        for run in _runs(found):
            yield from _phrase(run, is_excluded)


def _phrase(run: list[Token], is_excluded: bool) -> Iterator[Clause]:
    if run:
        words = tuple(token.word for token in run)
        yield Clause(words, is_excluded=is_excluded, span=(run[0].start, run[-1].end))


def _runs(found: list[Token]) -> Iterator[list[Token]]:
    """Ideographs that stand together are one phrase; a word, even inside “stir-fry”, is a clause of its own."""
    run: list[Token] = []
    for token in found:
        if run and not (token.is_ideograph and run[-1].is_ideograph and token.start == run[-1].end):
            yield run
            run = []
        run.append(token)
    if run:
        yield run
