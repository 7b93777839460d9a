"""What somebody liked and passed, since they last asked to forget it (MAT-10): all that scoring learns of a person.

Sports and times of the people they judged, nothing else: no health data, nothing from outside (MAT-14).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, DateTimeField

from fitfoodie.common.statements import Given, Statement, compiled
from matching.enums import LIKES
from matching.models import FitnessProfile, MatchAction
from matching.recommender import history
from matching.recommender.base import Ints, skills_of_bits
from matching.recommender.explaining import MIN_LIKED
from matching.selectors.words import people_words
from matching.sport_bits import COLUMNS, ORDER

# Older opinions are of another life.
MAX_OPINIONS = 300
# Before anybody had an opinion.
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN = 3


@dataclass(frozen=True)
class Taste:
    liked: Ints
    passed: Ints
    likes: int
    passes: int


def taste_of(profile: FitnessProfile) -> Taste:
    """One query."""
    rows = _opinions().rows(actor=profile.user_id, since=profile.learning_from or _EVER)
    likes = [row for row in rows if row[0] in LIKES]
    passes = [row for row in rows if row[0] not in LIKES]
    return Taste(_counts(likes), _counts(passes), len(likes), len(passes))


@cache
def _opinions() -> Statement:
    """The verb, the week and the sports of whoever it was about, the newest first."""
    columns = ("target__fitness__week", *(f"target__fitness__{column}" for column in COLUMNS))
    said = MatchAction.objects.filter(
        actor_id=Given("actor", BigIntegerField()),
        acted_at__gte=Given("since", DateTimeField()),
        undone_at=None,
        target__fitness__isnull=False,
    )
    return compiled(said.order_by("-acted_at", "-id").values_list("verb", *columns)[:MAX_OPINIONS])


def no_taste() -> Taste:
    return Taste(history.no_counts(), history.no_counts(), 0, 0)


def _counts(rows: list[Any]) -> Ints:
    return history.counts_of(skills_of_bits([row[2:] for row in rows]), history.weeks_array([row[1] for row in rows]))


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
