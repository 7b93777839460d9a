"""What a clock on the wall shows, and which instant that is. Twice a year it is none, or two."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


class Clash(Enum):
    """Clocks go forward over the time (GAP) or back through it (OVERLAP)."""

    NONE = "none"
    GAP = "gap"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class WallTime:
    """`instant` in UTC, and how sure it is."""

    instant: datetime
    zone: ZoneInfo
    clash: Clash = Clash.NONE

    @property
    def note(self) -> str:
        """What a person must be told who typed the time; empty when there is nothing to tell."""
        if self.clash is Clash.GAP:
            shown = f"{self.instant.astimezone(self.zone):%H:%M}"
            return _("Clocks go forward that night and your time is skipped; we take %(time)s.") % {"time": shown}
        if self.clash is Clash.OVERLAP:
            return _("Clocks go back that night and your time comes twice; we take the first.")
        return ""


def resolve(wall: datetime, zone: ZoneInfo) -> WallTime:
    """The instant at which clocks in `zone` show `wall`, a datetime whose own zone, if any, is ignored.

    A time that is skipped moves on by what the clocks move (02:30 is 03:30); of a time that comes twice, the first.
    """
    first = wall.replace(tzinfo=zone, fold=0)
    second = wall.replace(tzinfo=zone, fold=1)
    instant = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return WallTime(instant, zone)
    exists = instant.astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None)
    return WallTime(instant, zone, Clash.OVERLAP if exists else Clash.GAP)


def as_instant(given: datetime, zone: ZoneInfo) -> WallTime:
    """An aware datetime is the instant it names; a naive one is what clocks in `zone` show."""
    return WallTime(given.astimezone(UTC), zone) if given.tzinfo is not None else resolve(given, zone)
