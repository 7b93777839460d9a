from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matching.selectors.slots import CommonSlot, common_slots, free_slots, halves_between, next_common_slot
from matching.tests.factories import NOW, make_fitness, make_user
from matching.week import Slot, pack

ZONE = ZoneInfo("Europe/Zurich")


def test_stretches_of_an_hour_and_more():
    one = pack([Slot(0, 10), Slot(1, 13), Slot(1, 14), Slot(1, 15), Slot(6, 46), Slot(6, 47)])
    assert common_slots(one, one) == [CommonSlot(1, 13, 16), CommonSlot(6, 46, 48)]
    assert [(slot.starts, slot.ends, slot.day_name) for slot in common_slots(one, one)] == [
        ("06:30", "08:00", "Tuesday"),
        ("23:00", "00:00", "Sunday"),
    ]
    assert common_slots(one, pack([])) == []


def test_a_stretch_does_not_go_over_midnight():
    week = pack([Slot(0, 46), Slot(0, 47), Slot(1, 0), Slot(1, 1)])
    assert common_slots(week, week) == [CommonSlot(0, 46, 48), CommonSlot(1, 0, 2)]


@pytest.fixture
def two(db):
    one, other = make_fitness(make_user("maya")), make_fitness(make_user("leo"))
    one.user.preferences.time_zone = "Europe/Zurich"
    return one, other


def test_next_slot_on_the_clocks_of_who_asks(two):
    slot = next_common_slot(*two, now=NOW)
    assert slot.starts_at == datetime(2026, 6, 16, 4, 30, tzinfo=UTC)
    assert slot.ends_at == datetime(2026, 6, 16, 5, 30, tzinfo=UTC)
    assert slot.time_zone == "Europe/Zurich"


def test_next_slot_gives_two_hours_notice(two):
    before = datetime(2026, 6, 16, 4, 30, tzinfo=UTC)
    assert next_common_slot(*two, now=before - timedelta(hours=2)).starts_at == before
    later = next_common_slot(*two, now=before - timedelta(minutes=119))
    assert later.starts_at == before + timedelta(days=2)


def test_next_slot_follows_the_clocks_when_they_change(two):
    slot = next_common_slot(*two, now=datetime(2026, 10, 23, 12, tzinfo=UTC))
    assert slot.starts_at == datetime(2026, 10, 27, 5, 30, tzinfo=UTC)


def test_no_time_in_common_is_no_slot(two):
    two[1].week = pack([Slot(5, 20)])
    assert next_common_slot(*two, now=NOW) is None


@pytest.mark.parametrize(
    ("starts", "minutes", "expected"),
    [
        (datetime(2026, 6, 16, 4, 30, tzinfo=UTC), 60, [61, 62]),
        (datetime(2026, 6, 16, 4, 45, tzinfo=UTC), 60, [61, 62, 63]),
        (datetime(2026, 6, 21, 21, 30, tzinfo=UTC), 60, [335, 0]),
        (datetime(2026, 6, 16, 4, 30, tzinfo=UTC), 5, [61]),
    ],
)
def test_half_hours_that_a_class_touches(starts, minutes, expected):
    assert halves_between(starts, starts + timedelta(minutes=minutes), ZONE) == expected


MONDAY_MORNING = pack([Slot(0, half) for half in range(12, 24)])  # 06:00 to 12:00
AT_SEVEN = datetime(2026, 6, 15, 5, 10, tzinfo=UTC)  # 07:10 in Zürich


def hours(week, now, busy=(), count=1):
    """On the clocks of Zürich."""
    coming = list(free_slots(week, week, ZONE, now=now, busy=busy))[:count]
    return [tuple(at.astimezone(ZONE).strftime("%d %H:%M") for at in (one.starts_at, one.ends_at)) for one in coming]


def test_of_a_stretch_that_has_begun_the_rest_counts():
    assert hours(MONDAY_MORNING, AT_SEVEN) == [("15 09:30", "15 12:00")]
    assert hours(MONDAY_MORNING, AT_SEVEN + timedelta(hours=2)) == [("22 06:00", "22 12:00")]


def test_a_full_hour_is_not_put_off():
    assert hours(MONDAY_MORNING, AT_SEVEN.replace(minute=0)) == [("15 09:00", "15 12:00")]


def test_what_is_taken_is_not_free():
    nine, ten = (datetime(2026, 6, 22, hour, tzinfo=UTC) for hour in (7, 8))
    later = AT_SEVEN + timedelta(days=1)
    assert hours(MONDAY_MORNING, later, [(nine, ten)], 2) == [("22 06:00", "22 09:00"), ("22 10:00", "22 12:00")]
    overlapping = [(ten, ten + timedelta(minutes=90)), (nine - timedelta(hours=3), ten), (nine, ten)]
    assert hours(MONDAY_MORNING, later, overlapping) == [("29 06:00", "29 12:00")]
