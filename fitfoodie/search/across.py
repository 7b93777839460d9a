"""One question to every group: what the page and the API of the one search show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fitfoodie.search import groups
from fitfoodie.search.analysis import is_stop_word, words
from fitfoodie.search.groups import Asked, Found, Group
from fitfoodie.search.questions import MAX_TEXT

SHOWN = 5
# Of one group alone.
PAGE_SIZE = 20
MAX_PAGE = 50
MAX_SHOWN = 20


@dataclass(frozen=True)
class Answer:
    group: Group
    found: Found


def cleaned(text: str) -> str:
    """As it is searched: one line, no longer than a question may be."""
    return " ".join(text.replace("\x00", " ").split())[:MAX_TEXT]


def search_everything(
    text: str, viewer: Any, *, now: datetime, only: Sequence[str] = (), limit: int = SHOWN, offset: int = 0
) -> list[Answer]:
    """In the order of the groups, those without results too. Without text nothing is asked."""
    if not text:
        return []
    asked = Asked(text=text, viewer=viewer, now=now, limit=limit, offset=offset)
    wanted = [group for group in groups.every() if not only or group.name in only]
    return [Answer(group, group.find(asked)) for group in wanted]


def single_words(text: str) -> list[str]:
    """What to try when all words together find nothing: each that means something, by itself."""
    found = list(dict.fromkeys(word for word in words(text) if len(word) > 2 and not is_stop_word(word)))
    return found[:4] if len(found) > 1 else []
