from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from classes.enums import FeeState, RsvpStatus, StaffRole
from classes.tests.factories import make_chain, make_rsvp, make_session, make_staff, make_user
from social.models import Block

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def session(studio):
    return make_session(studio, starts_at=timezone.now() + timedelta(minutes=10))


@pytest.fixture
def past(studio):
    return make_session(studio, starts_at=timezone.now() - timedelta(hours=4))


@pytest.fixture
def desk(chain):
    person = make_user("desk")
    make_staff(chain, person, StaffRole.DESK)
    return person


@pytest.fixture
def stranger():
    person = make_user("stranger")
    make_staff(make_chain("Other"), person, StaffRole.OWNER)
    return person


def as_(user=None):
    client = APIClient()
    if user is not None:
        client.force_login(user)
    return client


def seats(session, count):
    return [make_rsvp(session, make_user(f"p{number}")) for number in range(count)]


def test_check_in_by_code_by_booking_and_undo(session, desk, sam):
    seat = make_rsvp(session, sam)
    address = f"{API}/classes/{session.public_id}/attendance"
    first = as_(desk).post(address, {"code": seat.nonce})
    assert first.status_code == 200, first.content
    assert first.json() | {"checked_in_at": ""} == {
        "id": seat.public_id,
        "user": {"handle": "sam", "name": "Sam", "avatar": None, "verified": False},
        "status": "attended",
        "checked_in_at": "",
        "checked_in_by": "desk",
        "is_new": True,
    }
    assert as_(desk).post(address, {"booking": seat.public_id}).json()["is_new"] is False
    undone = as_(desk).delete(f"{address}/{seat.public_id}")
    assert (undone.status_code, undone.json()["status"]) == (200, "confirmed")
    scanned = timezone.now() - timedelta(minutes=2)
    late = as_(desk).post(address, {"code": seat.nonce, "scanned_at": scanned.isoformat()})
    assert late.json()["checked_in_at"][:19] == f"{scanned:%Y-%m-%dT%H:%M:%S}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, None),
        ({"code": "a", "booking": "b"}, 400, None),
        ({"code": "nobody"}, 409, "unknown_code"),
        ({"booking": "nothing"}, 404, None),
        ({"code": "x", "scanned_at": "soon"}, 400, None),
    ],
)
def test_check_in_says_what_is_wrong(session, desk, body, status, code):
    answer = as_(desk).post(f"{API}/classes/{session.public_id}/attendance", body)
    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code


def test_door_is_for_the_hosts(session, sam, stranger):
    seat = make_rsvp(session, sam)
    address = f"{API}/classes/{session.public_id}"
    for person, status in ((None, 401), (sam, 404), (stranger, 404)):
        assert as_(person).get(f"{address}/roster").status_code == status
        assert as_(person).post(f"{address}/attendance", {"code": seat.nonce}).status_code == status
        assert as_(person).delete(f"{address}/attendance/{seat.public_id}").status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_roster_in_a_fixed_number_of_queries(session, desk, count, django_assert_num_queries):
    seats(session, count)
    client = as_(desk)
    with django_assert_num_queries(5):
        answer = client.get(f"{API}/classes/{session.public_id}/roster")
    assert [row["user"]["handle"] for row in answer.json()["results"]] == [f"p{number}" for number in range(count)]


@pytest.mark.parametrize("count", [1, 3])
def test_attendees_in_a_fixed_number_of_queries(session, count, django_assert_num_queries):
    found = seats(session, count)
    client = as_(found[0].user)
    with django_assert_num_queries(7):
        answer = client.get(f"{API}/classes/{session.public_id}/attendance")
    assert len(answer.json()["results"]) == count


def test_attendees_see_each_other_unless_hidden_or_blocked(session, sam, stranger):
    make_rsvp(session, sam)
    ben, eve = (make_rsvp(session, make_user(name)).user for name in ("ben", "eve"))
    address = f"{API}/classes/{session.public_id}/attendance"

    def seen(person):
        return [row["user"]["handle"] for row in as_(person).get(address).json()["results"]]

    Block.objects.create(blocker=ben, blocked=sam, blocked_at=timezone.now())
    assert (seen(sam), seen(ben)) == (["sam", "eve"], ["ben", "eve"])
    assert as_(eve).patch(address, {"is_hidden": True}).json()["is_hidden"] is True
    assert (seen(sam), seen(eve)) == (["sam"], ["sam", "ben", "eve"])
    assert as_(eve).patch(address, {}).status_code == 400
    for person, status in ((None, 401), (stranger, 404)):
        assert as_(person).get(address).status_code == status
        assert as_(person).patch(address, {"is_hidden": True}).status_code == status


def test_undo_after_the_close_is_a_no_show(past, desk, sam):
    seat = make_rsvp(past, sam, RsvpStatus.ATTENDED)
    past.attendance_closed_at = timezone.now() - timedelta(hours=1)
    past.save()
    undone = as_(desk).delete(f"{API}/classes/{past.public_id}/attendance/{seat.public_id}")
    assert undone.json()["status"] == "no_show"


@pytest.mark.parametrize("count", [1, 3])
def test_own_past_in_a_fixed_number_of_queries(studio, sam, count, django_assert_num_queries):
    for number in range(count):
        session = make_session(studio, starts_at=timezone.now() - timedelta(days=number + 1))
        make_rsvp(session, sam, RsvpStatus.ATTENDED)
    client = as_(sam)
    with django_assert_num_queries(3):
        answer = client.get(f"{API}/me/attendance")
    assert [row["status"] for row in answer.json()["results"]] == ["attended"] * count
    totals = client.get(f"{API}/me/attendance/totals").json()
    assert (totals["classes"], totals["hours"], totals["missed"]) == (count, count, 0)


def test_own_past_needs_a_sign_in():
    assert as_().get(f"{API}/me/attendance").status_code == 401
    assert as_().get(f"{API}/me/attendance/totals").status_code == 401


def test_dispute(past, sam, stranger):
    seat = make_rsvp(past, sam, RsvpStatus.NO_SHOW, fee="8.00", fee_state=FeeState.PENDING)
    address = f"{API}/me/attendance/{seat.public_id}/dispute"
    assert as_().post(address, {"text": "x"}).status_code == 401
    assert as_(stranger).post(address, {"text": "x"}).status_code == 404
    assert as_(sam).post(address, {}).status_code == 400
    answer = as_(sam).post(address, {"text": "I was there"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["fee"] == {"amount": "8.00", "currency": "CHF", "state": "disputed", "charged_from": None}
    assert answer.json()["class"]["id"] == past.public_id
    assert as_(sam).post(address, {"text": "Again"}).json()["code"] == "not_disputable"


def test_rating_is_written_read_and_changed(past, sam):
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    address = f"{API}/classes/{past.public_id}/ratings"
    written = as_(sam).post(address, {"stars": 4, "text": "Good."})
    assert written.status_code == 201, written.content
    assert as_().get(address).json()["results"] == [written.json()]
    assert as_(sam).post(address, {"stars": 5}).json()["code"] == "already_rated"
    assert as_(sam).patch(address, {"stars": 5}).json() == written.json() | {"stars": 5}
    assert as_(sam).patch(address, {"text": "www.spam.example"}).json()["state"] == "waiting"
    assert as_().get(address).json()["results"] == []


def test_rating_refused(past, sam, stranger):
    address = f"{API}/classes/{past.public_id}/ratings"
    assert as_().post(address, {"stars": 4}).status_code == 401
    assert as_(stranger).post(address, {"stars": 4}).json()["code"] == "not_attended"
    assert as_(stranger).patch(address, {"stars": 4}).status_code == 404
    assert as_().get(f"{API}/classes/nothing/ratings").status_code == 404
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    for body in ({}, {"stars": 0}, {"stars": 6}, {"stars": "many"}, {"stars": 5, "text": "x" * 2001}, {"starz": 5}):
        assert as_(sam).post(address, body).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_ratings_in_a_fixed_number_of_queries(past, count, django_assert_num_queries):
    address = f"{API}/classes/{past.public_id}/ratings"
    for seat in seats(past, count):
        seat.status = RsvpStatus.ATTENDED
        seat.save()
        as_(seat.user).post(address, {"stars": 5})
    with django_assert_num_queries(2):
        assert len(as_().get(address).json()["results"]) == count
