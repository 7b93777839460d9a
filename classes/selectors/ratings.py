"""What is said of classes, as one viewer reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from classes.enums import RatingState, RsvpStatus
from classes.models import ClassType, InstructorRating, Rsvp, Session, SessionRating, Studio
from social import policy

# Fewer say more about two people than about a class (CLS-16).
MIN_SHOWN = 3


@dataclass(frozen=True)
class Bar:
    stars: int
    count: int
    # Of all, 0 to 100.
    percent: int


@dataclass(frozen=True)
class Standing:
    """`average` is None below three ratings; `bars` run from five stars to one."""

    count: int
    average: float | None
    bars: list[Bar]


def ratings_shown(viewer: Any) -> "QuerySet[Any]":
    """In sight, of nobody who is blocked either way, suspended or leaving; of those who left without a name.

    What a viewer does not read counts all the same: totals are the same for everybody.
    """
    there = Q(author=None) | policy.there_for(viewer, "author")
    ratings: QuerySet[Any] = SessionRating.objects.open_to_all().filter(there, state=RatingState.VISIBLE)
    return ratings


def for_reading(ratings: "QuerySet[Any]") -> "QuerySet[Any]":
    """With all that a row shows, newest first."""
    return ratings.select_related("author__profile__photo", "session", "replied_by").order_by("-rated_at", "-id")


def standing_of_type(class_type: ClassType) -> Standing:
    return _standing(class_type, Q(class_type_id=class_type.pk))


def standing_of_instructor(instructor_id: int) -> Standing:
    sums = InstructorRating.objects.filter(pk=instructor_id).first()
    return _standing(sums, Q(instructor_id=instructor_id)) if sums else Standing(0, None, [])


def standing_of_studio(studio: Studio) -> Standing:
    """Of all that was ever held there. Counted when it is read: no list is sorted by it, so nothing stores it."""
    counts = _counts(held_in(studio))
    total = sum(counts.values())
    stars = sum(each * count for each, count in counts.items())
    return Standing(total, round(stars / total, 6) if total >= MIN_SHOWN else None, _bars(counts))


def held_in(studio: Studio) -> Q:
    """Condition on ratings."""
    return Q(session__in=Session.objects.in_chain(studio.chain_id).filter(studio=studio).values("pk"))


def _standing(sums: Any, which: Q) -> Standing:
    return Standing(sums.rating_count, sums.rating_average, _bars(_counts(which)))


def _counts(which: Q) -> dict[int, int]:
    rows = SessionRating.objects.open_to_all().filter(which, state=RatingState.VISIBLE).order_by()
    return dict(rows.values_list("stars").annotate(n=Count("pk")))


def _bars(counts: dict[int, int]) -> list[Bar]:
    total = sum(counts.values()) or 1
    return [Bar(stars, counts.get(stars, 0), round(100 * counts.get(stars, 0) / total)) for stars in range(5, 0, -1)]


def own_rating(viewer: Any, session_id: int) -> SessionRating | None:
    """In every state: the author is told what became of it."""
    found: SessionRating | None = (
        SessionRating.objects.of_person(viewer, "author").filter(session_id=session_id).first()
    )
    return found


def waiting_to_be_rated(viewer: Any, *, now: datetime, since: datetime) -> "QuerySet[Any]":
    """Bookings of classes that the person was in and has not rated, the last first."""
    there: QuerySet[Any] = Rsvp.objects.of_person(viewer).filter(
        ~Q(session__instructor_id=F("user_id")) | Q(session__instructor=None),
        status=RsvpStatus.ATTENDED,
        rating=None,
        session__ends_at__lte=now,
        session__ends_at__gte=since,
    )
    return there.select_related("session__studio").order_by("-session__ends_at", "-id")
