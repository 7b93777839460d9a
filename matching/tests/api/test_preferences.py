"""`matches/preferences` in the API."""

import pytest
from rest_framework.test import APIClient

from classes.tests.factories import make_chain, make_studio
from matching.models import FitnessProfile
from matching.tests.factories import NOW, ZURICH, make_fitness, make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/matches/preferences"
FIRST = {
    "sports": {"running": "advanced", "yoga": "beginner"},
    "goals": ["race"],
    "week": {"tue": ["06:30", "07:00"], "sun": ["23:30"]},
    "born_on": "1996-03-01",
    "gender": "woman",
    "radius_km": 15,
    "level_gap": 2,
    "same_gender_only": False,
    "is_paused": False,
    "is_incognito": True,
    "gym": None,
    "place": {"latitude": ZURICH.latitude, "longitude": ZURICH.longitude},
}


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def ana(api):
    user = make_user("ana")
    api.force_authenticate(user)
    return user


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def patch(api, body):
    return api.patch(PATH, body, format="json")


def test_a_visitor_is_asked_to_sign_in(api):
    assert [api.get(PATH).status_code, patch(api, {}).status_code, api.delete(PATH).status_code] == [401] * 3


def test_before_anything_was_said_the_answer_is_empty_and_keeps_nothing(ana, api):
    body = api.get(PATH).json()
    assert (body["sports"], body["week"], body["place"], body["is_ready"]) == ({}, {}, None, False)
    assert not FitnessProfile.objects.exists()


def test_a_first_profile_reads_back_without_the_point(ana, api):
    answer = patch(api, FIRST)
    assert answer.status_code == 200
    assert answer.json() == {
        **FIRST,
        "is_ready": True,
        "place": {"about": "Zürich, Switzerland", "square_km": 1.5},
        "people_who_fit": {"about": None, "is_more": False},
    }
    assert api.get(PATH).json() == answer.json()
    assert "47.3" not in answer.content.decode()


def test_only_what_is_named_changes(ana, api):
    patch(api, FIRST)
    assert patch(api, {"radius_km": 50}).json()["sports"] == FIRST["sports"]
    assert patch(api, {"place": None}).json()["place"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"sports": {"chess": "beginner"}},
        {"sports": {"running": "godlike"}},
        {"sports": ["running"]},
        {"goals": ["glory"]},
        {"week": {"someday": ["06:30"]}},
        {"week": {"mon": ["06:15"]}},
        {"born_on": "2027-01-01"},
        {"gender": "robot"},
        {"radius_km": 1},
        {"level_gap": 3},
        {"gym": "nosuchgym"},
        {"place": {"latitude": 91, "longitude": 0}},
        {"place": {"latitude": 1}},
    ],
)
def test_bad_input_is_a_problem_and_changes_nothing(ana, api, wrong):
    answer = patch(api, {"radius_km": 20} | wrong)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not FitnessProfile.objects.exists()


def test_a_gym_by_its_id(ana, api):
    studio = make_studio(make_chain())
    assert patch(api, {"gym": studio.public_id}).json()["gym"] == studio.public_id


def test_jumping_about_is_refused_whole(ana, api, settings):
    settings.MATCH_JUMPS_A_DAY = 1
    patch(api, FIRST)
    for latitude, status in ((48.0, 200), (49.0, 429)):
        answer = patch(api, {"radius_km": int(latitude), "place": {"latitude": latitude, "longitude": 8.0}})
        assert answer.status_code == status
    assert answer.json()["code"] == "too_many_moves"
    assert FitnessProfile.objects.get(user=ana).radius_km == 48


def test_nobody_reads_the_preferences_of_another(ana, api):
    make_fitness(make_user("leo"), skills={"yoga": 3})
    assert api.get(PATH).json()["sports"] == {}


def test_deleting_forgets(ana, api):
    patch(api, FIRST)
    assert [api.delete(PATH).status_code, api.delete(PATH).status_code] == [204, 204]
    assert api.get(PATH).json()["sports"] == {}
