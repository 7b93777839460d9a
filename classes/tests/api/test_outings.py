"""Going together and handing a seat on, by API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from classes.services.outings import propose_outing
from classes.services.rsvps import join_session
from classes.tests.factories import NOW, make_session, make_user
from social.services.block import block_person
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db

OUTINGS = "/api/v1/outings"


def signed_in(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def befriend(one, other):
    request_connection(asker=one, person_id=other.pk, now=NOW)
    accept_connection(person=other, asker_id=one.pk, now=NOW)


@pytest.fixture
def session():
    return make_session(capacity=3, starts_at=timezone.now() + timedelta(days=3))


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def ben(ada):
    ben = make_user("ben")
    befriend(ada, ben)
    return ben


def propose(user, session, people, **more):
    return signed_in(user).post(OUTINGS, {"class_id": session.public_id, "people": people, **more}, format="json")


def test_two_go_together(session, ada, ben):
    answer = propose(ada, session, ["ben"], note="Coffee?")
    assert answer.status_code == 201
    document = answer.json()
    assert (document["state"], document["note"], document["my_answer"]) == ("proposed", "Coffee?", "yes")
    assert [(row["person"]["handle"], row["answer"]) for row in document["members"]] == [
        ("ada", "yes"),
        ("ben", "open"),
    ]
    said = signed_in(ben).post(f"{OUTINGS}/{document['id']}/answer", {"answer": "yes"}, format="json")
    assert (said.status_code, said.json()["state"]) == (200, "booked")
    assert signed_in(ada).get(f"/api/v1/classes/{session.public_id}/rsvp").json()["status"] == "confirmed"


def test_taken_back_by_the_proposer_alone(session, ada, ben):
    address = f"{OUTINGS}/{propose(ada, session, ['ben']).json()['id']}"
    assert signed_in(ben).delete(address).status_code == 404
    assert signed_in(ada).delete(address).json()["state"] == "withdrawn"
    late = signed_in(ben).post(f"{address}/answer", {"answer": "yes"}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "offer_expired")


def test_strangers_see_nothing(session, ada, ben):
    address = f"{OUTINGS}/{propose(ada, session, ['ben']).json()['id']}"
    stranger = signed_in(make_user("stranger"))
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/answer", {"answer": "yes"}, format="json").status_code == 404
    assert stranger.get(OUTINGS).json()["results"] == []
    assert APIClient().get(OUTINGS).status_code == 401
    assert APIClient().get(address).status_code == 401


def test_only_friends_can_be_asked(session, ada):
    make_user("stranger")
    assert propose(ada, session, ["stranger"]).status_code == 404
    assert propose(ada, session, ["nobody"]).status_code == 404


@pytest.mark.parametrize("people", [[], ["a", "b", "c", "d", "e", "f"], "ben"])
def test_bad_lists_of_people(session, ada, people):
    assert propose(ada, session, people).status_code == 400


def test_who_blocked_whom_is_hidden_in_a_crew(session, ada, ben):
    cleo = make_user("cleo")
    befriend(ada, cleo)
    document = propose(ada, session, ["ben", "cleo"]).json()
    block_person(blocker=ben, person_id=cleo.pk, now=NOW)
    seen = signed_in(cleo).get(f"{OUTINGS}/{document['id']}").json()
    assert [row["person"] and row["person"]["handle"] for row in seen["members"]] == ["ada", None, "cleo"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many(ada, ben, session, count):
    for number in range(count):
        other = make_session(session.studio, starts_at=session.starts_at + timedelta(hours=number))
        propose_outing(proposer=ada, session_id=other.pk, user_ids=[ben.pk], now=timezone.now())
    client = signed_in(ada)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(OUTINGS).json()["results"]) == count
    assert len(queries) == 3


def hand_on(user, session, handle):
    return signed_in(user).post(f"/api/v1/classes/{session.public_id}/rsvp/hand-on", {"handle": handle}, format="json")


def test_seat_for_a_friend(session, ada, ben):
    join_session(user=ada, session_id=session.pk, now=timezone.now())
    answer = hand_on(ada, session, "ben")
    assert (answer.status_code, answer.json()["state"], answer.json()["friend"]["handle"]) == (201, "open", "ben")
    client = signed_in(ben)
    listed = client.get("/api/v1/hand-ons").json()["results"]
    assert [row["giver"]["handle"] for row in listed] == ["ada"]
    address = f"/api/v1/hand-ons/{answer.json()['id']}/answer"
    assert signed_in(make_user("stranger")).post(address, {"answer": "yes"}, format="json").status_code == 404
    assert client.post(address, {"answer": "maybe"}, format="json").status_code == 400
    assert client.post(address, {"answer": "yes"}, format="json").json()["state"] == "taken"
    assert client.get("/api/v1/hand-ons").json()["results"] == []


def test_seat_kept_after_all(session, ada, ben):
    join_session(user=ada, session_id=session.pk, now=timezone.now())
    hand_on(ada, session, "ben")
    assert signed_in(ada).delete(f"/api/v1/classes/{session.public_id}/rsvp/hand-on").status_code == 204
    assert signed_in(ben).get("/api/v1/hand-ons").json()["results"] == []


def test_seat_one_does_not_have_or_for_whom_one_does_not_know(session, ada, ben):
    assert hand_on(ada, session, "ben").json()["code"] == "no_seat"
    assert hand_on(ada, session, "nobody").status_code == 404
    assert APIClient().post(f"/api/v1/classes/{session.public_id}/rsvp/hand-on").status_code == 401
    assert APIClient().get("/api/v1/hand-ons").status_code == 401
