"""From rows to arrays: what a recommender is given of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from django.conf import settings
from django.db.models import Exists, OuterRef

from matching.models import FitnessProfile, Impression
from matching.recommender import history
from matching.recommender.base import Candidates, Viewer, skills_row
from matching.selectors.candidates import Candidate
from matching.selectors.taste import Taste

# Nobody saw them for so long, or ever.
LONG_AGO_DAYS = 3650.0


class Standing:
    """What is not said on the profile itself: when somebody was here last, and whether they were shown enough."""

    def __init__(self, last_seen: Mapping[int, datetime | None], newcomers: frozenset[int], now: datetime) -> None:
        self._last_seen, self.newcomers, self._now = last_seen, newcomers, now

    def idle_days(self, user_id: int) -> float:
        seen = self._last_seen.get(user_id)
        return max((self._now - seen).total_seconds() / 86_400, 0.0) if seen else LONG_AGO_DAYS


def standing_of(user_ids: Sequence[int], *, now: datetime) -> Standing:
    """One query. A newcomer has fewer than MATCH_NEWCOMER_IMPRESSIONS, ever (MAT-12)."""
    enough = settings.MATCH_NEWCOMER_IMPRESSIONS
    # At most so many entries of the index are read for each: popular people are not counted through.
    shown = Impression.objects.filter(candidate_id=OuterRef("user_id")).order_by("-shown_at")
    rows = FitnessProfile.objects.filter(user_id__in=user_ids)
    rows = rows.annotate(is_known=Exists(shown[enough - 1 : enough]))
    found = list(rows.values_list("user_id", "user__last_login", "is_known"))
    newcomers = frozenset(user_id for user_id, _, is_known in found if not is_known)
    return Standing({user_id: seen for user_id, seen, _ in found}, newcomers, now)


def viewer_of(profile: FitnessProfile, taste: Taste) -> Viewer:
    week = history.weeks_array([bytes(profile.week)])[0]
    return Viewer(skills_row(profile.skills), week, taste.liked)


def arrays_of(candidates: Sequence[Candidate], taste: Taste, standing: Standing) -> Candidates:
    """Rows in the order given. Everybody's week is taken as on the same clocks: they live within a drive."""
    if not candidates:
        return _nobody()
    skills = np.stack([skills_row(one.skills) for one in candidates])
    weeks = history.weeks_array([one.week for one in candidates])
    return Candidates(
        ids=np.array([one.user_id for one in candidates], dtype=np.int64),
        skills=skills,
        week=weeks,
        distance_km=np.array([one.distance_km for one in candidates], dtype=np.float64),
        history=history.affinity(taste.liked, taste.passed, skills, weeks),
        idle_days=np.array([standing.idle_days(one.user_id) for one in candidates], dtype=np.float64),
    )


def _nobody() -> Candidates:
    floats = np.zeros(0)
    return Candidates(
        np.zeros(0, dtype=np.int64), np.stack([skills_row({})])[:0], history.weeks_array([]), floats, floats, floats
    )
