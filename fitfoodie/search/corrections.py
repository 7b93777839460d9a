"""Puts right what was misspelt, word by word, and keeps what was meant."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fitfoodie.search import spelling
from fitfoodie.search.analysis import is_correctable
from fitfoodie.search.engines.database import DatabaseEngine
from fitfoodie.search.questions import Clause, Question
from fitfoodie.search.spelling import Candidate


@dataclass(frozen=True)
class Correction:
    """`text` is what was typed with the corrected words in it, or None when nothing was corrected."""

    question: Question
    text: str | None = None


def corrected(engine: DatabaseEngine, index_name: str, question: Question, *, in_names: bool = False) -> Correction:
    """A word nobody uses gives way to the likeliest one; a very rare one keeps its place beside it.

    `in_names` counts only words of names as used: for suggestions.
    """
    doubtful = [clause for clause in question.wanted if not clause.is_phrase and is_correctable(clause.word)]
    if not doubtful:
        return Correction(question)
    known = engine.counts(index_name, [form for clause in doubtful for form in clause.spellings], in_names=in_names)
    speller = _Speller(engine, index_name, known, in_names)
    meant = {clause: word for clause in doubtful if (word := speller.meant(clause)) is not None}
    whole = {clause: replace(clause, is_prefix=False) for clause in doubtful if speller.is_common(clause)}
    if not meant:
        return Correction(question.replaced(whole))
    changes = whole | {
        clause: replace(clause, also=(word,)) if speller.counts_of(clause) else replace(clause, words=(word,))
        for clause, word in meant.items()
    }
    return Correction(question.replaced(changes), _text_with(question.text, meant))


@dataclass(frozen=True)
class _Speller:
    engine: DatabaseEngine
    index_name: str
    known: dict[str, tuple[int, int]]
    in_names: bool

    def counts_of(self, clause: Clause) -> list[tuple[int, int]]:
        return [self.known[form] for form in clause.spellings if form in self.known]

    def is_common(self, clause: Clause) -> bool:
        """A word of many documents is whole, not the beginning of another: the beginning would find too much."""
        return any(documents > spelling.MAX_RARE for documents, _ in self.counts_of(clause))

    def meant(self, clause: Clause) -> str | None:
        """The word meant by `clause` instead of its own, or None when its own was."""
        if counts := self.counts_of(clause):
            return self._better_known(Candidate(clause.word, *max(counts)))
        if clause.is_prefix and self.engine.has_word_beginning(self.index_name, clause.word, in_names=self.in_names):
            return None
        return self._likeliest(clause)

    def _likeliest(self, clause: Clause) -> str | None:
        seen: list[Candidate] = []
        guess = None
        for pool in self._pools(clause.word, is_prefix=clause.is_prefix):
            seen += pool
            guess = spelling.best(clause.word, seen, is_prefix=clause.is_prefix)
            if guess is not None and guess.is_near:
                break
        if guess is None:
            return None
        # The likeliest may itself be a common misspelling.
        return self._better_known(guess.candidate) or guess.candidate.word

    def _better_known(self, known: Candidate) -> str | None:
        if not spelling.may_be_rare(known):
            return None
        return spelling.better_known(known, next(self._pools(known.word, is_prefix=False)))

    def _pools(self, word: str, *, is_prefix: bool) -> Iterator[list[Candidate]]:
        for pool in self.engine.lookalikes(self.index_name, word, is_prefix=is_prefix):
            yield [candidate for candidate in pool if candidate.titles] if self.in_names else pool


def _text_with(text: str, meant: dict[Clause, str]) -> str:
    for clause, word in sorted(meant.items(), key=lambda item: item[0].span, reverse=True):
        start, end = clause.span
        text = text[:start] + word + text[end:]
    return text
