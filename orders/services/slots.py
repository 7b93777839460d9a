"""Slots are made from the weekly opening times, in the kitchen's own time (ORD-17)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common import scarce
from fitfoodie.common.errors import ConflictError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from orders import policy
from orders.enums import Fulfilment
from orders.events import SlotCancelled
from orders.models import Kitchen, OpeningTime, Slot
from orders.services.kitchens import days_ahead

Key = tuple[str, datetime]


def make_all_slots(*, now: datetime) -> int:
    """For every kitchen that takes orders; returns how many slots are new. Run by the schedule."""
    kitchens = Kitchen.objects.filter(is_active=True).order_by("pk")
    return sum(make_slots(kitchen=kitchen, now=now) for kitchen in kitchens)


@transaction.atomic
def make_slots(*, kitchen: Kitchen, now: datetime) -> int:
    """The slots of the days ahead. Slots nobody has taken follow a change of the opening times; others stay.

    Idempotent: two runs at once make each slot once. Returns how many are new.
    """
    wanted = {_key(slot): slot for slot in _slots_of_days(kitchen, now)}
    _drop_outdated(kitchen, wanted, now)
    known = set(
        Slot.objects.filter(kitchen=kitchen, starts_at__gt=now - timedelta(days=2)).values_list(
            "fulfilment", "starts_at"
        )
    )
    missing = [slot for key, slot in sorted(wanted.items()) if key not in known]
    Slot.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _key(slot: Slot) -> Key:
    return str(slot.fulfilment), slot.starts_at


def _drop_outdated(kitchen: Kitchen, wanted: dict[Key, Slot], now: datetime) -> None:
    """Rows that somebody is ordering from right now are locked, and left alone."""
    free = Slot.objects.select_for_update(skip_locked=True).filter(
        kitchen=kitchen, taken=0, is_cancelled=False, closes_at__gt=now
    )
    outdated = [slot.pk for slot in free if not _is_same(slot, wanted.get(_key(slot)))]
    Slot.objects.filter(pk__in=outdated).delete()


def _is_same(slot: Slot, other: Slot | None) -> bool:
    return other is not None and (slot.ends_at, slot.closes_at, slot.capacity) == (
        other.ends_at,
        other.closes_at,
        other.capacity,
    )


def _slots_of_days(kitchen: Kitchen, now: datetime) -> Iterator[Slot]:
    opening_times = list(kitchen.opening_times.order_by("weekday", "starts", "pk"))
    for day in days_ahead(kitchen, now=now, days=settings.ORDER_SLOT_DAYS):
        for opening in opening_times:
            if opening.weekday == day.weekday() and _is_offered(kitchen, opening.fulfilment):
                yield from (slot for slot in _slots_of(kitchen, opening, day) if slot.starts_at > now)


def _is_offered(kitchen: Kitchen, fulfilment: str) -> bool:
    return kitchen.delivers if fulfilment == Fulfilment.DELIVERY else kitchen.offers_pickup


def _slots_of(kitchen: Kitchen, opening: OpeningTime, day: date) -> Iterator[Slot]:
    """One window of one day, cut into slots by elapsed time: an hour that the clocks skip is not offered, one that they
    repeat is offered twice."""
    zone = ZoneInfo(kitchen.time_zone)
    start, end = _instant(day, opening.starts, zone), _instant(day, opening.ends, zone)
    step = timedelta(minutes=opening.slot_minutes) if opening.slot_minutes else end - start
    while start < end:
        stop = min(start + step, end)
        yield Slot(
            kitchen=kitchen,
            fulfilment=opening.fulfilment,
            starts_at=start,
            ends_at=stop,
            closes_at=start - timedelta(minutes=opening.closes_minutes_before),
            capacity=opening.capacity,
        )
        start = stop


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time of day that is skipped is read by the clock before the change, one that comes twice is the first."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def require_open(slot: Slot, *, now: datetime) -> None:
    """Raises ConflictError when it may not be taken any more, whatever is left of it."""
    require_not_cancelled(slot)
    if slot.closes_at < now:
        raise ConflictError(_("It is too late for this time. Choose a later one."), code="slot_closed", field="slot")


def require_not_cancelled(slot: Slot) -> None:
    if slot.is_cancelled:
        raise ConflictError(_("The kitchen has cancelled this time. Choose another."), code="slot_closed", field="slot")


@transaction.atomic
def cancel_slot(*, slot_id: int, actor: User, reason: str, now: datetime) -> Slot:
    """No further order may take it; those in it stay, for the kitchen to move or cancel one by one.

    Locks the slot. Raises Slot.DoesNotExist for strangers, DomainError without a reason.
    """
    slot = scarce.lock([_own_slot(slot_id, actor)])[0]
    said = clean_reason(reason)
    if slot.is_cancelled:
        return slot  # type: ignore[no-any-return]  # scarce rows are of any model
    slot.is_cancelled = True
    slot.save(update_fields=["is_cancelled"])
    record(
        SlotCancelled(
            slot_id=slot.pk,
            kitchen_id=slot.kitchen_id,
            starts_at=slot.starts_at.isoformat(),
            orders_in_it=slot.taken,
            reason=said,
        ),
        actor=actor,
        subject=slot,
    )
    return slot  # type: ignore[no-any-return]  # as above


def _own_slot(slot_id: int, actor: User) -> Slot:
    slot = Slot.objects.get(pk=slot_id)
    if not (policy.works_in(actor, slot.kitchen_id) or policy.is_order_staff(actor)):
        raise Slot.DoesNotExist
    return slot
