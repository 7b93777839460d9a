import pytest
from rest_framework.test import APIClient

from classes.enums import StaffRole
from classes.models import Session
from classes.services.rsvps import join_session
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
    }


def as_(person=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def post(person, body, path="classes", **headers):
    return as_(person).post(f"/api/v1/{path}", body, format="json", headers=headers)


def patch(person, session, body, match="*"):
    return as_(person).patch(f"/api/v1/classes/{session.public_id}", body, format="json", headers={"If-Match": match})


def cancel(person, session, reason="Burst pipe"):
    return as_(person).delete(f"/api/v1/classes/{session.public_id}?reason={reason}")


def test_a_host_puts_a_class_on_the_timetable(host, body):
    answer = post(host, body | {"title": "Yoga for runners", "minutes": 75, "price": "12.50"})
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["title"], shown["starts_at"], shown["ends_at"]) == (
        "Yoga for runners",
        "2026-06-16T16:00:00Z",
        "2026-06-16T17:15:00Z",
    )
    assert (shown["room"], shown["instructor"], shown["version"]) == (body["room"], "hanna", 1)


def test_the_same_key_makes_one_class(host, body):
    answers = [post(host, body, **{"Idempotency-Key": "a-key"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Session.objects.across_chains().count() == 1


def test_a_clash_is_told_by_its_code(host, body):
    post(host, body)
    answer = post(host, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "clash")


def test_who_may_schedule(host, elsewhere, body):
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


def test_a_class_is_moved_and_filled(host, studio):
    session = make_session(studio, capacity=1)
    for name in ("ada", "ben"):
        join_session(user=make_user(name), session_id=session.pk, now=NOW)
    answer = patch(host, session, {"starts_local": "2026-06-17T09:00", "capacity": 2})
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["starts_local"], shown["confirmed"], shown["waitlisted"], shown["over_by"]) == (
        "2026-06-17T09:00",
        2,
        0,
        0,
    )
    assert shown["moved_at"] == "2026-06-15T06:00:00Z"
    lower = patch(host, session, {"capacity": 1}, match=answer["ETag"])
    assert (lower.json()["over_by"], lower.json()["confirmed"]) == (1, 2)


def test_an_edit_names_the_version_it_is_about(host, studio):
    session = make_session(studio)
    without = as_(host).patch(f"/api/v1/classes/{session.public_id}", {"title": "New"}, format="json")
    assert without.status_code == 428
    first = patch(host, session, {"title": "New"})
    assert patch(host, session, {"title": "Newer"}, match=first["ETag"]).status_code == 200
    assert patch(host, session, {"title": "Old"}, match=first["ETag"]).status_code == 412


def test_who_may_change_and_cancel(host, elsewhere, studio):
    session = make_session(studio)
    mia = make_user("mia")
    for call in (lambda who: patch(who, session, {"title": "New"}), lambda who: cancel(who, session)):
        assert call(None).status_code == 401
        assert call(mia).status_code == 403
        assert call(elsewhere).status_code == 404
        assert call(host).status_code == 200


def test_a_class_is_cancelled_with_a_reason(host, studio):
    session = make_session(studio)
    assert cancel(host, session, "").status_code == 400
    answer = cancel(host, session)
    assert (answer.json()["status"], answer.json()["cancel_reason"]) == ("cancelled", "Burst pipe")
    assert cancel(host, session).status_code == 200
    assert patch(host, session, {"title": "New"}).status_code == 409
    assert as_(host).delete("/api/v1/classes/nothing?reason=x").status_code == 404


def test_a_series_and_its_following(host, body):
    answer = post(host, body | {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4"}, "series")
    shown = answer.json()
    assert (shown["words"], len(shown["classes"]), shown["continues"]) == ("Every Tuesday, 4 times", 4, None)
    third = Session.objects.across_chains().get(public_id=shown["classes"][2])
    moved = patch(host, third, {"starts_local": "2026-06-30T19:00", "scope": "following", "room": None})
    new = as_(host).get(f"/api/v1/series/{moved.json()['series']}").json()
    assert (new["continues"], new["starts_local"], len(new["classes"])) == (shown["id"], "2026-06-30T19:00", 2)
    old = as_(host).get(f"/api/v1/series/{shown['id']}").json()
    assert (old["ended_on"], len(old["classes"])) == ("2026-06-30", 2)
