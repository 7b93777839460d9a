from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from classes.tests.factories import make_chain, make_session, make_studio
from matching.enums import Verb
from matching.models import FitnessProfile, Match
from matching.services.actions import act
from matching.tests.factories import make_fitness, make_user
from matching.week import BYTES
from social.services.block import block_person

pytestmark = pytest.mark.django_db
MUTUAL, LIKES = "/api/v1/matches/mutual", "/api/v1/matches/likes"


@pytest.fixture
def maya():
    return make_fitness(make_user("maya")).user


def client_of(person):
    client = APIClient()
    client.force_login(person)
    return client


def matched(person, name, *, ago=0):
    other = make_fitness(make_user(name)).user
    low, high = sorted((person, other), key=lambda one: one.pk)
    return Match.objects.create(low=low, high=high, matched_at=timezone.now() - timedelta(minutes=ago))


def listed(answer):
    return [one["user"]["handle"] for one in answer.json()["results"]]


def test_matches_are_listed_newest_first_with_the_next_time(maya):
    matched(maya, "old", ago=9)
    new = matched(maya, "new")
    answer = client_of(maya).get(MUTUAL)
    assert listed(answer) == ["new", "old"]
    first = answer.json()["results"][0]
    assert first["id"] == new.public_id
    assert set(first["next_slot"]) == {"starts_at", "ends_at", "timezone"}
    assert client_of(maya).get(f"{MUTUAL}/{new.public_id}").json() == first


def test_matches_come_in_pages(maya):
    for n in range(3):
        matched(maya, f"p{n}", ago=n)
    client = client_of(maya)
    first = client.get(f"{MUTUAL}?page_size=2")
    assert listed(first) + listed(client.get(first.json()["next"])) == ["p0", "p1", "p2"]


def test_somebody_without_times_has_no_next_time(maya):
    match = matched(maya, "leo")
    match.high.fitness.delete()
    assert client_of(maya).get(MUTUAL).json()["results"][0]["next_slot"] is None


def test_the_list_asks_as_often_for_three_as_for_one(maya):
    client = client_of(maya)
    matched(maya, "p0")
    client.get(MUTUAL)
    with CaptureQueriesContext(connection) as one:
        client.get(MUTUAL)
    for n in (1, 2):
        matched(maya, f"p{n}")
    with CaptureQueriesContext(connection) as three:
        client.get(MUTUAL)
    assert len(three) == len(one)


@pytest.mark.parametrize("how", ["blocks", "is_blocked", "suspended", "leaving", "unmatched"])
def test_who_is_away_is_in_no_list_of_matches(maya, how):
    match = matched(maya, "leo")
    leo = User.objects.get(handle="leo")
    if how == "blocks":
        block_person(blocker=maya, person_id=leo.pk, now=timezone.now())
    elif how == "is_blocked":
        block_person(blocker=leo, person_id=maya.pk, now=timezone.now())
    elif how == "unmatched":
        assert client_of(leo).delete(f"{MUTUAL}/{match.public_id}").status_code == 204
    else:
        changed = {"is_active": False} if how == "suspended" else {"deletion_requested_at": timezone.now()}
        User.objects.filter(pk=leo.pk).update(**changed)
    client = client_of(maya)
    assert listed(client.get(MUTUAL)) == []
    assert client.get(f"{MUTUAL}/{match.public_id}").status_code == 404
    assert client.delete(f"{MUTUAL}/{match.public_id}").status_code == 404


def test_a_match_of_others_is_not_there(maya):
    match = matched(maya, "leo")
    stranger = client_of(make_user("stranger"))
    assert stranger.get(f"{MUTUAL}/{match.public_id}").status_code == 404
    assert stranger.delete(f"{MUTUAL}/{match.public_id}").status_code == 404
    assert listed(stranger.get(MUTUAL)) == []
    match.refresh_from_db()
    assert match.ended_at is None


def test_visitors_are_asked_to_sign_in(maya):
    match = matched(maya, "leo")
    for address in (MUTUAL, f"{MUTUAL}/{match.public_id}", f"{MUTUAL}/{match.public_id}/together", LIKES):
        assert APIClient().get(address).status_code == 401


def test_super_likes_are_shown_until_answered_and_likes_never(maya):
    open_, quiet, passed = (make_fitness(make_user(name)).user for name in ("open", "quiet", "passed"))
    now = timezone.now()
    act(actor=open_, target_id=maya.pk, verb=Verb.SUPER_LIKE, now=now)
    act(actor=quiet, target_id=maya.pk, verb=Verb.LIKE, now=now)
    act(actor=passed, target_id=maya.pk, verb=Verb.SUPER_LIKE, now=now)
    act(actor=maya, target_id=passed.pk, verb=Verb.PASS, now=now)
    client = client_of(maya)
    answer = client.get(LIKES)
    assert listed(answer) == ["open"]
    assert answer.json()["results"][0]["sports"][0]["sport"] == "running"
    act(actor=maya, target_id=open_.pk, verb=Verb.LIKE, now=now)
    assert listed(client.get(LIKES)) == []


def test_a_super_like_of_somebody_blocked_is_gone(maya):
    leo = make_fitness(make_user("leo")).user
    act(actor=leo, target_id=maya.pk, verb=Verb.SUPER_LIKE, now=timezone.now())
    block_person(blocker=maya, person_id=leo.pk, now=timezone.now())
    assert listed(client_of(maya).get(LIKES)) == []


@pytest.mark.parametrize("address", [f"{MUTUAL}?page=2", f"{LIKES}?cursor=x", f"{MUTUAL}?page_size=0"])
def test_odd_addresses_are_refused(maya, address):
    assert client_of(maya).get(address).status_code == 400


@pytest.fixture
def run():
    """Tomorrow at noon."""
    studio = make_studio(make_chain())
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    return make_session(studio, starts_at=noon + timedelta(days=1), capacity=2)


def test_two_go_together(maya, run):
    match = matched(maya, "leo")
    for profile in FitnessProfile.objects.all():
        profile.week = bytes([255] * BYTES)
        profile.save()
    mine, theirs = client_of(maya), client_of(User.objects.get(handle="leo"))
    address = f"{MUTUAL}/{match.public_id}/together"
    plan = mine.get(address).json()
    assert (plan["user"]["handle"], plan["outings"], len(plan["slots"])) == ("leo", [], 4)
    shown = [one["class"]["id"] for slot in plan["slots"] for one in slot["classes"]]
    assert shown == [run.public_id]
    assert set(plan["slots"][0]) == {"starts_at", "ends_at", "timezone", "classes"}
    asked = mine.post("/api/v1/outings", {"class_id": run.public_id, "people": ["leo"]}, format="json")
    assert asked.status_code == 201
    assert [one["id"] for one in theirs.get(address).json()["outings"]] == [asked.json()["id"]]
    said = theirs.post(f"/api/v1/outings/{asked.json()['id']}/answer", {"answer": "yes"}, format="json")
    assert said.json()["state"] == "booked"
    assert mine.get(f"/api/v1/classes/{run.public_id}/rsvp").json()["status"] == "confirmed"


def test_at_other_times_too(maya, run):
    match = matched(maya, "leo")
    plan = client_of(maya).get(f"{MUTUAL}/{match.public_id}/together").json()
    assert [one["class"]["id"] for one in plan["classes"]] == [run.public_id]
    assert all(slot["classes"] == [] for slot in plan["slots"])


def test_what_two_could_do_is_their_business(maya):
    match = matched(maya, "leo")
    address = f"{MUTUAL}/{match.public_id}/together"
    assert client_of(make_user("stranger")).get(address).status_code == 404
    assert client_of(maya).get(f"{address}?x=1").status_code == 400
    block_person(blocker=User.objects.get(handle="leo"), person_id=maya.pk, now=timezone.now())
    assert client_of(maya).get(address).status_code == 404
