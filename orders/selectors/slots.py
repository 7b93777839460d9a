"""When one can have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from orders.models import Kitchen, Slot


@dataclass(frozen=True)
class Day:
    day: date
    slots: list[Slot]


def open_slots(kitchen: Kitchen, *, now: datetime, fulfilment: str = "") -> "QuerySet[Slot]":
    """Those that may still be chosen, full ones too, the next first."""
    slots = Slot.objects.filter(kitchen=kitchen, closes_at__gte=now, is_cancelled=False)
    return (slots.filter(fulfilment=fulfilment) if fulfilment else slots).order_by("starts_at", "pk")


def by_day(slots: Iterable[Slot], kitchen: Kitchen) -> list[Day]:
    """Under the days of the kitchen's own calendar."""
    zone = ZoneInfo(kitchen.time_zone)
    return [Day(day, list(group)) for day, group in groupby(slots, lambda slot: slot.starts_at.astimezone(zone).date())]
