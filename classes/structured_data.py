"""A class as schema.org Event, read by search engines and calendars."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from classes.enums import ClassFormat, SessionStatus
from classes.models import ClassType, Session

_MODES: Final = {
    ClassFormat.IN_PERSON.value: "https://schema.org/OfflineEventAttendanceMode",
    ClassFormat.ONLINE.value: "https://schema.org/OnlineEventAttendanceMode",
    ClassFormat.HYBRID.value: "https://schema.org/MixedEventAttendanceMode",
}


def event_of(session: Session, *, teacher: str, base_url: str) -> dict[str, Any]:
    """Only what is known is said, and to everybody who may open the page; `teacher` is the name shown, or empty.

    Read with `studio__chain` and `class_type`. The link to join online is for those with a seat and is not in it.
    """
    root = base_url.rstrip("/")
    zone = ZoneInfo(session.time_zone)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": root + session.get_absolute_url(),
        "url": root + session.get_absolute_url(),
        "name": session.title,
        "description": session.description,
        "startDate": session.starts_at.astimezone(zone).isoformat(),
        "endDate": session.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"https://schema.org/{_status(session)}",
        "eventAttendanceMode": _MODES.get(session.format, ""),
        "location": _locations(session, root),
        "organizer": _organizer(session, root),
        "performer": {"@type": "Person", "name": teacher} if teacher else {},
        "maximumAttendeeCapacity": session.capacity,
        "remainingAttendeeCapacity": session.seats_left,
        "isAccessibleForFree": session.is_free,
        "offers": _offer(session, root),
        "aggregateRating": _rating(session.class_type),
    }
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}


def _status(session: Session) -> str:
    if session.status == SessionStatus.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if session.moved_at else "EventScheduled"


def _locations(session: Session, root: str) -> list[dict[str, Any]]:
    page = {"@type": "VirtualLocation", "url": root + session.get_absolute_url()}
    if session.format == ClassFormat.ONLINE:
        return [page]
    return [_place(session, root), page] if session.format == ClassFormat.HYBRID else [_place(session, root)]


def _place(session: Session, root: str) -> dict[str, Any]:
    studio = session.studio
    address = {
        "streetAddress": studio.street,
        "addressLocality": studio.city,
        "addressCountry": studio.country,
    }
    place: dict[str, Any] = {
        "@type": "Place",
        "name": studio.name,
        "url": root + studio.get_absolute_url(),
        "address": {"@type": "PostalAddress", **{name: value for name, value in address.items() if value}},
    }
    if studio.latitude is not None and studio.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": studio.latitude, "longitude": studio.longitude}
    return place


def _organizer(session: Session, root: str) -> dict[str, str]:
    chain = session.studio.chain
    return {"@type": "Organization", "name": chain.name, "url": root + chain.get_absolute_url()}


def _offer(session: Session, root: str) -> dict[str, str]:
    """What a seat costs, while there is something to book."""
    if session.status == SessionStatus.CANCELLED:
        return {}
    availability = "InStock" if session.seats_left else "SoldOut"
    return {
        "@type": "Offer",
        "url": root + session.get_absolute_url(),
        "price": "0" if session.is_free else str(session.price),
        "priceCurrency": session.studio.chain.currency,
        "availability": f"https://schema.org/{availability}",
    }


def _rating(kind: ClassType) -> dict[str, str]:
    """None below three: the column is empty (CLS-16)."""
    if kind.rating_average is None:
        return {}
    return {
        "@type": "AggregateRating",
        "ratingValue": f"{kind.rating_average:.2f}",
        "ratingCount": str(kind.rating_count),
    }
