"""Where the words asked for stand in a text, and the text with them marked: always escaped, always safe to print."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fitfoodie.search.analysis import Token, is_stop_word, stem, tokens
from fitfoodie.search.questions import Clause, Question

SNIPPET_LENGTH = 160


def offsets(text: str, question: Question) -> list[tuple[int, int]]:
    """Start and end of each match, in order, without overlaps."""
    found = list(tokens(text))
    spans = sorted(span for clause in question.wanted for span in _matches(clause, found))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _matches(clause: Clause, found: list[Token]) -> Iterable[tuple[int, int]]:
    if not clause.is_phrase:
        spellings = clause.spellings
        for token in found:
            if _is_spelling(token.word, spellings, clause):
                yield token.start, token.end
        return
    length = len(clause.words)
    wanted = [stem(word) for word in clause.words]
    kept = [token for token in found if not is_stop_word(token.word)]
    for position in range(len(kept) - length + 1):
        run = kept[position : position + length]
        if [stem(token.word) for token in run] == wanted:
            yield run[0].start, run[-1].end


def _is_spelling(word: str, spellings: tuple[str, ...], clause: Clause) -> bool:
    if word in spellings or stem(word) in spellings:
        return True
    return clause.is_prefix and word.startswith((clause.word, *clause.also))


def marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    """`text` escaped, with each span inside `<mark>`."""
    parts, position = [], 0
    for start, end in spans:
        parts += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # noqa: S308  every piece of foreign text was escaped above


def snippet(text: str, question: Question) -> SafeString | None:
    """The part of `text` around the first match, marked; None when nothing in it was asked for."""
    spans = offsets(text, question)
    if not spans:
        return None
    start = _start_of_snippet(text, spans[0][0])
    end = min(len(text), start + SNIPPET_LENGTH)
    inside = [(first - start, last - start) for first, last in spans if first >= start and last <= end]
    ellipses = ("…" if start else "", "…" if end < len(text) else "")
    return mark_safe(ellipses[0] + marked(text[start:end], inside) + ellipses[1])  # noqa: S308  `marked` escapes


def _start_of_snippet(text: str, first: int) -> int:
    if first < SNIPPET_LENGTH // 2:
        return 0
    start = first - SNIPPET_LENGTH // 3
    space = text.find(" ", start, first)
    return space + 1 if space >= 0 else start
