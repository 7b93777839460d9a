"""Which word was meant. Pure: the engine brings words that look alike, this chooses."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

# What titles use is what people look for: other words need ten times as many documents to be believed.
NO_TITLE_COST = 1.0
BEGINNING_COST = 1.5
ONE_EDIT = 2.0
# A word this much rarer than one a letter away is most likely that one, misspelt by somebody before; a word that
# stands in a title was meant, more likely than not.
RARE_RATIO = 5
RARE_TITLE_RATIO = 50
# A word in more documents than this is in use, however much commoner its neighbours are.
MAX_RARE = 500
MIN_RARE_LENGTH = 5


@dataclass(frozen=True)
class Candidate:
    """A word of the vocabulary, in how many documents it is, and in how many of their titles."""

    word: str
    documents: int
    titles: int = 0


@dataclass(frozen=True)
class Guess:
    """`is_near` when it is one edit away, so that looking further would not find better."""

    candidate: Candidate
    is_near: bool


def allowed_edits(word: str) -> int:
    return 0 if len(word) < 3 else 1 if len(word) < 5 else 2


def best(word: str, candidates: Iterable[Candidate], *, is_prefix: bool = False) -> Guess | None:
    """The likeliest intended word, or None. One edit fewer weighs as much as a hundred times as many documents.

    A prefix is also held against the beginnings of longer words. Edits are insertions, deletions, substitutions and
    swaps of neighbours; two of them are believed only where the first letter is right.
    """
    scored = []
    for candidate in candidates:
        cost = _cost(word, candidate.word, is_prefix=is_prefix)
        if cost is not None:
            doubt = 0.0 if candidate.titles else NO_TITLE_COST
            scored.append((cost + doubt - math.log10(1 + candidate.documents), cost, candidate))
    if not scored:
        return None
    _, cost, chosen = min(scored, key=lambda guess: (guess[0], guess[2].word))
    return Guess(chosen, is_near=cost <= ONE_EDIT)


def _cost(word: str, other: str, *, is_prefix: bool) -> float | None:
    """Two for each edit, and somewhat more for a word of which only the beginning is like; None when too far."""
    limit = allowed_edits(word) if word[0] == other[0] else 1
    edits = OSA.distance(word, other, score_cutoff=limit)
    if edits <= limit:
        return ONE_EDIT * edits
    if is_prefix and len(other) > len(word):
        ends = range(max(1, len(word) - limit), len(word) + limit + 1)
        edits = min(OSA.distance(word, other[:end], score_cutoff=limit) for end in ends)
    return ONE_EDIT * edits + BEGINNING_COST if edits <= limit else None


def may_be_rare(known: Candidate) -> bool:
    """Whether it is worth asking for far commoner words."""
    return len(known.word) >= MIN_RARE_LENGTH and known.documents <= MAX_RARE


def better_known(known: Candidate, candidates: Iterable[Candidate]) -> str | None:
    """A far commoner word, one that titles use, one edit away from a known but very rare one."""
    word = known.word
    needed = max(known.documents, 1) * (RARE_TITLE_RATIO if known.titles else RARE_RATIO)
    near = [
        candidate
        for candidate in candidates
        if candidate.titles
        and candidate.documents >= needed
        and candidate.word[0] == word[0]
        and OSA.distance(word, candidate.word, score_cutoff=1) == 1
    ]
    return max(near, key=lambda candidate: candidate.documents).word if near else None
