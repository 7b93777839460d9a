"""Creators, their badge and collections as plain dicts."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from accounts.selectors import profile_seen_by, public_avatar
from influencers.models import Collection, CoverPhoto, CreatorPage
from influencers.selectors.verification import Story
from influencers.services.bulk import Outcome

Json = dict[str, Any]

CARD_COLUMNS = (
    "id",
    "standing",
    "headline",
    "follower_count",
    "user__handle",
    "user__name",
    "user__profile__is_verified",
    "user__profile__visibility",
    "user__profile__photo__name",
    "user__profile__photo__width",
)


def card(row: Mapping[str, Any]) -> Json:
    """One creator of the directory, from a row of CARD_COLUMNS."""
    photo = (row["user__profile__photo__name"], row["user__profile__photo__width"], row["user__profile__visibility"])
    return {
        "handle": row["user__handle"],
        "name": row["user__name"],
        "avatar": public_avatar(*photo),
        "verified": bool(row["user__profile__is_verified"]),
        "headline": row["headline"],
        "followers": row["follower_count"],
    }


def creator(person: User, page: CreatorPage, collections: Iterable[Collection], viewer: Any) -> Json:
    """Of a private profile that has not let the viewer in, no more than a card shows."""
    seen = profile_seen_by(person, viewer)
    is_open = seen.is_open
    return {
        "handle": seen.handle,
        "name": seen.name,
        "avatar": seen.photo,
        "verified": seen.is_verified,
        "headline": page.headline if is_open else "",
        "followers": page.follower_count,
        "cover": page.cover.picture if page.cover and is_open else None,
        "about": page.about if is_open else "",
        "about_html": str(page.about_html) if is_open else "",
        "accent": page.accent,
        "bio": seen.bio,
        "links": seen.links,
        "collections": [collection(each, each.shown_items) for each in collections] if is_open else [],  # type: ignore[attr-defined]
    }


def cover(photo: CoverPhoto) -> Json:
    """`picture` is null until the photo is checked; `state` says how far it is."""
    return {"alt": photo.alt, "state": photo.state, "reason": photo.reason, "picture": photo.picture}


def collection(row: Collection, items: Iterable[Any]) -> Json:
    return {
        "slug": row.slug,
        "title": row.title,
        "description": row.description,
        "position": row.position,
        "is_public": row.is_public,
        "meals": [item.meal.slug for item in items],
    }


def verification(story: Story) -> Json | None:
    """What the applicant may know: never who decided, nor the reference of a document."""
    application = story.application
    if application is None:
        return None
    return {
        "id": application.public_id,
        "status": application.status,
        "applied_at": application.applied_at,
        "website": application.website,
        "website_check": application.website_check,
        "socials": application.socials,
        "decisions": [_decision(each, story.appeals.get(each.pk)) for each in story.decisions],
        "may_withdraw": story.may_withdraw,
        "may_appeal": story.appealable is not None,
    }


def _decision(row: Any, appeal: Any) -> Json:
    said = {name: getattr(appeal, name) for name in ("text", "filed_at", "state", "answer")} if appeal else None
    return {"kind": row.kind, "reason": row.reason, "decided_at": row.decided_at, "appeal": said}


def outcome(row: Outcome) -> Json:
    return {
        "kind": row.target.kind,
        "id": row.target.key,
        "done": row.is_done,
        "code": row.code,
        "detail": row.detail,
    }
