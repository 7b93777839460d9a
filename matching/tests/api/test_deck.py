from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from fitfoodie.common.geo import Point
from matching.enums import Verb
from matching.models import Impression, Match, MatchAction
from matching.services.actions import act
from matching.tests.factories import make_fitness, make_user
from social.services.block import block_person

pytestmark = pytest.mark.django_db
DECK, ACTION, UNDO = "/api/v1/matches/partners", "/api/v1/matches/action", "/api/v1/matches/undo"


@pytest.fixture
def maya():
    return make_fitness(make_user("maya")).user


@pytest.fixture
def leo():
    return make_fitness(make_user("leo")).user


def client_of(person):
    client = APIClient()
    client.force_login(person)
    return client


def say(client, handle, action, **more):
    return client.post(ACTION, {"handle": handle, "action": action, **more}, format="json")


def dealt(answer):
    return [one["user"]["handle"] for one in answer.json()["results"]]


def test_the_deck_says_everything_of_a_card(maya, leo):
    answer = client_of(maya).get(DECK)
    assert answer.status_code == 200
    body = answer.json()
    (card,) = body["results"]
    assert card["user"] == {"handle": "leo", "name": "Leo", "avatar": None, "verified": False}
    assert card["score"] == sum(card["components"].values())
    assert list(card["components"]) == ["level", "interests", "location", "schedule", "history"]
    assert card["reasons"]
    assert card["distance_band"] == "< 2 km"
    assert card["common_slots"] == [{"day": day, "starts": "06:30", "ends": "07:30"} for day in (1, 3)]
    assert card["sports"] == [{"sport": "running", "name": "Running", "my_level": 2, "their_level": 2}]
    assert card["super_liked_me"] is False
    assert (body["next"], body["previous"], body["meta"]["is_fallback"]) == (None, None, False)
    assert body["meta"]["model"]


def test_what_was_dealt_counts_as_shown_once_a_day(maya, leo):
    for _again in range(2):
        (card,) = client_of(maya).get(DECK).json()["results"]
    shown = Impression.objects.get()
    assert (shown.viewer, shown.candidate, shown.position, shown.score) == (maya, leo, 1, card["score"])
    assert (shown.components, shown.model, shown.is_fallback) == (card["components"], shown.model, False)
    assert shown.model


def test_a_walk_deals_everybody_once_whatever_is_said_meanwhile(maya):
    people = [make_fitness(make_user(f"runner_{n}")).user.handle for n in range(7)]
    client, address, seen = client_of(maya), f"{DECK}?page_size=2", []
    while address:
        answer = client.get(address)
        handles = dealt(answer)
        say(client, handles[0], "pass")
        seen += handles
        address = answer.json()["next"]
    assert sorted(seen) == sorted(people)
    assert list(Impression.objects.order_by("pk").values_list("position", flat=True)) == list(range(1, 8))


def test_a_cursor_of_other_filters_is_refused(maya):
    for n in range(3):
        make_fitness(make_user(f"runner_{n}"))
    following = client_of(maya).get(f"{DECK}?page_size=1").json()["next"]
    answer = client_of(maya).get(following.replace("page_size=1", "page_size=1&radius_km=3"))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def test_radius_and_levels_narrow_at_once_and_never_widen(maya, leo):
    far = make_fitness(make_user("far"), point=_east(maya, 0.1)).user
    other = make_fitness(make_user("other"), skills={"running": 3}).user
    client = client_of(maya)
    assert sorted(dealt(client.get(DECK))) == sorted([leo.handle, far.handle, other.handle])
    assert sorted(dealt(client.get(f"{DECK}?radius_km=4"))) == ["leo", "other"]
    assert sorted(dealt(client.get(f"{DECK}?level_gap=0"))) == ["far", "leo"]
    maya.fitness.level_gap = 0
    maya.fitness.radius_km = 4
    maya.fitness.save()
    assert dealt(client.get(f"{DECK}?radius_km=200&level_gap=2")) == ["leo"]


def _east(person, degrees):
    return Point(person.fitness.latitude, person.fitness.longitude + degrees)


@pytest.mark.parametrize("query", ["radius_km=0", "radius_km=many", "level_gap=3", "level_gap=x", "who=leo"])
def test_odd_filters_are_refused(maya, query):
    assert client_of(maya).get(f"{DECK}?{query}").status_code == 400


def test_whoever_has_no_profile_has_an_empty_deck(leo):
    answer = client_of(make_user("new")).get(DECK)
    assert answer.json() == {
        "results": [],
        "next": None,
        "previous": None,
        "meta": {"model": None, "is_fallback": False},
    }


def test_visitors_are_asked_to_sign_in():
    for call in (APIClient().get(DECK), APIClient().post(ACTION), APIClient().post(UNDO)):
        assert call.status_code == 401


def test_the_deck_asks_as_often_for_three_as_for_one(maya, leo):
    client = client_of(maya)
    client.get(DECK)
    with CaptureQueriesContext(connection) as one:
        client.get(DECK)
    for n in range(2):
        make_fitness(make_user(f"runner_{n}"))
    with CaptureQueriesContext(connection) as three:
        assert len(dealt(client.get(DECK))) == 3
    assert len(three) == len(one)
    assert len(one) <= 12


def test_a_like_that_is_not_mutual_says_nothing(maya, leo):
    answer = say(client_of(maya), "leo", "like")
    assert (answer.status_code, answer.json()) == (200, {"mutual": False, "match": None})
    assert dealt(client_of(leo).get(DECK)) == ["maya"]
    assert client_of(leo).get(DECK).json()["results"][0]["super_liked_me"] is False


def test_a_mutual_like_answers_with_the_match(maya, leo):
    say(client_of(leo), "maya", "like")
    answer = say(client_of(maya), "LEO", "super_like").json()
    match = Match.objects.get()
    assert answer["mutual"] is True
    assert answer["match"]["id"] == match.public_id
    assert answer["match"]["user"]["handle"] == "leo"
    assert answer["match"]["next_slot"]["timezone"]
    assert say(client_of(maya), "leo", "super_like").json() == answer


def test_a_super_like_is_seen_on_the_card(maya, leo):
    say(client_of(maya), "leo", "super_like")
    assert client_of(leo).get(DECK).json()["results"][0]["super_liked_me"] is True


def test_a_pass_for_good_is_kept_for_good(maya, leo):
    say(client_of(maya), "leo", "pass", for_good=True)
    assert MatchAction.objects.get().returns_at is None
    assert dealt(client_of(maya).get(DECK)) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"handle": "leo", "action": "wink"}, 400),
        ({"handle": "leo"}, 400),
        ({"action": "like"}, 400),
        ({"handle": "leo", "action": "like", "score": 100}, 400),
        ({"handle": "nobody", "action": "like"}, 404),
        ({"handle": "maya", "action": "like"}, 400),
    ],
)
def test_odd_actions_are_refused(maya, leo, body, status):
    assert client_of(maya).post(ACTION, body, format="json").status_code == status


def test_a_blocked_person_and_one_out_of_reach_look_alike(maya, leo):
    make_user("couch")
    block_person(blocker=leo, person_id=maya.pk, now=timezone.now())
    answers = [say(client_of(maya), handle, "like") for handle in ("leo", "couch", "nobody")]
    bodies = [{key: value for key, value in answer.json().items() if key != "trace_id"} for answer in answers]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert all(one == other for one, other in pairwise(bodies))


def test_spent_super_likes_are_a_429_with_its_code(maya, leo, settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 0
    answer = say(client_of(maya), "leo", "super_like")
    assert (answer.status_code, answer.json()["code"]) == (429, "super_likes_spent")


def test_another_action_later_is_a_409(maya, leo):
    act(actor=maya, target_id=leo.pk, verb=Verb.PASS, now=timezone.now() - timedelta(minutes=11))
    answer = say(client_of(maya), "leo", "like")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_acted")


def test_a_repeated_request_is_answered_from_the_first(maya, leo):
    client = client_of(maya)
    for replayed in (None, "true"):
        answer = client.post(
            ACTION, {"handle": "leo", "action": "like"}, format="json", headers={"Idempotency-Key": "k-1"}
        )
        assert answer.headers.get("Idempotent-Replayed") == replayed


def test_the_last_action_is_taken_back_once(maya, leo):
    client = client_of(maya)
    say(client, "leo", "pass")
    assert dealt(client.get(DECK)) == []
    assert client.post(UNDO).json() == {"handle": "leo", "action": "pass"}
    assert dealt(client.get(DECK)) == ["leo"]
    again = client.post(UNDO)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_undo")
