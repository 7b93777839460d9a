"""Cards, matches and likes in the words of the API."""

from datetime import datetime
from typing import Any

from accounts.models import User
from matching.models import FitnessProfile, Match, MatchAction
from matching.selectors.deck import PersonCard, SharedSport, shared_sports
from matching.selectors.matches import other_of
from matching.selectors.slots import CommonSlot, next_common_slot
from social.api import shapes

Json = dict[str, Any]


def partner(card: PersonCard) -> Json:
    ranked = card.ranked
    return {
        "user": {"handle": card.handle, "name": card.name, "avatar": card.avatar, "verified": card.is_verified},
        "score": ranked.score,
        "components": ranked.components,
        "reasons": ranked.reasons,
        "raises": ranked.raises,
        "distance_band": ranked.distance_band,
        "common_slots": [_week_slot(slot) for slot in ranked.common_slots],
        "sports": [_sport(one) for one in card.shared],
        "super_liked_me": card.likes_me,
    }


def match(row: Match, *, viewer: User, profile: FitnessProfile | None, now: datetime) -> Json:
    """`row` as `matches_of` reads it; `profile` is the viewer's, with their clocks."""
    other = other_of(row, viewer)
    return {
        "id": row.public_id,
        "user": shapes.person_of(other),
        "matched_at": row.matched_at,
        "next_slot": _next_slot(profile, other, now),
    }


def super_like(row: MatchAction, profile: FitnessProfile | None) -> Json:
    theirs = getattr(row.actor, "fitness", None)
    both = shared_sports(profile.skills, theirs.skills) if profile and theirs else ()
    return {
        "user": shapes.person_of(row.actor),
        "liked_at": row.acted_at,
        "sports": [_sport(one) for one in both],
    }


def _week_slot(slot: CommonSlot) -> Json:
    return {"day": slot.day, "starts": slot.starts, "ends": slot.ends}


def _sport(one: SharedSport) -> Json:
    return {"sport": one.sport, "name": one.label, "my_level": one.mine, "their_level": one.theirs}


def _next_slot(profile: FitnessProfile | None, other: User, now: datetime) -> Json | None:
    theirs: FitnessProfile | None = getattr(other, "fitness", None)
    slot = next_common_slot(profile, theirs, now=now) if profile and theirs else None
    return {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "timezone": slot.time_zone} if slot else None
