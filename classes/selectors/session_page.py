"""One class, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from classes.enums import SEATED, RsvpStatus, SessionStatus
from classes.models import Session
from classes.selectors.my_seats import MySeat, my_seats
from classes.selectors.timetable import Sessions, open_sessions, shows_instructor, upcoming

SIMILAR = 4


@dataclass(frozen=True)
class SessionPage:
    session: Session
    my_seat: MySeat | None
    # Other times of the same class; for a class that will not take place, the way on.
    others: list[Session]
    is_over: bool
    is_cancelled: bool

    @property
    def may_join_online(self) -> bool:
        """The link is for those who have a seat."""
        return bool(self.session.online_url and self.my_seat and self.my_seat.status in SEATED)

    def may_rate(self, viewer: Any) -> bool:
        """Who was checked in, once it is over, and did not teach it (CLS-16)."""
        was_there = self.my_seat is not None and self.my_seat.status == RsvpStatus.ATTENDED
        return self.is_over and was_there and self.session.instructor_id != viewer.pk


def for_cards(sessions: Sessions, viewer: Any) -> "QuerySet[Any]":
    """All that a card shows, in one statement."""
    selected = sessions.select_related("studio__chain", "chain", "class_type", "instructor__profile__photo")
    shown: QuerySet[Any] = selected.annotate(is_instructor_shown=shows_instructor(viewer))
    return shown


def find_session(public_id: str, viewer: Any) -> Session | None:
    """In every state, of chains that are open: who followed a link is told what became of the class."""
    sessions = for_cards(open_sessions(), viewer).select_related("instructor__teaching_rating")
    found: Session | None = sessions.filter(public_id=public_id).first()
    return found


def page_of(session: Session, viewer: Any, *, now: datetime) -> SessionPage:
    """`session` comes from `find_session`."""
    same = upcoming(now).filter(class_type=session.class_type_id).exclude(pk=session.pk)
    return SessionPage(
        session=session,
        my_seat=my_seats(viewer, [session.pk]).get(session.pk),
        others=list(for_cards(same, viewer).order_by("starts_at", "id")[:SIMILAR]),
        is_over=session.ends_at <= now,
        is_cancelled=session.status == SessionStatus.CANCELLED,
    )
