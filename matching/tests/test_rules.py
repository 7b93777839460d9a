from datetime import UTC, date, datetime, timedelta

import pytest

from matching.rules import age_on, born_by, is_adult, levels_apart, recent


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2000, 6, 15), date(2026, 6, 14), 25),
        (date(2000, 6, 15), date(2026, 6, 15), 26),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_age_counts_whole_years(born_on, day, age):
    assert age_on(born_on, day) == age


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_last_date_of_birth_of_an_adult_is_the_very_last(day):
    last = born_by(day, 18)
    assert (age_on(last, day), age_on(last + timedelta(days=1), day)) == (18, 17)


def test_without_a_date_of_birth_nobody_is_an_adult():
    assert is_adult(None, date(2026, 6, 15)) is False


def test_moves_are_recent_for_24_hours():
    now = datetime(2026, 6, 15, 6, 0, tzinfo=UTC)
    moves = [(now - timedelta(hours=hours)).isoformat() for hours in (30, 24, 23, 0)]
    assert recent(moves, now) == moves[2:]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"running": 1}, {"running": 3}, 2),
        ({"running": 1, "yoga": 2}, {"running": 3, "yoga": 3}, 1),
        ({"running": 1}, {"yoga": 1}, None),
    ],
)
def test_levels_apart_is_the_nearest_sport(one, other, apart):
    assert levels_apart(one, other) == apart
