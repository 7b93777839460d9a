"""Attendance and ratings in the words of the API."""

from typing import Any

from classes.models import Rsvp, SessionRating
from social.api.shapes import person_of

Json = dict[str, Any]


def person(who: Any) -> Json | None:
    """None is somebody who left the house for good."""
    return person_of(who) if who is not None else None


def session_line(session: Any) -> Json:
    return {
        "id": session.public_id,
        "title": session.title,
        "studio": session.studio.name,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "timezone": session.time_zone,
    }


def past(rsvp: Any) -> Json:
    fee = {"amount": f"{rsvp.fee:.2f}", "currency": rsvp.chain.currency}
    rating = getattr(rsvp, "rating", None)
    return {
        "id": rsvp.public_id,
        "class": session_line(rsvp.session),
        "status": rsvp.status,
        "checked_in_at": rsvp.checked_in_at,
        "stars": rating.stars if rating else None,
        "fee": fee | {"state": rsvp.fee_state, "charged_from": rsvp.fee_charges_at} if rsvp.fee else None,
        "is_disputed": bool(rsvp.dispute),
    }


def seat(rsvp: Rsvp) -> Json:
    """For the door: who, and whether they are in."""
    return {
        "id": rsvp.public_id,
        "user": person(rsvp.user),
        "status": rsvp.status,
        "checked_in_at": rsvp.checked_in_at,
        "checked_in_by": rsvp.checked_in_by.handle if rsvp.checked_in_by else None,
    }


def attendee(rsvp: Rsvp) -> Json:
    return {"user": person(rsvp.user), "is_hidden": rsvp.is_hidden}


def rating(row: SessionRating) -> Json:
    return {
        "id": row.public_id,
        "author": person(row.author),
        "stars": row.stars,
        "text": row.text,
        "rated_at": row.rated_at,
        "state": row.state,
        "reply": {"text": row.reply, "replied_at": row.replied_at} if row.reply else None,
    }
