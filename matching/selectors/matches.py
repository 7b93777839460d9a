"""Matches of somebody, and who super-liked them: only people who are there for them now (MAT-3, MAT-8)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from matching.enums import Verb
from matching.models import Match, MatchAction
from social.policy import there_for

_PARTS = ("profile__photo", "fitness", "preferences")


def matches_of(person: User) -> QuerySet[Match]:
    """Not ended, the other side there; read with both people and their profiles."""
    related = [f"{side}__{part}" for side in ("low", "high") for part in _PARTS]
    mine = Match.objects.filter(Q(low=person) | Q(high=person), ended_at=None)
    return mine.filter(there_for(person, "low"), there_for(person, "high")).select_related(*related)


def match_of(person: User, public_id: str) -> Match:
    """Raises Match.DoesNotExist for one of others, an ended one, and one with somebody who is away (SEC-9)."""
    return matches_of(person).get(public_id=public_id)


def other_of(match: Match, person: User) -> User:
    return match.high if match.low_id == person.pk else match.low


def unseen_by(person: User) -> QuerySet[Match]:
    """Matches that the person has not been told of yet, the oldest first."""
    low, high = Q(low=person, low_seen_at=None), Q(high=person, high_seen_at=None)
    return matches_of(person).filter(low | high).order_by("matched_at", "pk")


def matched_ids(person: User) -> set[int]:
    """The other sides."""
    pairs = matches_of(person).select_related(None).values_list("low_id", "high_id")
    return {high if low == person.pk else low for low, high in pairs}


def super_likes_to(person: User, *, now: datetime) -> QuerySet[MatchAction]:
    """Those the person has not answered. A plain like is never among them: it is nobody's business until it is
    mutual (MAT-8)."""
    said = MatchAction.objects.filter(target=person, verb=Verb.SUPER_LIKE, undone_at=None)
    answered = MatchAction.objects.filter(actor=person, undone_at=None).exclude(verb=Verb.PASS, returns_at__lte=now)
    highs, lows = Match.objects.filter(low=person).values("high_id"), Match.objects.filter(high=person).values("low_id")
    said = said.exclude(actor_id__in=answered.values("target_id"))
    said = said.exclude(actor_id__in=highs).exclude(actor_id__in=lows)
    return said.filter(there_for(person, "actor")).select_related(*(f"actor__{part}" for part in _PARTS))
