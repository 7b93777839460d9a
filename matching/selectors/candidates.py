"""People who may be shown to somebody, nearest first. Ranking is another matter: this decides, it does not prefer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    FloatField,
    OuterRef,
    QuerySet,
)

from fitfoodie.common.geo import Place, Point, has_postgis, nearest_first
from fitfoodie.common.statements import Given, Statement, compiled
from matching import sport_bits
from matching.models import FitnessProfile, Impression
from matching.policy import CELL, Asker, asker_of, has_deck, may_be_shown_to, shown_to

LIMIT = 500


class Candidate(NamedTuple):
    """What scoring may know of somebody; the exact point is not among it. Distances are from cell to cell."""

    user_id: int
    distance_km: float
    week: bytes
    # When they were last here.
    last_login: datetime | None
    # Shown to others MATCH_NEWCOMER_IMPRESSIONS times, ever (MAT-12).
    is_known: bool
    # Of skill 1, 2 and 3, low and high: see `sport_bits`.
    bits: tuple[int, ...]


_COLUMNS = ("user_id", "distance_km", "week", "user__last_login", "is_known", *sport_bits.COLUMNS)


def candidates_for(profile: FitnessProfile, *, limit: int = LIMIT, now: datetime) -> list[Candidate]:
    """At most `limit`, nearest first; one statement holds every filter (MAT-3)."""
    if not has_deck(profile, now):
        return []
    return [_candidate(*row) for row in _rows(asker_of(profile, now), limit)]


def _candidate(
    user_id: int, km: float, week: bytes, last_login: datetime | None, is_known: bool, *bits: int
) -> Candidate:
    return Candidate(user_id, km, bytes(week), last_login, bool(is_known), bits)


def candidate_columns(asker: Asker) -> Any:
    """The statement of a deck, columns as in Candidate; without a limit."""
    enough = settings.MATCH_NEWCOMER_IMPRESSIONS
    # At most so many entries of the index are read for each: popular people are not counted through.
    shown = Impression.objects.filter(candidate_id=OuterRef("user_id")).order_by("-shown_at")
    rows = candidate_rows(asker).annotate(is_known=Exists(shown[enough - 1 : enough]))
    return rows.values_list(*_COLUMNS)


def candidate_rows(asker: Asker) -> QuerySet[FitnessProfile]:
    """Only for those who have a deck."""
    return nearest_first(shown_to(FitnessProfile.objects.all(), asker), asker.here, columns=CELL)


def shown_now(profile: FitnessProfile, user_ids: Iterable[int], *, now: datetime) -> list[int]:
    """Of people ranked earlier those who may be shown at this moment, in their order.

    To be asked right before anybody is shown: a stale ranking then leaks nobody.
    """
    ranked = list(user_ids)
    rows = FitnessProfile.objects.filter(user_id__in=ranked)
    allowed = set(may_be_shown_to(rows, profile, now).values_list("user_id", flat=True))
    return [user_id for user_id in ranked if user_id in allowed]


def _rows(asker: Asker, limit: int) -> Iterable[Sequence[Any]]:
    if not has_postgis(FitnessProfile.objects.all().db):
        # The box around a place is reckoned in Python, so each question is a statement of its own.
        return list(candidate_columns(asker)[:limit])
    return statement_for(asker, limit).stored(**told(asker))


def statement_for(asker: Asker, limit: int = LIMIT) -> Statement:
    """The compiled statement for everybody who asks in the same form: as many kinds of sports, a gender or none."""
    form = replace(
        asker,
        user_id=0,
        here=_NOWHERE,
        km=0.0,
        gender="",
        masks=tuple((apart, column, 0) for apart, column, _mask in asker.masks),
        now=None,
        today=None,
        born_by=None,
    )
    return _compiled(form, limit, settings.MATCH_EXPOSURE_CAP_A_DAY, settings.MATCH_NEWCOMER_IMPRESSIONS)


_NOWHERE = Point(0.0, 0.0)


@lru_cache(maxsize=2048)
def _compiled(form: Asker, limit: int, *_settings: int) -> Statement:
    degrees: FloatField[Any, Any] = FloatField()
    asker = replace(
        form,
        user_id=Given("user_id", BigIntegerField()),
        here=Place(Given("latitude", degrees), Given("longitude", degrees)),
        km=Given("km", FloatField()),
        gender=Given("gender", CharField()),
        masks=tuple(
            (apart, column, Given(f"mask_{place}", BigIntegerField()))
            for place, (apart, column, _mask) in enumerate(form.masks)
        ),
        now=Given("now", DateTimeField()),
        today=Given("today", DateField()),
        born_by=Given("born_by", DateField()),
    )
    return compiled(candidate_columns(asker)[:limit])


def told(asker: Asker) -> dict[str, Any]:
    """What the compiled statement is told of whoever asks."""
    return {
        "user_id": asker.user_id,
        "latitude": asker.here.latitude,
        "longitude": asker.here.longitude,
        "km": asker.km,
        "gender": asker.gender,
        "now": asker.now,
        "today": asker.today,
        "born_by": asker.born_by,
    } | {f"mask_{place}": mask for place, (_apart, _column, mask) in enumerate(asker.masks)}
