from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from classes.enums import StaffRole
from classes.models import Series
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_room,
    make_session,
    make_staff,
    make_studio,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.MANAGER)
    return person


@pytest.fixture
def elsewhere():
    person = make_user("elsa")
    make_staff(make_chain("Other"), person, StaffRole.OWNER)
    return person


@pytest.fixture
def body(studio, host):
    return {
        "studio": studio.public_id,
        "class_type": make_class_type(studio.chain).public_id,
        "room": make_room(studio).public_id,
        "instructor": host.handle,
        "starts_local": "2026-06-16T18:00",
        "rule": "FREQ=WEEKLY;COUNT=2",
    }


def as_(person=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def post(person, body, path="series", **headers):
    return as_(person).post(f"/api/v1/{path}", body, format="json", headers=headers)


def test_who_may_make_a_series(host, elsewhere, body):
    assert post(None, body).status_code == 401
    assert post(make_user("mia"), body).status_code == 403
    assert post(elsewhere, body).status_code == 404
    assert post(host, body).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"starts_local": "2026-06-16T18:00+02:00"}, {"starts_local": "2026-06-31T18:00"}, {"seats": 3}, {"minutes": 1}],
)
def test_what_is_no_class_is_refused(host, body, wrong):
    assert post(host, body | wrong).status_code == 400


@pytest.mark.parametrize("field", ["studio", "class_type", "room"])
def test_ids_of_others_are_not_there(host, body, field):
    other = make_studio(make_chain("Other"))
    ids = {
        "studio": other.public_id,
        "class_type": make_class_type(other.chain).public_id,
        "room": make_room(other).public_id,
    }
    assert post(host, body | {field: ids[field]}).status_code == 404


def test_nobody_unknown_teaches(host, body):
    assert post(host, body | {"instructor": "nobody"}).status_code == 400
    assert post(host, body | {"instructor": None, "room": None}).status_code == 201


def test_a_rule_that_is_none_is_refused(host, body):
    answer = post(host, body | {"rule": "FREQ=HOURLY"})
    assert (answer.status_code, answer.json()["code"]) == (400, "rule")


def test_taken_dates_are_left_out_when_asked(host, body, studio):
    make_session(studio, instructor=host, starts_at=NOW + timedelta(days=1, hours=10))
    body = body | {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"}
    assert post(host, body).status_code == 409
    assert len(post(host, body | {"skip_clashes": True}).json()["classes"]) == 2


def test_a_series_is_read_by_the_people_of_its_chain(host, elsewhere, body):
    post(host, body | {"rule": "FREQ=WEEKLY;COUNT=2"})
    path = f"/api/v1/series/{Series.objects.across_chains().get().public_id}"
    assert as_().get(path).status_code == 401
    assert [as_(who).get(path).status_code for who in (make_user("mia"), elsewhere, host)] == [404, 404, 200]


def test_a_series_says_what_it_is_in_words(host, body):
    shown = post(host, body | {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4"}).json()
    assert (shown["words"], shown["starts_local"]) == ("Every Tuesday, 4 times", "2026-06-16T18:00")
    assert (len(shown["classes"]), shown["continues"], shown["ended_on"]) == (4, None, None)


def test_the_same_key_makes_one_series(host, body):
    answers = [post(host, body, **{"Idempotency-Key": "a-key"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Series.objects.across_chains().count() == 1
