"""`matches/classes` and `matches/learned`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from classes.tests.factories import make_chain, make_class_type, make_session, make_studio
from matching.enums import Verb
from matching.models import Match, MatchAction
from matching.tests.factories import NOW, make_fitness, make_user
from social.models import Block

pytestmark = pytest.mark.django_db
URL, LEARNED = "/api/v1/matches/classes", "/api/v1/matches/learned"
EARLY = datetime(2026, 6, 16, 4, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_now(time_machine):
    time_machine.move_to(NOW, tick=False)


def person(name):
    user = make_user(name)
    user.preferences.time_zone = "Europe/Zurich"
    user.preferences.save()
    make_fitness(user)
    return user


@pytest.fixture
def maya():
    return person("maya")


@pytest.fixture
def client(maya):
    client = Client()
    client.force_login(maya)
    return client


@pytest.fixture
def run():
    studio = make_studio(make_chain())
    kind = make_class_type(studio.chain, "Run", interests=["running"])
    return make_session(studio, class_type=kind, starts_at=EARLY, level="intermediate")


def matched(one, other):
    low, high = sorted((one, other), key=lambda user: user.pk)
    return Match.objects.create(low=low, high=high, matched_at=NOW)


def test_classes_that_fit_me(client, run):
    body = client.get(URL).json()
    (one,) = body["results"]
    assert (body["next"], body["previous"]) == (None, None)
    assert one["class"] == {
        "id": run.public_id,
        "title": "Run",
        "studio": {"id": run.studio.public_id, "name": "Limmat Hall", "city": "Zürich"},
        "starts_at": "2026-06-16T04:30:00Z",
        "ends_at": "2026-06-16T05:30:00Z",
        "timezone": "Europe/Zurich",
        "level": "intermediate",
        "interests": ["running"],
        "seats_left": 12,
        "price": None,
    }
    assert (one["score"], sum(one["components"].values())) == (95, 95)
    assert one["reasons"] == ["You do running", "At a time when you train", "At your level", "Less than 2 km away"]
    assert (one["is_full"], one["clashes_with"]) == (False, None)


def test_pages_follow_the_ranking(client, run):
    make_session(run.studio, class_type=run.class_type, starts_at=EARLY + timedelta(days=1))
    first = client.get(f"{URL}?page_size=1").json()
    second = client.get(first["next"]).json()
    assert [one["class"]["id"] for one in first["results"]] == [run.public_id]
    assert second["results"][0]["score"] < first["results"][0]["score"]
    assert second["next"] is None


def test_prices_are_money(client, run):
    run.price = "12.50"
    run.save()
    assert client.get(URL).json()["results"][0]["class"]["price"] == {"amount": "12.50", "currency": "CHF"}


@pytest.mark.parametrize("url", [URL, LEARNED])
def test_visitors_are_asked_who_they_are(url):
    assert Client().get(url).status_code == 401


@pytest.mark.parametrize("query", ["?cursor=x", "?page_size=0", "?colour=red"])
def test_bad_input_is_refused(client, query):
    assert client.get(URL + query).status_code == 400


def test_number_of_queries_does_not_grow(client, run, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as one:
        assert len(client.get(URL).json()["results"]) == 1
    for day in (1, 2):
        make_session(run.studio, class_type=run.class_type, starts_at=EARLY + timedelta(days=day))
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(client.get(URL).json()["results"]) == 3


def test_for_two_who_are_a_match(client, maya, run):
    matched(maya, person("leo"))
    (one,) = client.get(f"{URL}?with=@leo").json()["results"]
    assert one["class"]["id"] == run.public_id
    assert "At a time when you both train" in one["reasons"]


def test_strangers_blocked_people_and_oneself_are_no_company(client, maya, run):
    leo = person("leo")
    for handle in ("leo", "maya", "nobody", ""):
        assert client.get(f"{URL}?with={handle}").status_code == 404
    match = matched(maya, leo)
    Block.objects.create(blocker=leo, blocked=maya, blocked_at=NOW)
    assert client.get(f"{URL}?with=leo").status_code == 404
    Block.objects.all().delete()
    match.ended_at = NOW
    match.save()
    assert client.get(f"{URL}?with=leo").status_code == 404


def test_what_was_learned_and_forgetting_it(client, maya):
    for name in ("ana", "ben"):
        MatchAction.objects.create(actor=maya, target=person(name), verb=Verb.LIKE, acted_at=NOW - timedelta(days=1))
    assert client.get(LEARNED).json() == {"kinds": ["2 morning runners"], "likes": 2, "passes": 0, "since": None}
    answer = client.delete(LEARNED)
    forgotten = {"kinds": [], "likes": 0, "passes": 0, "since": "2026-06-15T06:00:00Z"}
    assert (answer.status_code, answer.json()) == (200, forgotten)
    assert client.get(LEARNED).json() == forgotten


def test_who_has_no_fitness_profile_taught_nothing():
    client = Client()
    client.force_login(make_user("new"))
    nothing = {"kinds": [], "likes": 0, "passes": 0, "since": None}
    assert client.get(LEARNED).json() == nothing
    assert client.delete(LEARNED).json() == nothing
