"""How many people somebody's wishes fit, told so that nobody can be found out by it.

Exact counts would be a probe: change one wish, see whether the number moves, and know something about one person. So a
count is moved by up to three either way, by a key that nobody outside knows and that stays the same for the same
question, and then rounded to five; below ten it is only “fewer than ten”. Asking again tells nothing new.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from matching.models import FitnessProfile
from matching.policy import fitting

FEW = 10
MANY = 1000
_STEP = 5
_SHIFT = 3


@dataclass(frozen=True)
class Crowd:
    """`about` is None for fewer than FEW; with `is_more` there are more than so many."""

    about: int | None
    is_more: bool = False


def people_who_fit(profile: FitnessProfile, *, now: datetime) -> Crowd:
    """Of the wishes as they stand in `profile`, saved or not, around the place that is saved."""
    count = fitting(FitnessProfile.objects.all(), profile, now).order_by()[: MANY + 1].count()
    if count > MANY:
        return Crowd(MANY, is_more=True)
    return Crowd(blurred(count, _question(profile)))


def blurred(count: int, question: str) -> int | None:
    """Rounded after a shift that the question decides; None for fewer than FEW."""
    key = hmac.new(settings.SECRET_KEY.encode(), question.encode(), hashlib.sha256).digest()
    moved = count + key[0] % (2 * _SHIFT + 1) - _SHIFT
    rounded = _STEP * round(moved / _STEP)
    return rounded if count >= FEW and rounded >= FEW else None


def _question(profile: FitnessProfile) -> str:
    asked = (
        profile.user_id,
        sorted(profile.skills.items()),
        profile.cell_latitude,
        profile.cell_longitude,
        profile.radius_km,
        profile.level_gap,
        profile.gender,
        profile.same_gender_only,
    )
    return repr(asked)
