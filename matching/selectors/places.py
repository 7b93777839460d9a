"""Where somebody is, in words that give no more away than the cell; and the studios around them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts import cities
from classes.models import Studio
from fitfoodie.common.geo import nearest_first
from matching.models import FitnessProfile
from matching.policy import cell

STUDIOS = 100


def about_here(profile: FitnessProfile) -> str:
    """The town next to the middle of the cell; empty for somebody without a place."""
    if profile.cell_latitude is None:
        return ""
    middle = cell(profile)
    return cities.nearest(middle.latitude, middle.longitude).label


def gyms_around(profile: FitnessProfile) -> QuerySet[Studio]:
    """Open studios, the nearest first where we know where that is."""
    studios = Studio.objects.open_to_all().filter(is_active=True).select_related("chain")
    if profile.cell_latitude is None:
        return studios.order_by("name", "pk")[:STUDIOS]
    return nearest_first(studios.filter(latitude__isnull=False), cell(profile))[:STUDIOS]


def other_clocks_at_home(profile: FitnessProfile, zone: str, *, now: datetime) -> str:
    """The time zone of the home area when clocks there show another time than in `zone`, else nothing: whoever says
    when they train means the clocks they live by."""
    if profile.cell_latitude is None:
        return ""
    middle = cell(profile)
    home = cities.nearest(middle.latitude, middle.longitude).time_zone
    return home if now.astimezone(ZoneInfo(home)).utcoffset() != now.astimezone(ZoneInfo(zone)).utcoffset() else ""
