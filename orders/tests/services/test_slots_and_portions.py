from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from fitfoodie.common.errors import DomainError
from fitfoodie.events.models import Event
from meals.models import Meal
from orders.models import DailyPortions, Kitchen, OpeningTime, Slot
from orders.services.moves import move_order
from orders.services.portions import plan_portions
from orders.services.slots import cancel_slot, make_all_slots, make_slots
from orders.tasks import expire_orders
from orders.tasks import make_slots as make_slots_task
from orders.tests.factories import NOW, filled_cart, make_dish, make_kitchen, make_order

BERLIN = ZoneInfo("Europe/Berlin")


def kitchen_open(weekday, starts, ends, **fields):
    kitchen = Kitchen.objects.create(name="K", time_zone="Europe/Berlin", offers_pickup=False)
    OpeningTime.objects.create(
        kitchen=kitchen, fulfilment="delivery", weekday=weekday, starts=starts, ends=ends, capacity=5, **fields
    )
    return kitchen


def spans(kitchen):
    return [(slot.starts_at, slot.ends_at) for slot in Slot.objects.filter(kitchen=kitchen).order_by("starts_at")]


def utc(day, hour, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_slots_are_hours_of_the_kitchens_own_clock(db):
    kitchen = kitchen_open(0, time(11), time(13, 30))
    assert make_slots(kitchen=kitchen, now=NOW) == 6
    assert spans(kitchen)[:3] == [
        (utc(4, 9, month=5), utc(4, 10, month=5)),
        (utc(4, 10, month=5), utc(4, 11, month=5)),
        (utc(4, 11, month=5), utc(4, 11, 30, month=5)),
    ]
    first = Slot.objects.order_by("starts_at")[0]
    assert (first.closes_at, first.capacity) == (utc(4, 8, month=5), 5)


def test_making_them_again_makes_none(kitchen):
    before = Slot.objects.count()
    assert (make_all_slots(now=NOW), Slot.objects.count()) == (0, before)
    assert make_all_slots(now=NOW + timedelta(days=1)) == 6


def test_a_window_may_be_one_slot(db):
    kitchen = kitchen_open(0, time(11), time(14), slot_minutes=None)
    make_slots(kitchen=kitchen, now=NOW)
    assert spans(kitchen)[0] == (utc(4, 9, month=5), utc(4, 12, month=5))


def test_the_hour_that_the_clocks_skip_is_not_offered(db):
    """On 29 March 2026 Berlin goes from 2:00 to 3:00."""
    kitchen = kitchen_open(6, time(1), time(4))
    make_slots(kitchen=kitchen, now=utc(28, 12))
    assert spans(kitchen) == [(utc(29, 0), utc(29, 1)), (utc(29, 1), utc(29, 2))]


def test_a_window_inside_the_skipped_hour_is_none(db):
    kitchen = kitchen_open(6, time(2, 15), time(3))
    make_slots(kitchen=kitchen, now=utc(28, 12))
    assert spans(kitchen) == []


def test_the_hour_that_comes_twice_is_offered_twice(db):
    """On 25 October 2026 Berlin has 2:00 to 3:00 twice."""
    kitchen = kitchen_open(6, time(1), time(4))
    make_slots(kitchen=kitchen, now=utc(24, 12, month=10))
    local = [start.astimezone(BERLIN).strftime("%H:%M%z") for start, _end in spans(kitchen)]
    assert local == ["01:00+0200", "02:00+0200", "02:00+0100", "03:00+0100"]


def test_the_cut_off_counts_elapsed_time_over_a_change_of_clocks(db):
    kitchen = kitchen_open(6, time(4), time(5), closes_minutes_before=180)
    make_slots(kitchen=kitchen, now=utc(28, 12))
    assert Slot.objects.get().closes_at == utc(28, 23)


def test_free_slots_follow_a_change_of_the_opening_times(sam, lentils, kitchen):
    kept = make_order(sam, [lentils]).slot
    kitchen.opening_times.update(capacity=3, starts=time(12))
    make_slots(kitchen=kitchen, now=NOW)
    kept.refresh_from_db()
    others = Slot.objects.filter(kitchen=kitchen).exclude(pk=kept.pk)
    assert (kept.capacity, set(others.values_list("capacity", flat=True))) == (10, {3})
    assert Slot.objects.filter(starts_at=kept.starts_at, fulfilment="delivery").count() == 1


def test_a_closed_kitchen_makes_none(db):
    make_kitchen()
    Slot.objects.all().delete()
    Kitchen.objects.update(is_active=False)
    assert make_all_slots(now=NOW) == 0


def test_the_schedule_runs_both(kitchen):
    assert (make_slots_task() >= 0, expire_orders()) == (True, 0)


def test_a_cancelled_slot_takes_no_more_orders_and_keeps_those_it_has(sam, lentils, cora):
    order = make_order(sam, [lentils])
    cart = filled_cart(sam, [lentils])
    slot = cancel_slot(slot_id=order.slot_id, actor=cora, reason="The van broke down", now=NOW)
    cancel_slot(slot_id=order.slot_id, actor=cora, reason="Again", now=NOW)
    said = Event.objects.filter(name="orders.slot.cancelled")
    assert [(event.actor, event.data) for event in said] == [
        (
            cora,
            {
                "slot_id": slot.pk,
                "kitchen_id": slot.kitchen_id,
                "starts_at": slot.starts_at.isoformat(),
                "orders_in_it": 1,
                "reason": "The van broke down",
            },
        )
    ]
    order.refresh_from_db()
    assert (order.status, cart.slot) == ("pending_payment", slot)


def test_a_slot_is_cancelled_by_its_kitchen_alone_and_with_a_reason(sam, lentils, cora):
    order = make_order(sam, [lentils])
    with pytest.raises(Slot.DoesNotExist):
        cancel_slot(slot_id=order.slot_id, actor=sam, reason="No", now=NOW)
    with pytest.raises(DomainError):
        cancel_slot(slot_id=order.slot_id, actor=cora, reason="", now=NOW)


def plan(meal, number, actor):
    return plan_portions(meal_id=meal.pk, day=NOW.date(), planned=number, actor=actor, now=NOW)


def test_the_number_of_the_day_may_be_set(lentils, cora):
    row = plan(lentils, 12, cora)
    assert (row.planned, row.capacity, row.over_by) == (12, 12, 0)
    assert plan(lentils, None, cora).capacity is None
    assert Event.objects.filter(name="orders.portions.planned").first().data == {
        "meal_id": lentils.pk,
        "day": "2026-05-04",
        "planned": 12,
        "over_by": 0,
    }


def test_lowered_below_what_is_sold_says_by_how_much_it_is_over(sam, kitchen, ada, cora):
    dish = make_dish(ada, "Curry", portions=10)
    order = make_order(sam, [dish], quantity=4, paid=True)
    row = plan(dish, 3, cora)
    assert (row.planned, row.capacity, row.taken, row.over_by) == (3, 4, 4, 1)
    move_order(order_id=order.pk, to="rejected", actor=cora, reason="Too many", now=NOW)
    row = DailyPortions.objects.get()
    assert (row.capacity, row.taken, row.left) == (3, 0, 3)


@pytest.mark.parametrize("number", [-1, 100_001])
def test_numbers_that_are_none(lentils, cora, number):
    with pytest.raises(DomainError) as error:
        plan(lentils, number, cora)
    assert error.value.field == "planned"


def test_strangers_plan_nothing(lentils, sam, ada):
    for stranger in (sam, ada):
        with pytest.raises(Meal.DoesNotExist):
            plan(lentils, 1, stranger)


def test_support_may(lentils, mia):
    assert plan(lentils, 1, mia).capacity == 1
