"""From a rule to instants. The rule is followed on the clock of the wall, and each day's time is then looked up in the
zone: 18:00 stays 18:00 when the clocks change (CLS-12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _

from classes.recurrence.rule import MAX_OCCURRENCES, Rule, RuleError
from fitfoodie.common.wall_time import Clash, resolve

HORIZON = timedelta(days=366 * 5)


@dataclass(frozen=True)
class Occurrence:
    """`day` is where the rule put it and names it for good; `wall` what was meant, `starts_at` the instant in UTC."""

    day: date
    wall: datetime
    starts_at: datetime
    clash: Clash
    # For a person, when the clocks change over that time.
    note: str

    @property
    def starts_local(self) -> str:
        return f"{self.wall:%Y-%m-%dT%H:%M}"


def occurrences(rule: Rule, starts: datetime, zone: ZoneInfo, *, through: date | None = None) -> list[Occurrence]:
    """All that the rule makes from `starts` (naive, wall time) up to and with the day `through`, in order.

    At most MAX_OCCURRENCES, and none later than HORIZON: a rule without an end is cut off there. `starts` is one of
    them only when the rule says so.
    """
    return [_occurrence(wall, zone) for wall in islice(_walls(rule, starts, through), MAX_OCCURRENCES)]


def need_sensible_size(rule: Rule, starts: datetime) -> datetime:
    """The wall time of the first occurrence. Raises RuleError when there is none, or too many before the end."""
    walls = list(islice(_walls(rule, starts, None), MAX_OCCURRENCES + 1))
    if not walls:
        raise RuleError(_("This rule makes no class at all. Look at the weekdays and the last day."))
    if len(walls) > MAX_OCCURRENCES and rule.until is not None:
        message = _("This makes more than %(most)d classes. Choose an earlier last day, or none at all.")
        raise RuleError(message % {"most": MAX_OCCURRENCES})
    return walls[0]


def _walls(rule: Rule, starts: datetime, through: date | None) -> Iterator[datetime]:
    """Counted before it is cut by `through`."""
    ends = [day for day in (rule.until, through, (starts + HORIZON).date()) if day is not None]
    last = datetime.combine(min(ends), time.max)
    if last < starts:
        return iter(())
    pattern: rrule = rrulestr(rule.endless, dtstart=starts)  # type: ignore[assignment]  # one rule is no set of rules
    return islice(iter(pattern.replace(until=last)), rule.count)


def _occurrence(wall: datetime, zone: ZoneInfo) -> Occurrence:
    resolved = resolve(wall, zone)
    return Occurrence(wall.date(), wall, resolved.instant, resolved.clash, resolved.note)
