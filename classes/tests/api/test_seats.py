"""One's seat, by API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from classes.enums import RsvpStatus as S
from classes.models import Rsvp
from classes.services.rsvps import join_session, leave_session
from classes.tests.factories import make_session, make_user

pytestmark = pytest.mark.django_db


def soon(capacity=1, *, hours=72, **fields):
    return make_session(capacity=capacity, starts_at=timezone.now() + timedelta(hours=hours), **fields)


def at(session, path="rsvp"):
    return f"/api/v1/classes/{session.public_id}/{path}"


def signed_in(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def full():
    """One seat, taken by ben."""
    session = soon()
    join_session(user=make_user("ben"), session_id=session.pk, now=timezone.now())
    return session


def test_joining_and_leaving(ada):
    session, client = soon(), signed_in(ada)
    answer = client.put(at(session))
    assert answer.status_code == 200
    document = answer.json()
    assert (document["status"], document["position"], document["chance"]) == ("confirmed", None, None)
    assert document["leaving"]["is_late"] is False
    assert document["leaving"]["says"].startswith("You can cancel for free until ")
    assert client.get(at(session)).json() == document
    assert client.put(at(session)).json()["id"] == document["id"]
    assert client.delete(at(session)).json()["status"] == "cancelled"
    assert client.delete(at(session)).json()["status"] == "cancelled"


def test_full_class_answers_with_the_place_in_line(ada, full):
    document = signed_in(ada).put(at(full)).json()
    assert (document["status"], document["position"]) == ("waitlisted", 1)
    assert document["chance"] == {
        "hope": "unknown",
        "share": None,
        "says": "This class has too little history to say how likely you get in.",
    }


def test_offer_is_taken_or_declined(ada):
    session, ben = soon(hours=6), make_user("ben")
    for user in (ben, ada, make_user("cleo")):
        join_session(user=user, session_id=session.pk, now=timezone.now())
    leave_session(user=ben, session_id=session.pk, now=timezone.now())
    client = signed_in(ada)
    seen = client.get(at(session)).json()
    assert (seen["status"], seen["reserved_until"] is not None) == ("offered", True)
    assert client.post(at(session, "rsvp/accept")).json()["status"] == "confirmed"
    refused = client.post(at(session, "rsvp/decline"))
    assert (refused.status_code, refused.json()["code"]) == (409, "no_offer")


def test_offer_that_is_over(ada):
    session, ben = soon(hours=6), make_user("ben")
    for user in (ben, ada):
        join_session(user=user, session_id=session.pk, now=timezone.now())
    leave_session(user=ben, session_id=session.pk, now=timezone.now())
    Rsvp.everything.filter(user=ada).update(reserved_until=timezone.now())
    client = signed_in(ada)
    assert client.get(at(session)).json()["status"] == "expired"
    refused = client.post(at(session, "rsvp/accept"))
    assert (refused.status_code, refused.json()["code"]) == (409, "offer_expired")
    assert Rsvp.everything.get(user=ada).status == S.EXPIRED


def test_decline(ada):
    session, ben = soon(hours=6), make_user("ben")
    for user in (ben, ada):
        join_session(user=user, session_id=session.pk, now=timezone.now())
    leave_session(user=ben, session_id=session.pk, now=timezone.now())
    assert signed_in(ada).post(at(session, "rsvp/decline")).json()["status"] == "cancelled"


@pytest.mark.parametrize(
    ("verb", "path"), [("get", "rsvp"), ("put", "rsvp"), ("delete", "rsvp"), ("post", "rsvp/accept")]
)
def test_visitors_sign_in_first(verb, path):
    assert getattr(APIClient(), verb)(at(soon(), path)).status_code == 401


def test_who_was_never_in_and_what_is_not_there(ada, full):
    client = signed_in(ada)
    assert client.get(at(full)).status_code == 404
    assert client.delete(at(full)).status_code == 404
    assert client.post(at(full, "rsvp/accept")).status_code == 404
    assert client.put("/api/v1/classes/nothing/rsvp").status_code == 404


def test_class_of_a_closed_chain_is_not_there(ada, full):
    full.chain.is_active = False
    full.chain.save()
    assert signed_in(ada).put(at(full)).status_code == 404


def test_smuggled_field_is_refused(ada, full):
    answer = signed_in(ada).put(at(full), {"priority": 9}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_field")


def test_class_that_nobody_can_pay(ada, monkeypatch):
    monkeypatch.setattr("classes.booking_doors._door", None)
    answer = signed_in(ada).put(at(soon(price="20.00")))
    assert (answer.status_code, answer.json()["code"]) == (409, "payment_unavailable")


def test_my_classes_with_places_in_line(ada, full):
    client = signed_in(ada)
    client.put(at(full))
    other = make_session(full.studio, starts_at=full.ends_at)
    client.put(at(other))
    rows = client.get("/api/v1/me/rsvps").json()["results"]
    assert [(row["class_id"], row["status"], row["position"]) for row in rows] == [
        (full.public_id, "waitlisted", 1),
        (other.public_id, "confirmed", None),
    ]
    assert client.get("/api/v1/me/rsvps?past=1").json()["results"] == []
    assert APIClient().get("/api/v1/me/rsvps").status_code == 401
    assert client.get("/api/v1/me/rsvps?status=held").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_my_classes_cost_the_same_however_many(ada, count):
    studio = soon().studio
    client = signed_in(ada)
    for number in range(count):
        session = make_session(studio, capacity=1, starts_at=timezone.now() + timedelta(hours=30 + 2 * number))
        join_session(user=make_user(f"sits_{number}"), session_id=session.pk, now=timezone.now())
        client.put(at(session))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(client.get("/api/v1/me/rsvps").json()["results"]) == count
    assert len(queries) == 2
