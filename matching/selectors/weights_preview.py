"""What other weights would do to real pairs, for staff. Nobody is named and no opinion is used: history counts half."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from matching.models import FitnessProfile, Impression
from matching.recommender.base import Weights
from matching.recommender.closeness import band_of
from matching.recommender.serving import RULES
from matching.selectors.candidates import candidates_for
from matching.selectors.features import arrays_of, viewer_of
from matching.selectors.taste import no_taste
from matching.selectors.words import band_words

VIEWERS = 5
EACH = 4


@dataclass(frozen=True)
class PairPreview:
    """`moved` is by how many places the person moves up (above 0) or down among the `EACH` looked at."""

    viewer: int
    distance_band: str
    before: int
    after: int
    parts_before: list[int]
    parts_after: list[int]
    moved: int

    @property
    def change(self) -> int:
        return self.after - self.before


def preview(before: Weights, after: Weights, *, now: datetime) -> list[PairPreview]:
    """Up to 20 pairs: the nearest people of those who saved their profile last."""
    viewers = FitnessProfile.objects.filter(is_ready=True).order_by("-updated_at", "-pk")[:VIEWERS]
    return [pair for number, viewer in enumerate(viewers, 1) for pair in _pairs_of(viewer, number, before, after, now)]


def _pairs_of(
    profile: FitnessProfile, number: int, before: Weights, after: Weights, now: datetime
) -> list[PairPreview]:
    found = candidates_for(profile, limit=EACH, now=now)
    taste = no_taste()
    arrays = arrays_of(found, taste, now)
    viewer = viewer_of(profile, taste)
    old, new = (RULES.recommend(viewer, arrays, weights, len(found)) for weights in (before, after))
    places = [{row: place for place, row in enumerate(scores.order.tolist())} for scores in (old, new)]
    return [
        PairPreview(
            viewer=number,
            distance_band=band_words(band_of(found[row].distance_km)),
            before=int(old.total[row]),
            after=int(new.total[row]),
            parts_before=old.components[row].tolist(),
            parts_after=new.components[row].tolist(),
            moved=places[0][row] - places[1][row],
        )
        for row in old.order.tolist()
    ]


@dataclass(frozen=True)
class ModelUse:
    """How often somebody was shown by a model in the last week, and how often the rules stood in."""

    model: str
    shown: int
    stood_in: int


def models_in_use(*, now: datetime) -> list[ModelUse]:
    shown = Impression.objects.filter(day__gte=(now - timedelta(days=7)).date())
    rows = shown.values("model").annotate(shown=Count("pk"), stood_in=Count("pk", filter=Q(is_fallback=True)))
    return [ModelUse(**row) for row in rows.order_by("-shown", "model")]
