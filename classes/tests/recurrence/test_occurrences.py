# ruff: noqa: DTZ001  wall time has no zone
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classes.recurrence import MAX_OCCURRENCES, Repeat, RuleError, need_sensible_size, occurrences, parse
from fitfoodie.common.wall_time import Clash

ZONES = ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Nairobi", "UTC"]


def made(rule: str, starts: datetime, zone: str = "Europe/Zurich", through: date | None = None):
    return occurrences(parse(rule), starts, ZoneInfo(zone), through=through)


@pytest.mark.parametrize(
    ("zone", "starts", "offsets"),
    [
        # Clocks go forward on 29 March 2026 in Zürich, on 8 March in New York, back on 5 April on Lord Howe (by half an
        # hour), and never in Tokyo: hours before UTC.
        ("Europe/Zurich", datetime(2026, 3, 23, 18), [1, 2]),
        ("America/New_York", datetime(2026, 3, 2, 18), [-5, -4]),
        ("Australia/Lord_Howe", datetime(2026, 3, 30, 18), [11, 10.5]),
        ("Asia/Tokyo", datetime(2026, 3, 23, 18), [9, 9]),
    ],
)
def test_six_in_the_evening_stays_six_in_the_evening(zone, starts, offsets):
    found = made("FREQ=WEEKLY;COUNT=2", starts, zone)
    assert [one.starts_at.astimezone(ZoneInfo(zone)).hour for one in found] == [18, 18]
    expected = [wall - timedelta(hours=hours) for wall, hours in zip([one.wall for one in found], offsets, strict=True)]
    assert [one.starts_at.replace(tzinfo=None) for one in found] == expected


def test_a_time_that_the_clocks_skip_is_moved_on_and_says_so():
    before, over, after = made("FREQ=DAILY;COUNT=3", datetime(2026, 3, 28, 2, 30))
    assert [one.clash for one in (before, over, after)] == [Clash.NONE, Clash.GAP, Clash.NONE]
    assert over.starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert over.starts_local == "2026-03-29T02:30"
    assert "03:30" in over.note
    assert after.starts_at == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_of_a_time_that_comes_twice_it_is_the_first():
    (over,) = made("FREQ=DAILY;COUNT=1", datetime(2026, 10, 25, 2, 30))
    assert (over.clash, over.starts_at) == (Clash.OVERLAP, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


@given(
    zone=st.sampled_from(ZONES),
    starts=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    every=st.integers(1, 4),
    count=st.integers(1, 60),
)
def test_wall_time_is_kept_through_every_change_of_the_clocks(zone, starts, weekdays, every, count):
    rule = Repeat(sorted(weekdays), every, count=count).rule()
    found = occurrences(rule, starts, ZoneInfo(zone))
    assert len(found) == count
    assert all(one.wall.time() == starts.time() and one.day.weekday() in weekdays for one in found)
    assert all(one.day < other.day and one.starts_at < other.starts_at for one, other in pairwise(found))
    for one in found:
        shown = one.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert shown == one.wall or one.clash is Clash.GAP


@given(through=st.integers(0, 200), weekdays=st.sets(st.integers(0, 6), min_size=1))
def test_a_shorter_window_sees_the_beginning_of_the_same_days(through, weekdays):
    rule, starts = Repeat(sorted(weekdays), 2, count=40).rule(), datetime(2026, 1, 7, 7, 15)
    last = starts.date() + timedelta(days=through)
    whole = occurrences(rule, starts, ZoneInfo("Europe/Zurich"))
    assert occurrences(rule, starts, ZoneInfo("Europe/Zurich"), through=last) == [o for o in whole if o.day <= last]


def test_the_last_day_belongs_to_it():
    found = made("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260617", datetime(2026, 6, 8, 18))
    assert [f"{one.day:%d}" for one in found] == ["08", "10", "15", "17"]


def test_the_first_day_is_one_of_the_weekdays():
    assert need_sensible_size(parse("FREQ=WEEKLY;BYDAY=WE"), datetime(2026, 6, 15, 18)) == datetime(2026, 6, 17, 18)


def test_an_endless_rule_is_cut_off():
    assert len(made("FREQ=DAILY", datetime(2026, 6, 15, 18))) == MAX_OCCURRENCES
    assert need_sensible_size(parse("FREQ=DAILY"), datetime(2026, 6, 15, 18)) == datetime(2026, 6, 15, 18)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY;UNTIL=20271231", "more than 400"),
        ("FREQ=WEEKLY;UNTIL=20260614", "no class at all"),
    ],
)
def test_rules_that_nobody_can_mean_are_refused(rule, said):
    with pytest.raises(RuleError, match=said) as refused:
        need_sensible_size(parse(rule), datetime(2026, 6, 15, 18))
    assert (refused.value.field, refused.value.code) == ("rule", "rule")


def test_nothing_lies_before_the_start():
    assert made("FREQ=DAILY", datetime(2026, 6, 15, 18), through=date(2026, 6, 14)) == []
