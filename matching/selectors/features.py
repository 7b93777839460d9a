"""From rows to arrays: what a recommender is given of people."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from matching.models import FitnessProfile
from matching.recommender import history
from matching.recommender.base import Candidates, Viewer, skills_of_bits, skills_row
from matching.selectors.candidates import Candidate
from matching.selectors.taste import Taste

# Nobody saw them for so long, or ever.
LONG_AGO_DAYS = 3650.0


def viewer_of(profile: FitnessProfile, taste: Taste) -> Viewer:
    week = history.weeks_array([bytes(profile.week)])[0]
    return Viewer(skills_row(profile.skills), week, taste.liked)


def arrays_of(candidates: Sequence[Candidate], taste: Taste, now: datetime) -> Candidates:
    """Rows in the order given. Everybody's week is taken as on the same clocks: they live within a drive."""
    skills = skills_of_bits([one.bits for one in candidates])
    weeks = history.weeks_array([one.week for one in candidates])
    return Candidates(
        ids=np.array([one.user_id for one in candidates], dtype=np.int64),
        skills=skills,
        week=weeks,
        distance_km=np.array([one.distance_km for one in candidates], dtype=np.float64),
        history=history.affinity(taste.liked, taste.passed, skills, weeks),
        idle_days=np.array([_idle_days(one.last_login, now) for one in candidates], dtype=np.float64),
    )


def _idle_days(seen: datetime | None, now: datetime) -> float:
    return max((now - seen).total_seconds() / 86_400, 0.0) if seen else LONG_AGO_DAYS
