"""Training partners after a class: who may write to whom, and what was written of oneself (N38)."""

from typing import Any

from django.db.models import QuerySet

from classes.acquaintances import known_elsewhere
from classes.enums import OutingState, RatingState, RsvpStatus
from classes.models import OutingMember, PeerReview, Rsvp
from social import policy
from social.models import Connection


def partners_in(session_id: int, viewer: Any) -> list[Any]:
    """People who were in the class with the viewer, who was there too, and whom the viewer knows: from an outing, as a
    friend, or from what the apps above know. Not those who hide, nor who is blocked either way. By name."""
    there = Rsvp.objects.across_chains().filter(session_id=session_id, status=RsvpStatus.ATTENDED)
    if not there.filter(user_id=viewer.pk).exists():
        return []
    others = there.filter(policy.there_for(viewer, "user"), is_hidden=False).exclude(user_id=viewer.pk)
    rows = list(others.select_related("user__profile__photo").order_by("user__name", "user_id"))
    known = known_among(viewer.pk, frozenset(row.user.pk for row in rows if row.user))
    return [row.user for row in rows if row.user_id in known]


def known_among(person_id: int, others: frozenset[int]) -> set[int]:
    """Without others no query is made."""
    if not others:
        return set()
    return _from_outings(person_id, others) | _friends(person_id, others) | known_elsewhere(person_id, others)


def _from_outings(person_id: int, others: frozenset[int]) -> set[int]:
    went = OutingMember.objects.filter(user_id=person_id, outing__state=OutingState.BOOKED).values("outing_id")
    return set(OutingMember.objects.filter(outing__in=went, user_id__in=others).values_list("user_id", flat=True))


def _friends(person_id: int, others: frozenset[int]) -> set[int]:
    rows = Connection.objects.accepted().of(person_id).values_list("low_id", "high_id")
    return {high if low == person_id else low for low, high in rows} & others


def received_by(person: Any) -> "QuerySet[PeerReview]":
    """What partners wrote, once both did; for the person alone."""
    shown = PeerReview.objects.filter(policy.there_for(person, "author"), subject=person, state=RatingState.VISIBLE)
    shown = shown.filter(shown_at__isnull=False)
    return shown.select_related("author__profile__photo", "session").order_by("-shown_at", "-id")


def written_in(session_id: int, author: Any) -> dict[int, PeerReview]:
    """One's own, by whom they are about, in every state."""
    return {row.subject_id: row for row in PeerReview.objects.filter(session_id=session_id, author=author)}
