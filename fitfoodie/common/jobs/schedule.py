from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Max

from fitfoodie.common.models import ScheduledRun


@dataclass(frozen=True)
class ScheduledTask:
    """`last_at` is null for a task that has not run for a week: older slots are forgotten.

    `next_at` is the first slot nobody has taken. It lies in the past when no scheduler is up.
    """

    name: str
    task: str
    every: timedelta
    last_at: datetime | None
    next_at: datetime


def slot_of(now: datetime, every: int) -> datetime:
    """The slot that `now` falls into: whole multiples of `every` seconds since the epoch."""
    return datetime.fromtimestamp(now.timestamp() // every * every, tz=UTC)


def scheduled_tasks(*, now: datetime) -> list[ScheduledTask]:
    """Every entry of the schedule, the next due first. One query."""
    last = dict(ScheduledRun.objects.values_list("task").annotate(last_at=Max("slot_at")).order_by())
    entries = [(name, entry["kwargs"]) for name, entry in settings.CELERY_BEAT_SCHEDULE.items()]
    tasks = [_scheduled(name, given["task"], given["every"], last.get(given["task"]), now) for name, given in entries]
    return sorted(tasks, key=lambda task: (task.next_at, task.name))


def _scheduled(name: str, task: str, every: int, last_at: datetime | None, now: datetime) -> ScheduledTask:
    gap = timedelta(seconds=every)
    next_at = slot_of(now, every) if last_at is None else last_at + gap
    return ScheduledTask(name, task, gap, last_at, next_at)
