"""People who train around Zürich. `NOW` is that of the classes."""

from datetime import date

from accounts.models import User
from classes.tests.factories import NOW, make_user
from fitfoodie.common.geo import Point
from matching import sport_bits
from matching.grid import cell_of
from matching.models import FitnessProfile
from matching.week import Slot, pack

__all__ = ["NOW", "ZURICH", "make_fitness", "make_user"]

ZURICH = Point(47.3769, 8.5417)
# Tuesday and Thursday 06:30 to 07:30.
EARLY = pack(Slot(day, half) for day in (1, 3) for half in (13, 14))


def make_fitness(user: User, *, point: Point = ZURICH, **fields) -> FitnessProfile:
    """A profile that is ready for the deck; unless told, an intermediate runner of 30 who trains early."""
    skills = fields.pop("skills", {"running": 2})
    cell = cell_of(point)
    bits = {}
    for skill in (1, 2, 3):
        bits[f"skill_{skill}_low"], bits[f"skill_{skill}_high"] = sport_bits.at_skill(skills, skill)
    row = {
        "skills": skills,
        "week": EARLY,
        "born_on": date(1996, 3, 1),
        "latitude": point.latitude,
        "longitude": point.longitude,
        "cell_latitude": cell.latitude,
        "cell_longitude": cell.longitude,
        "located_at": NOW,
        "is_ready": True,
    }
    return FitnessProfile.objects.create(user=user, **(row | bits | fields))
