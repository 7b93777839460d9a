"""A small gym to test in. `NOW` is a Monday in summer, 06:00 UTC, 08:00 in Zürich."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.tests.factories import UserFactory
from classes.enums import RESERVED, SEATED, RsvpStatus, StaffRole
from classes.models import Chain, ChainStaff, ClassType, Room, Rsvp, Session, Studio

NOW = datetime(2026, 6, 15, 6, 0, tzinfo=UTC)
ZONE = "Europe/Zurich"


def make_user(name: str) -> User:
    """Verified, with handle and address made of the name."""
    return UserFactory(handle=name, name=name.replace("_", " ").title(), email=f"{name}@example.test")


def make_chain(name: str = "Limmat Movement", **fields) -> Chain:
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Chain.objects.create(name=name, slug=slug, time_zone=ZONE, currency="CHF", **fields)


def make_studio(chain: Chain, name: str = "Limmat Hall", **fields) -> Studio:
    place = {"latitude": 47.3769, "longitude": 8.5417, "city": "Zürich", "country": "CH", "time_zone": ZONE}
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Studio.objects.create(chain=chain, name=name, slug=slug, **(place | fields))


def make_room(studio: Studio, name: str = "Hall 1", capacity: int = 20) -> Room:
    return Room.objects.create(chain=studio.chain, studio=studio, name=name, capacity=capacity)


def make_class_type(chain: Chain, title: str = "Gentle Yoga", **fields) -> ClassType:
    return ClassType.objects.create(chain=chain, title=title, **({"interests": ["yoga"], "capacity": 12} | fields))


def make_staff(chain: Chain, user: User, role: StaffRole = StaffRole.MANAGER, studio: Studio | None = None):
    return ChainStaff.objects.create(chain=chain, user=user, role=role, studio=studio, since=NOW)


def make_session(studio: Studio | None = None, *, starts_at: datetime = NOW + timedelta(days=2), **fields) -> Session:
    """One class, free and without bookings, as if a host had put it there: no service, no event."""
    studio = studio or make_studio(make_chain())
    class_type = fields.pop("class_type", None) or (
        ClassType.objects.in_chain(studio.chain).first() or make_class_type(studio.chain)
    )
    minutes = fields.pop("minutes", class_type.minutes)
    capacity = fields.pop("capacity", class_type.capacity)
    about = {
        name: getattr(class_type, name)
        for name in ("title", "description", "interests", "level", "intensity", "format", "equipment", "price")
    }
    return Session.objects.create(
        chain=studio.chain,
        studio=studio,
        class_type=class_type,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        starts_local=starts_at.astimezone(ZoneInfo(studio.time_zone)).strftime("%Y-%m-%dT%H:%M"),
        time_zone=studio.time_zone,
        capacity=capacity,
        ceiling=capacity,
        **(about | fields),
    )


def make_rsvp(session: Session, user: User, status: RsvpStatus = RsvpStatus.CONFIRMED, **fields) -> Rsvp:
    """A booking in some state with the counts of its session as they follow: no service, no event, no history."""
    rsvp = Rsvp.objects.create(
        chain=session.chain, session=session, user=user, status=status, **({"joined_at": NOW} | fields)
    )
    rows = Rsvp.objects.in_chain(session.chain).filter(session=session)
    session.confirmed = rows.filter(status__in=[str(each) for each in SEATED]).count()
    session.reserved = rows.filter(status__in=[str(each) for each in RESERVED]).count()
    session.waitlisted = rows.filter(status=RsvpStatus.WAITLISTED).count()
    session.save(update_fields=["confirmed", "reserved", "waitlisted"])
    return rsvp
