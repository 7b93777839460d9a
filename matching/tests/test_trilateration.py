"""An attacker asks from a thousand made-up positions where somebody is, and learns the cell: no better (MAT-5).

Each probe is an account of its own that nothing slows down, and is told more than any page says: the distance to the
last digit, whether the person is within a radius, and who comes before whom.
"""

import random

import pytest

from fitfoodie.common.geo import KM_PER_DEGREE, Point, distance_km
from matching.grid import cell_of
from matching.models import FitnessProfile
from matching.selectors.candidates import candidates_for
from matching.tests.factories import NOW, ZURICH, make_fitness, make_user

pytestmark = pytest.mark.django_db
PROBES = 1000
CELL = cell_of(ZURICH)
# Just inside two opposite corners of one cell, more than 2 km from each other.
SOUTH_WEST = Point(CELL.latitude - 0.0066, CELL.longitude - 0.0098)
NORTH_EAST = Point(CELL.latitude + 0.0066, CELL.longitude + 0.0098)


def somewhere(draw, around, degrees):
    return Point(around.latitude + draw.uniform(-degrees, degrees), around.longitude + draw.uniform(-degrees, degrees))


def moved(profile, point, radius_km):
    """As after saving, without the limit on moving."""
    cell = cell_of(point)
    profile.latitude, profile.longitude = point.latitude, point.longitude
    profile.cell_latitude, profile.cell_longitude = cell.latitude, cell.longitude
    profile.radius_km = radius_km
    return profile


def answer(attacker):
    """What one probe is told: distances by person, nearest first."""
    return [(candidate.user_id, round(candidate.distance_km, 6)) for candidate in candidates_for(attacker, now=NOW)]


@pytest.fixture
def attacker(db):
    return make_fitness(make_user("attacker"), radius_km=50)


@pytest.fixture
def two(db):
    """Two people as far apart as one cell allows, and one elsewhere to be compared with."""
    make_fitness(make_user("elsewhere"), point=Point(ZURICH.latitude + 0.05, ZURICH.longitude), radius_km=200)
    places = {"south_west": SOUTH_WEST, "north_east": NORTH_EAST}
    return [make_fitness(make_user(name), point=point, radius_km=200) for name, point in places.items()]


def test_a_thousand_probes_cannot_tell_two_corners_of_a_cell_apart(attacker, two):
    assert cell_of(SOUTH_WEST) == cell_of(NORTH_EAST)
    assert distance_km(SOUTH_WEST, NORTH_EAST) > 2
    draw = random.Random(1)
    told = []
    for _ in range(PROBES):
        point, radius = somewhere(draw, ZURICH, 0.2), draw.randint(2, 40)
        said = answer(moved(attacker, point, radius))
        about = [[km for user_id, km in said if user_id == person.user_id] for person in two]
        assert about[0] == about[1]
        places = [place for place, (user_id, _km) in enumerate(said) if user_id in {one.user_id for one in two}]
        assert places in ([], [places[0], places[0] + 1] if places else [])
        told.append((point, radius, about[0][0] if about[0] else None))
    assert sum(km is not None for *_, km in told) > PROBES / 4
    feasible = region(told)
    assert {SOUTH_WEST, NORTH_EAST} <= feasible
    height, width = extent(feasible)
    assert (height >= 1, width >= 1) == (True, True)
    assert distance_km(best_guess(told), SOUTH_WEST) > 0.9
    assert distance_km(best_guess(told), NORTH_EAST) > 0.9


def region(told):
    """Every point, 100 m apart, at which somebody would have given exactly these answers."""
    steps = [step / 1111 for step in range(-40, 41)]
    points = [Point(CELL.latitude + north, CELL.longitude + east) for north in steps for east in steps]
    by_cell = {}
    for point in [*points, SOUTH_WEST, NORTH_EAST]:
        by_cell.setdefault(cell_of(point), set()).add(point)
    fits = [cell for cell in by_cell if all(would_say(cell, *probe) for probe in told)]
    return set().union(*(by_cell[cell] for cell in fits))


def would_say(cell, point, radius, km):
    apart = distance_km(cell_of(point), cell)
    return abs(apart - km) < 1e-4 if km is not None else apart > radius - 1e-4


def extent(points):
    """Height and width in kilometres."""
    latitudes, longitudes = [point.latitude for point in points], [point.longitude for point in points]
    wide = distance_km(Point(CELL.latitude, min(longitudes)), Point(CELL.latitude, max(longitudes)))
    return (max(latitudes) - min(latitudes)) * KM_PER_DEGREE, wide


def best_guess(told):
    """Where circles around the probes' own exact points meet best: what distances to real points would give away."""
    steps = [step / 2222 for step in range(-45, 46, 5)]
    places = [Point(CELL.latitude + north, CELL.longitude + east) for north in steps for east in steps]
    heard = [(point, km) for point, _radius, km in told if km is not None]
    return min(places, key=lambda place: sum((distance_km(place, point) - km) ** 2 for point, km in heard))


def test_moving_within_a_cell_is_seen_by_nobody(attacker, two):
    before = answer(attacker)
    FitnessProfile.objects.filter(pk=two[0].pk).update(latitude=NORTH_EAST.latitude, longitude=NORTH_EAST.longitude)
    assert answer(attacker) == before
