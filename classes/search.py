"""How classes are found: by title first, then sport, level and teacher, then place, and what the description says."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from accounts.sports import Sport
from classes.enums import ClassLevel, Intensity, SessionStatus
from classes.models import Session
from fitfoodie.search import index as indexes
from fitfoodie.search.index import Document, SearchIndex

# What people call it, besides the word we use.
_INTENSITY_WORDS = {
    Intensity.EASY: "gentle easy soft slow relaxed sanft leicht ruhig",
    Intensity.MODERATE: "moderate mittel",
    Intensity.HARD: "hard intense tough hart intensiv anstrengend",
}


def public() -> QuerySet[Any]:
    """Scheduled classes of open studios. Whether one is past is a matter of the clock: lists ask that themselves, with
    `selectors.timetable.upcoming`."""
    return Session.objects.open_to_all().filter(status=SessionStatus.SCHEDULED, studio__is_active=True)


def documents(sessions: QuerySet[Any]) -> Iterator[Document]:
    """One query, however many classes."""
    for session in sessions.select_related("studio__chain", "instructor").order_by("pk"):
        yield Document(
            id=session.pk,
            texts={
                "title": session.title,
                "kind": _kind(tuple(session.interests), session.level, session.intensity),
                "instructor": f"{session.instructor.name} {session.instructor.handle}" if session.instructor else "",
                "studio": f"{session.studio.name}\n{session.studio.chain.name}",
                "city": session.studio.city,
                "description": session.description,
            },
        )


@cache
def _kind(interests: tuple[str, ...], level: str, intensity: str) -> str:
    """Sports and level in the languages of the site, and how hard it is in the words people use."""
    words: list[str] = []
    for language in ("en", "de"):
        with translation.override(language):
            words += [str(Sport(value).label) for value in interests if value in Sport.values]
            words.append(str(ClassLevel(level).label))
    return "\n".join([*dict.fromkeys(words), _INTENSITY_WORDS[Intensity(intensity)]])


CLASSES = indexes.register(
    SearchIndex(
        name="classes",
        model="classes.Session",
        fields={"title": "A", "kind": "B", "instructor": "B", "studio": "C", "city": "C", "description": "D"},
        suggest="title",
        public=public,
        documents=documents,
    )
)
