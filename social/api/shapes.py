"""People and relations in the words of the API."""

from typing import Any

from accounts.models import User
from accounts.selectors import public_avatar, public_avatar_of
from social.models import Connection
from social.selectors.people import Relation, Totals

Json = dict[str, Any]
_PERSON_COLUMNS = (
    "handle",
    "name",
    "profile__is_verified",
    "profile__visibility",
    "profile__photo__name",
    "profile__photo__width",
)


def person_columns(path: str) -> list[str]:
    """What `person` needs of the people at the end of `path`."""
    return [f"{path}__{column}" for column in _PERSON_COLUMNS]


def person(row: dict[str, Any], path: str) -> Json:
    name, width = row[f"{path}__profile__photo__name"], row[f"{path}__profile__photo__width"]
    return {
        "handle": row[f"{path}__handle"],
        "name": row[f"{path}__name"],
        "avatar": public_avatar(name, width, row[f"{path}__profile__visibility"]),
        "verified": bool(row[f"{path}__profile__is_verified"]),
    }


def person_of(who: User) -> Json:
    """The same of a person read with `profile__photo`."""
    return {
        "handle": who.handle,
        "name": who.name,
        "avatar": public_avatar_of(who),
        "verified": who.profile.is_verified,
    }


def totals(found: Totals) -> Json:
    return {"followers": found.followers, "following": found.following, "friends": found.friends}


def relation(found: Relation) -> Json:
    return {
        "follow": found.follow,
        "follows_me": found.follows_me,
        "connection": found.connection,
        "blocked": found.is_blocked,
    }


def other_side(row: dict[str, Any], viewer: User) -> str:
    return "high" if row["low_id"] == viewer.pk else "low"


def connection(row: dict[str, Any], viewer: User) -> Json:
    return {
        "person": person(row, other_side(row, viewer)),
        "state": row["state"],
        "requested_by_me": row["requested_by_id"] == viewer.pk,
        "requested_at": row["requested_at"],
        "accepted_at": row["accepted_at"],
    }


CONNECTION_COLUMNS = tuple(field.attname for field in Connection._meta.concrete_fields)
