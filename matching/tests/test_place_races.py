"""Moving about from many places at once, with real threads on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from fitfoodie.common.geo import Point
from matching.errors import TooManyMovesError
from matching.models import FitnessProfile
from matching.services.profile import place_person, save_profile
from matching.tests.factories import NOW, ZURICH, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def at_once(calls):
    def run(call):
        try:
            return call()
        except TooManyMovesError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(run, calls))


def test_ten_moves_at_once_are_three():
    ana = make_user("ana")
    place_person(user=ana, point=ZURICH, now=NOW)
    points = [Point(ZURICH.latitude + step, ZURICH.longitude) for step in range(1, 11)]
    moved = at_once([lambda point=point: place_person(user=ana, point=point, now=NOW) for point in points])
    assert sum(profile is not None for profile in moved) == 3
    assert len(FitnessProfile.objects.get(user=ana).moves) == 3


def test_a_first_save_from_two_devices_makes_one_profile():
    ana = make_user("ana")
    at_once([lambda km=km: save_profile(user=ana, changes={"radius_km": km}, now=NOW) for km in range(5, 15)])
    assert FitnessProfile.objects.filter(user=ana).count() == 1
