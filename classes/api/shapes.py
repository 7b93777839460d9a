"""Classes in the words of the API. Lists and documents both go from `values()` rows to plain dicts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.selectors import public_avatar
from classes.selectors.my_seats import MySeat
from classes.selectors.ratings import MIN_SHOWN

Json = dict[str, Any]

CARD_COLUMNS = (
    "id",
    "public_id",
    "title",
    "starts_at",
    "ends_at",
    "time_zone",
    "status",
    "capacity",
    "confirmed",
    "reserved",
    "waitlisted",
    "level",
    "intensity",
    "format",
    "interests",
    "price",
    "guaranteed_at",
    "chain__slug",
    "chain__name",
    "chain__currency",
    "studio__public_id",
    "studio__slug",
    "studio__name",
    "studio__city",
    "studio__country",
    "studio__latitude",
    "studio__longitude",
    "class_type__public_id",
    "class_type__rating_average",
    "class_type__rating_count",
    "instructor__handle",
    "instructor__name",
    "instructor__profile__is_verified",
    "instructor__profile__visibility",
    "instructor__profile__photo__name",
    "instructor__profile__photo__width",
)
DOCUMENT_COLUMNS = (
    *CARD_COLUMNS,
    "description",
    "equipment",
    "cancel_reason",
    "moved_at",
    "updated_at",
    "version",
    "studio__street",
    "instructor__teaching_rating__rating_average",
    "instructor__teaching_rating__rating_count",
    "room__name",
)


def card(row: Mapping[str, Any], mine: MySeat | None) -> Json:
    """One item of a list, from a row of CARD_COLUMNS with `is_instructor_shown`."""
    taken = row["confirmed"] + row["reserved"]
    return {
        "id": row["public_id"],
        "title": row["title"],
        "class_type": row["class_type__public_id"],
        "studio": _studio(row),
        "instructor": _instructor(row) if row["is_instructor_shown"] else None,
        "starts_at": row["starts_at"],
        "ends_at": row["ends_at"],
        "timezone": row["time_zone"],
        "status": row["status"],
        "capacity": row["capacity"],
        "confirmed": row["confirmed"],
        "waitlisted": row["waitlisted"],
        # Nothing for a newcomer while somebody waits (CLS-3).
        "seats_left": 0 if row["waitlisted"] else max(row["capacity"] - taken, 0),
        "level": row["level"],
        "intensity": row["intensity"],
        "format": row["format"],
        "interests": row["interests"],
        "price": {"amount": str(row["price"]), "currency": row["chain__currency"]} if row["price"] else None,
        "guaranteed": row["guaranteed_at"] is not None,
        "rating": _rating(row),
        "distance_km": None if row.get("distance_km") is None else round(row["distance_km"], 2),
        "my_rsvp": my_rsvp(mine),
    }


def document(row: Mapping[str, Any], mine: MySeat | None) -> Json:
    """The whole class, from a row of DOCUMENT_COLUMNS."""
    return card(row, mine) | {
        "description": row["description"],
        "equipment": row["equipment"],
        "street": row["studio__street"],
        "room": row["room__name"],
        "instructor_rating": _rating(row, "instructor__teaching_rating") if row["is_instructor_shown"] else None,
        "cancel_reason": row["cancel_reason"],
        "moved_at": row["moved_at"],
        "updated_at": row["updated_at"],
        "version": row["version"],
        "url": settings.SITE_URL + reverse("classes:session", kwargs={"public_id": row["public_id"]}),
    }


def my_rsvp(mine: MySeat | None) -> Json | None:
    if mine is None:
        return None
    return {"status": mine.status, "position": mine.position, "reserved_until": mine.reserved_until}


def _studio(row: Mapping[str, Any]) -> Json:
    return {
        "id": row["studio__public_id"],
        "slug": row["studio__slug"],
        "name": row["studio__name"],
        "city": row["studio__city"],
        "country": row["studio__country"],
        "latitude": row["studio__latitude"],
        "longitude": row["studio__longitude"],
        "chain": {"slug": row["chain__slug"], "name": row["chain__name"]},
    }


def _instructor(row: Mapping[str, Any]) -> Json:
    return {
        "handle": row["instructor__handle"],
        "name": row["instructor__name"],
        "avatar": public_avatar(
            row["instructor__profile__photo__name"],
            row["instructor__profile__photo__width"],
            row["instructor__profile__visibility"],
        ),
        "verified": bool(row["instructor__profile__is_verified"]),
    }


def _rating(row: Mapping[str, Any], of: str = "class_type") -> Json:
    count, average = row[f"{of}__rating_count"] or 0, row[f"{of}__rating_average"]
    return {"average": round(average, 2) if count >= MIN_SHOWN and average is not None else None, "count": count}
