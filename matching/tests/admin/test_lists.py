"""Each list of the back office of partners: three rows cost what one costs, and nothing counts what is big."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from matching.models import Impression, Match, MatchAction, WeightSet
from matching.tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
LISTS = ("impression", "match", "matchaction", "weightset")


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(roles_held=[Role.ADMIN], handle="admin"))
    return client


def one_of_each(number):
    low, high = (make_user(f"{name}{number}") for name in ("ada", "ben"))
    about = {"position": 1, "score": 61, "components": {"level": 20}, "model": "rules-1"}
    Impression.objects.create(viewer=low, candidate=high, day=NOW.date(), shown_at=NOW, **about)
    Match.objects.create(low=low, high=high, matched_at=NOW, ended_at=NOW, ended_by=low)
    MatchAction.objects.create(actor=low, target=high, verb="like", acted_at=NOW)
    points = {"level": 30, "interests": 30, "location": 20, "schedule": 10, "history": 10}
    WeightSet.objects.create(**points, reason="Try", made_by=low, made_at=NOW + timedelta(days=number))


def statements(client, name, query=""):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/admin/matching/{name}/{query}").status_code == 200
    return [each["sql"] for each in asked]


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_what_one_costs(admin, name):
    one_of_each(1)
    statements(admin, name)
    first = len(statements(admin, name))
    one_of_each(2)
    one_of_each(3)
    assert len(statements(admin, name)) == first


@pytest.mark.parametrize("name", ["impression", "matchaction"])
def test_what_is_big_is_never_counted(admin, name):
    one_of_each(1)
    asked = statements(admin, name, "?q=ada1")
    assert [sql for sql in asked if "COUNT(" in sql and f"matching_{name}" in sql] == []


def test_impressions_are_found_by_the_version_of_the_model(admin):
    one_of_each(1)
    Impression.objects.update(model="learned-7")
    found = admin.get("/admin/matching/impression/?q=learned-7").content.decode()
    assert ("learned-7" in found, "@ben1" in found) == (True, True)
    assert "@ben1" not in admin.get("/admin/matching/impression/?q=learned").content.decode()
