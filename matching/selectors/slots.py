"""When two people can train together: stretches of the week in common, and the next one on the calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from fitfoodie.common import wall_time
from matching.models import FitnessProfile
from matching.week import SLOTS_PER_DAY, common, unpack

LOOK_AHEAD_DAYS = 14
# A stretch of half an hour is no training.
MIN_HALVES = 2
# Nobody can be asked to come at once.
NOTICE = timedelta(hours=2)
HALF_HOUR = timedelta(minutes=30)
# From and to.
Taken = tuple[datetime, datetime]


@dataclass(frozen=True)
class CommonSlot:
    """A stretch within one day; `end` of the last is 48, midnight."""

    day: int
    start: int
    end: int

    @property
    def starts(self) -> str:
        return _clock(self.start)

    @property
    def ends(self) -> str:
        return _clock(self.end)

    @property
    def words(self) -> str:
        return f"{WEEKDAYS_ABBR[self.day]} {self.starts}–{self.ends}"

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.day])


def _clock(half: int) -> str:
    return f"{half // 2 % 24:02d}:{half % 2 * 30:02d}"


@dataclass(frozen=True)
class NextSlot:
    """Instants in UTC, and the clocks they are meant on."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str


def common_slots(one: bytes, other: bytes) -> list[CommonSlot]:
    """Stretches of an hour and more that both marked, Monday first."""
    found: list[CommonSlot] = []
    for slot in unpack(common(one, other)):
        last = found[-1] if found else None
        if last and last.day == slot.day and last.end == slot.half:
            found[-1] = CommonSlot(slot.day, last.start, slot.half + 1)
        else:
            found.append(CommonSlot(slot.day, slot.half, slot.half + 1))
    return [slot for slot in found if slot.end - slot.start >= MIN_HALVES]


def next_common_slot(one: FitnessProfile, other: FitnessProfile, *, now: datetime) -> NextSlot | None:
    """The first stretch in common that begins in two hours or later, on the clocks of `one`; None within two weeks."""
    zone = ZoneInfo(one.user.preferences.time_zone)
    return next(free_slots(bytes(one.week), bytes(other.week), zone, now=now), None)


def free_slots(
    one: bytes, other: bytes, zone: ZoneInfo, *, now: datetime, busy: Iterable[Taken] = ()
) -> Iterator[NextSlot]:
    """Stretches of an hour and more that both marked and in which neither is busy, the next first, within two weeks.

    Of a stretch that has begun what is left from two hours on.
    """
    taken = sorted(busy)
    earliest = _half_hour_after(now + NOTICE)
    for starts_at, ends_at in _coming(common_slots(one, other), zone, now):
        for free in _without(taken, max(starts_at, earliest), ends_at):
            if free[1] - free[0] >= MIN_HALVES * HALF_HOUR:
                yield NextSlot(*free, zone.key)


def _half_hour_after(moment: datetime) -> datetime:
    """The next full or half hour; zones that are off by a quarter are on their own clocks again with the next slot."""
    late = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment - late + HALF_HOUR if late else moment


def _coming(slots: list[CommonSlot], zone: ZoneInfo, now: datetime) -> Iterator[Taken]:
    today = now.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  the wall's time, resolved below
        for slot in slots:
            if slot.day == day.weekday():
                walls = (midnight + half * HALF_HOUR for half in (slot.start, slot.end))
                starts_at, ends_at = (wall_time.resolve(wall, zone).instant for wall in walls)
                yield starts_at, ends_at


def _without(taken: Iterable[Taken], starts_at: datetime, ends_at: datetime) -> Iterator[Taken]:
    """What the taken stretches, in order, leave of this one."""
    for begins, ends in taken:
        if begins < ends_at and ends > starts_at:
            yield starts_at, begins
            starts_at = max(starts_at, ends)
    yield starts_at, ends_at


def halves_between(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> list[int]:
    """The half hours of the week, as `week.Slot.index`, that a class touches on the clocks of `zone`."""
    local = starts_at.astimezone(zone)
    first = local.weekday() * SLOTS_PER_DAY + local.hour * 2 + local.minute // 30
    minutes = (ends_at - starts_at).total_seconds() / 60 + local.minute % 30
    return [(first + step) % (7 * SLOTS_PER_DAY) for step in range(max(-(-int(minutes) // 30), 1))]
