"""From a match to two seats: the list of matches and the page of two, as plain forms."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classes.models import Outing, Rsvp
from classes.services.outings import propose_outing
from classes.tests.factories import make_chain, make_class_type, make_rsvp, make_session, make_studio
from matching.models import Match
from matching.tests.factories import make_fitness, make_user
from matching.week import BYTES
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db
ALWAYS = bytes([255] * BYTES)
MATCHES = "/partners/matches/"


def person(name):
    user = make_user(name)
    make_fitness(user, week=ALWAYS)
    return user


@pytest.fixture
def maya():
    return person("maya")


@pytest.fixture
def leo():
    return person("leo")


@pytest.fixture
def run():
    """Tomorrow at noon: nothing of it is over midnight."""
    studio = make_studio(make_chain())
    kind = make_class_type(studio.chain, "Run by the lake", interests=["running"])
    noon = timezone.now().astimezone(ZoneInfo("UTC")).replace(hour=12, minute=0, second=0, microsecond=0)
    return make_session(studio, class_type=kind, starts_at=noon + timedelta(days=1), capacity=3)


def matched(one, other):
    low, high = sorted((one, other), key=lambda each: each.pk)
    return Match.objects.create(low=low, high=high, matched_at=timezone.now())


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ask(client, session, handle):
    return client.post(f"/classes/{session.public_id}/together/", {"people": [handle]})


def test_two_presses_and_both_are_in(maya, leo, run):
    match = matched(maya, leo)
    mine, theirs, address = client_of(maya), client_of(leo), f"{MATCHES}{match.public_id}/"
    shown = page(mine, address)
    assert "When you are both free next" in shown
    assert f'action="/classes/{run.public_id}/together/"' in shown
    assert '<input type="hidden" name="people" value="leo">' in shown
    asked = ask(mine, run, "leo")
    outing = Outing.objects.across_chains().get()
    assert asked["Location"] == f"/outings/{outing.public_id}/"
    assert "Waiting for Leo" in page(mine, address)
    assert "You are arranging this one" in page(mine, address)
    assert "Yes, I come" in page(theirs, address)
    theirs.post(f"/outings/{outing.public_id}/answer", {"answer": "yes"})
    assert "You are all in" in page(mine, f"/outings/{outing.public_id}/")
    assert "Booked together" in page(mine, address)
    assert run.rsvps.filter(user__in=[maya, leo], status="confirmed").count() == 2


def test_nobody_is_booked_when_one_seat_is_left(maya, leo, run):
    matched(maya, leo)
    ask(client_of(maya), run, "leo")
    for name in ("one", "two"):
        make_rsvp(run, make_user(name))
    outing = Outing.objects.across_chains().get()
    client_of(leo).post(f"/outings/{outing.public_id}/answer", {"answer": "yes"})
    assert not Rsvp.objects.across_chains().filter(user__in=[maya, leo]).exists()


def test_the_list_offers_the_class_in_the_next_time(maya, leo, run):
    matched(maya, leo)
    client = client_of(maya)
    shown = page(client, MATCHES)
    assert "Run by the lake" in shown
    assert f'action="/classes/{run.public_id}/together/"' in shown
    ask(client, run, "leo")
    shown = page(client, MATCHES)
    assert "You are arranging this one" in shown
    assert "Go together" not in shown


def test_without_a_class_the_list_says_only_when(maya, leo):
    matched(maya, leo)
    shown = page(client_of(maya), MATCHES)
    assert "Both free" in shown
    assert "Go together" not in shown


def test_the_list_asks_as_often_for_three_as_for_one(maya, leo, run):
    matched(maya, leo)
    client = client_of(maya)
    page(client, MATCHES)
    with CaptureQueriesContext(connection) as one:
        page(client, MATCHES)
    for name in ("ben", "zoe"):
        matched(maya, person(name))
    page(client, MATCHES)
    with CaptureQueriesContext(connection) as three:
        assert page(client, MATCHES).count("Go together") == 3
    assert len(three) == len(one)


def test_a_crew_with_both_in_it_stands_on_the_page_of_two(maya, leo, run):
    match, now = matched(maya, leo), timezone.now()
    ben = make_user("ben")
    for friend in (maya, leo):
        request_connection(asker=ben, person_id=friend.pk, now=now)
        accept_connection(person=friend, asker_id=ben.pk, now=now)
    propose_outing(proposer=ben, session_id=run.pk, user_ids=[maya.pk, leo.pk], note="Early coffee", now=now)
    shown = page(client_of(maya), f"{MATCHES}{match.public_id}/")
    assert "Early coffee" in shown
    assert "Yes, I come" in shown
    assert "Take it back" not in shown


def test_matches_stand_among_those_one_may_ask(maya, leo, run):
    matched(maya, leo)
    shown = page(client_of(maya), f"/classes/{run.public_id}/together/?with=leo")
    assert 'value="leo" checked' in shown


def test_from_classes_for_two_one_asks_a_friend(maya, leo, run):
    now = timezone.now()
    request_connection(asker=maya, person_id=leo.pk, now=now)
    accept_connection(person=leo, asker_id=maya.pk, now=now)
    client = client_of(maya)
    assert '<input type="hidden" name="people" value="leo">' in page(client, "/for-you/classes/?with=leo")
    assert "Go together" not in page(client, "/for-you/classes/")
