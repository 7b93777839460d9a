"""Nobody teaches, and no room holds, two classes at once (CLS-14).

Order of locks: the sessions → their rooms → the people who teach, each in one statement and smaller id first. Once room
and instructor are locked, what is in the way is in the table. Exclusion constraints of PostgreSQL stand behind it.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import SessionStatus
from classes.errors import ClashError
from classes.models import Room, Session

CONSTRAINTS = ("classes_session_room_once", "classes_session_instructor_once")


@dataclass(frozen=True)
class Booking:
    """Somewhere, by somebody, at some time; `session_id` when it is on the timetable already."""

    chain_id: int
    room: Room | None
    instructor: User | None
    starts_at: datetime
    ends_at: datetime
    session_id: int | None = None

    @classmethod
    def of(cls, session: Session) -> "Booking":
        return cls(session.chain_id, session.room, session.instructor, session.starts_at, session.ends_at, session.pk)


@dataclass(frozen=True)
class Clash:
    """`field` is what is taken, `other` the class in the way, which may be of another chain."""

    booking: Booking
    field: str
    other: Session

    def error(self) -> ClashError:
        return ClashError(self.words(), other=self.other, field=self.field)

    def words(self) -> str:
        """Of a class in another chain only that there is one is said (TEN-1)."""
        if self.other.chain_id != self.booking.chain_id:
            return _("%(name)s teaches elsewhere at that time. Choose another time or another instructor.") % {
                "name": _name(self.booking.instructor)
            }
        values = {"class": self.other.title, "time": _time(self.other)}
        if self.field == "room":
            values["room"] = str(self.booking.room)
            return _("%(room)s is taken: %(class)s, %(time)s. Choose another time or another room.") % values
        values["name"] = _name(self.booking.instructor)
        return _("%(name)s teaches %(class)s, %(time)s. Choose another time or another instructor.") % values


def lock_places(rooms: Iterable[Room | None], people: Iterable[User | None]) -> None:
    """Until the end of the transaction nobody else puts a class into these rooms or before these people."""
    room_ids = {room.pk for room in rooms if room}
    user_ids = {person.pk for person in people if person}
    rows = Room.objects.across_chains().select_for_update(no_key=True).filter(pk__in=room_ids)
    list(rows.order_by("pk").values_list("pk"))
    list(User.objects.select_for_update(no_key=True).filter(pk__in=user_ids).order_by("pk").values_list("pk"))


def need_free(*bookings: Booking) -> None:
    """Call under the locks of `lock_places`. Raises ClashError for the first that is taken."""
    for clash in clashes(bookings):
        raise clash.error()


def clashes(bookings: Collection[Booking], *, leaving_out: Collection[int] = ()) -> list[Clash]:
    """What stands in the way of each, at most one. The sessions of `bookings` themselves, and those `leaving_out`, are
    not in the way where they stand now. One query, or none."""
    if not bookings:
        return []
    own = {booking.session_id for booking in bookings if booking.session_id} | set(leaving_out)
    others = list(_around(bookings).exclude(pk__in=own).order_by("starts_at", "pk"))
    found = (_first_clash(booking, others) for booking in bookings)
    return [clash for clash in found if clash is not None]


def _around(bookings: Collection[Booking]) -> QuerySet[Session]:
    """Also of other chains: an instructor has one body."""
    rooms = {booking.room.pk for booking in bookings if booking.room}
    people = {booking.instructor.pk for booking in bookings if booking.instructor}
    return Session.objects.across_chains().filter(
        Q(room__in=rooms) | Q(instructor__in=people),
        status=SessionStatus.SCHEDULED,
        starts_at__lt=max(booking.ends_at for booking in bookings),
        ends_at__gt=min(booking.starts_at for booking in bookings),
    )


def _first_clash(booking: Booking, others: Iterable[Session]) -> Clash | None:
    for other in others:
        field = _taken(booking, other)
        if field and other.starts_at < booking.ends_at and other.ends_at > booking.starts_at:
            return Clash(booking, field, other)
    return None


def _taken(booking: Booking, other: Session) -> str:
    if booking.room and booking.room.pk == other.room_id:
        return "room"
    return "instructor" if booking.instructor and booking.instructor.pk == other.instructor_id else ""


@contextmanager
def at_the_end() -> Iterator[None]:
    """Inside, many sessions may change places one by one; the constraints look when all of them have."""
    _set_constraints("DEFERRED")
    yield
    _set_constraints("IMMEDIATE")


def _set_constraints(when: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {', '.join(CONSTRAINTS)} {when}")


def _name(person: Any) -> str:
    return str(getattr(person, "name", "") or _("The instructor"))


def _time(session: Session) -> str:
    zone = ZoneInfo(session.time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return _("%(day)s from %(starts)s to %(ends)s") % {
        "day": date_format(starts, "l j F"),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
    }
