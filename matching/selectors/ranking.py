"""People for somebody, the best first, with what is said of each (N5, N10)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from fitfoodie.common.geo import Point, distance_km
from matching import sport_bits
from matching.models import FitnessProfile
from matching.recommender.base import COMPONENTS, Candidates
from matching.recommender.closeness import band_of
from matching.recommender.serving import Question, Served, serve
from matching.selectors.candidates import Candidate, candidates_for
from matching.selectors.features import arrays_of, viewer_of
from matching.selectors.models import configured_model
from matching.selectors.slots import CommonSlot, common_slots
from matching.selectors.taste import taste_of
from matching.selectors.weights import current_weights
from matching.selectors.words import band_words, raise_sentences, sentences

# One of five is somebody who was shown to few (MAT-12): the third, the eighth, …
NEWCOMER_EVERY = 5
NEWCOMER_FIRST = 2


@dataclass(frozen=True)
class RankedPerson:
    """`score` is from the viewer's view; `components` add up to it, in the order of the card. `model` and
    `is_fallback` are stored with the impression (MAT-16) and told by the API (MAT-13)."""

    user_id: int
    score: int
    components: dict[str, int]
    reasons: list[str]
    distance_band: str
    common_slots: list[CommonSlot]
    raises: list[str]
    model: str
    is_fallback: bool
    is_newcomer: bool = False


def rank_partners(viewer: FitnessProfile, *, limit: int, now: datetime) -> list[RankedPerson]:
    """At most `limit` of those who may be shown to the person. The same day and the same opinions give the same order.

    Three queries, however many people there are, and none but the first when there is nobody.
    """
    found = candidates_for(viewer, now=now)
    return _ranked(viewer, found, limit=limit, now=now) if found else []


def pair(viewer: FitnessProfile, other: FitnessProfile, *, now: datetime) -> RankedPerson | None:
    """One person in the viewer's eyes, whatever the deck would show; None when one of them said no place.

    Who may see whom is for the caller to ask: a match of two is shown to the two.
    """
    km = _apart(viewer, other)
    if km is None:
        return None
    other_one = Candidate(
        user_id=other.user_id,
        distance_km=km,
        week=bytes(other.week),
        last_login=None,
        is_known=True,
        bits=tuple(getattr(other, column) for column in sport_bits.COLUMNS),
    )
    return _ranked(viewer, [other_one], limit=1, now=now)[0]


def _apart(one: FitnessProfile, other: FitnessProfile) -> float | None:
    """From cell to cell."""
    points = [
        Point(profile.cell_latitude, profile.cell_longitude)
        for profile in (one, other)
        if profile.cell_latitude is not None and profile.cell_longitude is not None
    ]
    return distance_km(*points) if len(points) == 2 else None


Arrange = Callable[[list[int]], list[int]]


def _ranked(viewer: FitnessProfile, found: list[Candidate], *, limit: int, now: datetime) -> list[RankedPerson]:
    taste = taste_of(viewer)
    arrays = arrays_of(found, taste, now)
    newcomers = frozenset(one.user_id for one in found if not one.is_known)
    arrange = _mixed(viewer.user_id, arrays, newcomers, limit, now)
    question = Question(viewer_of(viewer, taste), arrays, current_weights(), limit, arrange)
    served = serve(configured_model(), question, timeout_ms=settings.MATCH_MODEL_TIMEOUT_MS)
    week = bytes(viewer.week)
    return [
        _person(found[row], week, served, place, is_newcomer=not found[row].is_known)
        for place, row in enumerate(served.rows)
    ]


def _person(candidate: Candidate, week: bytes, served: Served, place: int, *, is_newcomer: bool) -> RankedPerson:
    row, explanation = served.rows[place], served.explanations[place]
    return RankedPerson(
        user_id=candidate.user_id,
        score=int(served.scores.total[row]),
        components=dict(zip(COMPONENTS, served.scores.components[row].tolist(), strict=True)),
        reasons=sentences(explanation),
        distance_band=band_words(band_of(candidate.distance_km)),
        common_slots=common_slots(week, candidate.week),
        raises=raise_sentences(explanation),
        model=served.model,
        is_fallback=served.is_fallback,
        is_newcomer=is_newcomer,
    )


def _mixed(viewer_id: int, arrays: Candidates, newcomers: frozenset[int], limit: int, now: datetime) -> Arrange:
    """Every fifth of the first `limit` places is a newcomer's, drawn anew each day for each viewer; who ranks higher
    anyway stays there."""
    ids: list[int] = arrays.ids.tolist()

    def drawn(row: int) -> bytes:
        return hashlib.sha256(f"{viewer_id}:{now.date()}:{ids[row]}".encode()).digest()

    def arrange(order: list[int]) -> list[int]:
        waiting = sorted((row for row in order if ids[row] in newcomers), key=drawn)
        if len(waiting) == len(order):
            return order
        return _woven(order, waiting, min(limit, len(order)))

    return arrange


def _woven(order: list[int], waiting: list[int], count: int) -> list[int]:
    placed: set[int] = set()
    best, newest = iter(order), iter(waiting)
    woven: list[int] = []
    while len(woven) < count:
        is_theirs = len(woven) % NEWCOMER_EVERY == NEWCOMER_FIRST
        row = next((row for row in newest if row not in placed), None) if is_theirs else None
        if row is None:
            row = next(row for row in best if row not in placed)
        placed.add(row)
        woven.append(row)
    return woven
