"""Near on the one database at hand, held against the formula in Python: both databases find the same rows (N49)."""

import math
import random

import pytest
from django.db import connection

from classes.models import Studio
from classes.tests.factories import ZONE, make_chain
from fitfoodie.common.geo import EARTH_RADIUS_KM, AddPointIndex, EnablePostgis, Point, distance_km, near, nearest_first

ZURICH, NEW_YORK = Point(47.3769, 8.5417), Point(40.7128, -74.006)
HALF_ROUND = math.pi * EARTH_RADIUS_KM


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (ZURICH, ZURICH, 0),
        (Point(51.5074, -0.1278), Point(48.8566, 2.3522), 343.6),
        (ZURICH, NEW_YORK, 6324),
        (Point(0, 0), Point(0, 180), HALF_ROUND),
        (Point(90, 0), Point(-90, 77), HALF_ROUND),
        (Point(90, 0), Point(90, 180), 0),
        (Point(0, 179.5), Point(0, -179.5), HALF_ROUND / 180),
        (Point(-36.8485, 174.7633), Point(-13.8333, -171.7667), 2889),
    ],
)
def test_distance_is_that_of_the_sphere(one, other, km):
    assert distance_km(one, other) == pytest.approx(km, rel=0.005, abs=1e-6)
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))


@pytest.mark.parametrize("at", [(91, 0), (-90.1, 0), (0, 180.1), (0, -181), (math.nan, 0), (0, math.inf)])
def test_point_that_is_nowhere_is_refused(at):
    with pytest.raises(ValueError, match="latitude"):
        Point(*at)


def places(points):
    chain = make_chain()
    Studio.objects.bulk_create(
        Studio(
            chain=chain,
            name=f"Studio {number}",
            slug=f"s{number}",
            city="",
            time_zone=ZONE,
            latitude=latitude,
            longitude=longitude,
        )
        for number, (latitude, longitude) in enumerate(points)
    )
    return Studio.objects.in_chain(chain)


def far_and_wide(chance, count):
    """Everywhere, crowded at the poles and along the date line."""
    for number in range(count):
        latitude, longitude = math.degrees(math.asin(chance.uniform(-1, 1))), chance.uniform(-180, 180)
        if number % 3 == 1:
            longitude = chance.choice((-1, 1)) * chance.uniform(179, 180)
        if number % 3 == 2:
            latitude = chance.choice((-1, 1)) * chance.uniform(87, 90)
        yield latitude, longitude


@pytest.mark.django_db
def test_near_finds_exactly_what_the_formula_says():
    chance = random.Random(5)
    rows = places([*far_and_wide(chance, 400), (90, 0), (-90, 0), (0, 180), (0, -180)])
    known = {row.pk: Point(row.latitude, row.longitude) for row in rows}
    for at in far_and_wide(chance, 60):
        here, km = Point(*at), chance.choice((0.5, 20, 150, 900, 5000, 20_020))
        found = dict(near(rows, here, km).values_list("pk", "distance_km"))
        distances = {pk: distance_km(here, point) for pk, point in known.items()}
        assert sorted(found) == sorted(pk for pk, distance in distances.items() if distance <= km), (at, km)
        assert all(abs(distances[pk] - distance) < 0.001 for pk, distance in found.items())


@pytest.mark.django_db
def test_nothing_at_the_edge_of_the_circle_is_lost():
    """The box must hold the whole circle: points are put on its rim, a millionth inside."""
    chance = random.Random(9)
    for latitude in (0, 47, -60, 79, 85):
        here, km = Point(latitude, 179.9), 400
        rows = places([_towards(here, km * 0.999999, chance.uniform(0, 360)) for _ in range(40)])
        assert near(rows, here, km).count() == 40
        Studio.everything.all().delete()
        rows.model._meta.get_field("chain").related_model.objects.all().delete()


def _towards(start, km, degrees):
    """The point that far away in that direction, by spherical trigonometry."""
    angle, bearing, lat = km / EARTH_RADIUS_KM, math.radians(degrees), math.radians(start.latitude)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * math.sin(math.asin(sine))
    )
    longitude = (start.longitude + math.degrees(east) + 180) % 360 - 180
    return math.degrees(math.asin(sine)), longitude


@pytest.mark.django_db
def test_nearest_come_first_and_what_has_no_point_is_not_near():
    rows = places([(48, 9), (47.4, 8.5), (0, 0)])
    Studio.objects.create(chain=rows.first().chain, name="Nowhere", slug="nowhere", city="", time_zone=ZONE)
    found = nearest_first(rows.filter(latitude__isnull=False), ZURICH)
    assert list(found.values_list("slug", flat=True)) == ["s1", "s0", "s2"]
    assert near(rows, ZURICH, 20_100).count() == 3


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plan of PostgreSQL: set DATABASE_URL")
def test_plans_use_the_spatial_index():
    rows = places(far_and_wide(random.Random(3), 5000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE classes_studio")
    assert "classes_studio_geo" in near(rows, ZURICH, 5).explain()


def test_operations_describe_and_rebuild_themselves():
    operation = AddPointIndex("places", "places_geo", latitude="lat", longitude="lng")
    name, args, options = operation.deconstruct()
    again = AddPointIndex(*args, **options)
    assert (name, again.forwards) == ("AddPointIndex", operation.forwards)
    assert 'ST_MakePoint("lng", "lat")' in operation.describe()
    assert again.backwards == 'DROP INDEX IF EXISTS "places_geo"'
    assert "postgis" in EnablePostgis().describe()
