"""The cells that stand in for where people are: large enough everywhere, and the same whenever asked (MAT-5)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.sports import Sport
from fitfoodie.common.geo import KM_PER_DEGREE, Point, distance_km
from matching.grid import cell_of
from matching.sport_bits import ORDER, PER_COLUMN, at_skill, pack

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
INLAND = st.builds(Point, st.floats(-89.9, 89.9), st.floats(-180, 180))


def shifted(point, north_km, east_km):
    latitude = point.latitude + north_km / KM_PER_DEGREE
    wide = KM_PER_DEGREE * math.cos(math.radians(point.latitude))
    longitude = (point.longitude + east_km / wide + 180) % 360 - 180
    return Point(latitude, longitude)


@given(POINTS)
def test_a_cell_stands_for_itself(point):
    assert cell_of(cell_of(point)) == cell_of(point)


@given(INLAND, st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_a_cell_is_at_least_a_kilometre_high_and_wide(point, north_km, east_km):
    middle = cell_of(point)
    assert cell_of(shifted(middle, north_km, east_km)) == middle


@given(INLAND)
def test_nobody_is_far_from_the_middle_of_their_cell(point):
    assert distance_km(point, cell_of(point)) < 2.5


@given(st.floats(-90, 90))
def test_cells_meet_at_the_date_line(latitude):
    assert cell_of(Point(latitude, -180.0)) == cell_of(Point(latitude, 180.0))


@pytest.mark.parametrize("latitude", [-90.0, 90.0])
def test_all_meridians_are_one_cell_at_a_pole(latitude):
    assert len({cell_of(Point(latitude, longitude)) for longitude in (-180.0, -90.0, 0.0, 0.1)}) <= 4
    assert all(abs(cell_of(Point(latitude, longitude)).latitude) < 90 for longitude in (-90.0, 0.0, 179.9))


def test_every_sport_has_a_bit_and_keeps_it():
    assert sorted(ORDER) == sorted(Sport.values)
    assert (ORDER[0], ORDER[PER_COLUMN], len(ORDER)) == ("aerobics", "jujitsu", 69)


def test_bits_fill_two_columns():
    assert pack(["aerobics", "jujitsu", "running"]) == (1, 1 | 1 << (ORDER.index("running") - PER_COLUMN))
    assert at_skill({"aerobics": 1, "jujitsu": 2}, 2) == pack(["jujitsu"]) == (0, 1)
