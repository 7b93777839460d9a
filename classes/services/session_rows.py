"""What every door to the timetable asks of a class before it stands on it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.models import ChainStaff, ClassType, Described, Room, Session, Studio
from classes.models.session import MAX_MINUTES
from classes.services.double_booking import Booking, lock_places, need_free
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError, StaleVersionError
from fitfoodie.common.wall_time import resolve

# What a class says of itself, as its type does; and where it is joined from afar.
DESCRIBED: Final = tuple(field.name for field in Described._meta.get_fields())
ABOUT: Final = (*DESCRIBED, "online_url")
LOCAL_FORM: Final = "%Y-%m-%dT%H:%M"
MIN_MINUTES: Final = 5


def need_may_schedule(actor: User | None, studio: Studio) -> None:
    """None is the house itself. Raises NotAllowedError."""
    if actor is not None and not rules.may_schedule(actor, studio):
        raise NotAllowedError(_("Only the people of this studio may put classes on its timetable."))


def need_may_manage(actor: User | None, session: Session) -> None:
    if actor is not None and not rules.may_manage_session(actor, session):
        raise NotAllowedError(_("Only the instructor of this class and who manages the studio may change it."))


def need_ahead(session: Session, now: datetime) -> None:
    """Raises ConflictError for what is cancelled, or has begun: the past and its attendance stay (CLS-13)."""
    if session.cancelled_at is not None:
        raise ConflictError(_("This class is cancelled. Put a new one on the timetable instead."), code="cancelled")
    if session.starts_at <= now:
        raise ConflictError(_("This class has begun and can no longer be changed."), code="begun")


def need_version(session: Session, version: int | None) -> None:
    """Raises StaleVersionError when somebody saved in between; None does not ask."""
    if version is not None and version != session.version:
        raise StaleVersionError(
            _("Somebody changed this class in the meantime. Look at it again before you save."), current=session.version
        )


def need_fitting(*, studio: Studio, class_type: ClassType | None, room: Room | None, instructor: User | None) -> None:
    """All of one chain and in use. Raises DomainError naming the field."""
    if class_type is not None and (class_type.chain_id != studio.chain_id or not class_type.is_active):
        raise DomainError(_("Choose one of the classes this chain offers."), field="class_type")
    if room is not None and (room.studio_id != studio.pk or not room.is_active):
        raise DomainError(_("Choose a room of this studio."), field="room")
    if instructor is not None and not teaches_in(instructor, studio.chain_id):
        message = _("%(name)s does not teach here. Give the role first, under Staff.")
        raise DomainError(message % {"name": instructor.name or instructor.handle}, field="instructor")


def teaches_in(person: User, chain_id: int) -> bool:
    """An active account with a role that teaches, in any studio of the chain."""
    held = ChainStaff.objects.in_chain(chain_id).filter(user=person, is_active=True, role__in=rules.SCHEDULES)
    return person.is_active and held.exists()


def need_room_for(capacity: int, room: Room | None) -> None:
    if room is not None and capacity > room.capacity:
        message = _("%(room)s holds %(people)d people. Choose fewer seats or a larger room.")
        raise DomainError(message % {"room": room.name, "people": room.capacity}, field="capacity")


def new_session(
    *,
    studio: Studio,
    class_type: ClassType,
    wall: datetime,
    minutes: int,
    room: Room | None,
    instructor: User | None,
    about: Mapping[str, Any],
) -> Session:
    """Not saved yet. What `about` does not say is as the class type says."""
    unknown = sorted(about.keys() - set(ABOUT))
    if unknown:
        raise TypeError(f"A class has no {', '.join(unknown)}.")
    columns = {name: getattr(class_type, name) for name in DESCRIBED} | dict(about)
    session = Session(
        chain_id=studio.chain_id, studio=studio, class_type=class_type, room=room, instructor=instructor, **columns
    )
    session.ceiling = session.capacity
    put_at(session, wall, minutes=minutes)
    return session


def as_json(about: Mapping[str, Any]) -> dict[str, Any]:
    """As a series keeps it."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in about.items()}


def put_at(session: Session, wall: datetime, *, minutes: int) -> None:
    """On the clocks of the studio: what was meant, and the instants that follow from it (CLS-12)."""
    zone = ZoneInfo(session.studio.time_zone)
    session.starts_local, session.time_zone = wall.strftime(LOCAL_FORM), session.studio.time_zone
    session.starts_at = resolve(wall, zone).instant
    session.ends_at = session.starts_at + timedelta(minutes=min(max(minutes, 0), MAX_MINUTES + 1))


def wall_of(session: Session) -> datetime:
    """Naive: what the clocks of the studio are to show."""
    return datetime.strptime(session.starts_local, LOCAL_FORM)  # noqa: DTZ007  wall time


def minutes_of(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def need_valid(session: Session) -> None:
    """The columns that a host fills in. Raises DomainError with the first complaint and its field."""
    try:
        session.clean_fields(exclude=[field.name for field in session._meta.fields if field.name not in ABOUT])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(messages[0], field=field) from error
    need_minutes(minutes_of(session))
    need_room_for(session.capacity, session.room)


def need_minutes(minutes: int) -> None:
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise DomainError(_("A class takes between 5 minutes and 24 hours."), field="minutes")


def need_future(session: Session, now: datetime) -> None:
    if session.starts_at <= now:
        raise DomainError(_("This time is past. Choose one that is still to come."), field="starts_local")


def need_place(*sessions: Session) -> None:
    """Locks rooms and instructors; raises ClashError when one of them is taken."""
    lock_places((session.room for session in sessions), (session.instructor for session in sessions))
    need_free(*(Booking.of(session) for session in sessions))
