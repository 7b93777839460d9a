"""What somebody liked and passed, since they last asked to forget it (MAT-10): all that scoring learns of a person.

Sports and times of the people they judged, nothing else: no health data, nothing from outside (MAT-14).
"""

from dataclasses import dataclass

import numpy as np

from matching.enums import LIKES
from matching.models import FitnessProfile, MatchAction
from matching.recommender import history
from matching.recommender.base import Bytes, Ints, skills_row
from matching.recommender.explaining import MIN_LIKED
from matching.selectors.words import people_words
from matching.sport_bits import ORDER

# Older opinions are of another life.
MAX_OPINIONS = 300
SHOWN = 3


@dataclass(frozen=True)
class Taste:
    liked: Ints
    passed: Ints
    likes: int
    passes: int


def taste_of(profile: FitnessProfile) -> Taste:
    """One query."""
    opinions = MatchAction.objects.filter(
        actor_id=profile.user_id, undone_at=None, target__fitness__isnull=False
    ).order_by("-acted_at", "-id")
    if profile.learning_from:
        opinions = opinions.filter(acted_at__gte=profile.learning_from)
    rows = opinions.values_list("verb", "target__fitness__skills", "target__fitness__week")[:MAX_OPINIONS]
    likes: list[tuple[Bytes, bytes]] = []
    passes: list[tuple[Bytes, bytes]] = []
    for verb, skills, week in rows:
        (likes if verb in LIKES else passes).append((skills_row(skills), bytes(week)))
    return Taste(_counts(likes), _counts(passes), len(likes), len(passes))


def no_taste() -> Taste:
    return Taste(history.no_counts(), history.no_counts(), 0, 0)


def _counts(people: list[tuple[Bytes, bytes]]) -> Ints:
    if not people:
        return history.no_counts()
    return history.counts_of(
        np.stack([skills for skills, _ in people]), history.weeks_array([week for _, week in people])
    )


@dataclass(frozen=True)
class Learned:
    """What the page says was learned: "4 morning runners", and from how many opinions."""

    kinds: list[str]
    likes: int
    passes: int


def learned_of(profile: FitnessProfile) -> Learned:
    """The kinds of people liked most, at least twice each; of passes only how many. For the person alone."""
    taste = taste_of(profile)
    counts = taste.liked.ravel()
    best = sorted(np.flatnonzero(counts >= MIN_LIKED), key=lambda index: (-counts[index], index))[:SHOWN]
    kinds = []
    for index in best:
        sport, part = divmod(int(index), len(history.PARTS))
        kinds.append(people_words(ORDER[sport], history.PARTS[part], int(counts[index])))
    return Learned(kinds, taste.likes, taste.passes)
