"""The pages: classes for you, what was learned, and the weights in the back office."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.tests.factories import UserFactory
from classes.enums import RsvpStatus
from classes.models import Rsvp
from classes.tests.factories import make_chain, make_class_type, make_session, make_studio
from matching.admin.weights import WeightsForm
from matching.enums import Verb
from matching.models import FitnessProfile, Match, MatchAction, WeightSet
from matching.recommender.base import Weights
from matching.selectors.weights import current_weights
from matching.selectors.weights_preview import models_in_use, preview
from matching.tests.factories import NOW, make_fitness, make_user

pytestmark = pytest.mark.django_db
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


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return answer.content.decode()


def match(one, other):
    low, high = sorted((one, other), key=lambda user: user.pk)
    return Match.objects.create(low=low, high=high, matched_at=NOW)


@pytest.fixture
def run():
    studio = make_studio(make_chain())
    kind = make_class_type(studio.chain, "Run", interests=["running"])
    return make_session(studio, class_type=kind, starts_at=EARLY)


@pytest.mark.parametrize("url", ["/for-you/classes/", "/partners/learned/"])
def test_visitors_sign_in_first(url):
    assert Client().get(url).status_code == 302


def test_classes_with_reasons_and_marks(run):
    maya = person("maya")
    other = make_session(run.studio, class_type=run.class_type, starts_at=EARLY, title="Swim")
    Rsvp.objects.create(chain=other.chain, session=other, user=maya, status=RsvpStatus.CONFIRMED, joined_at=NOW)
    page = text(signed_in(maya).get("/for-you/classes/"))
    assert "You do running" in page
    assert "Clashes with Swim" in page


def test_nothing_around_says_what_to_do():
    assert "Tell us what you train" in text(signed_in(make_user("new")).get("/for-you/classes/"))
    assert "As soon as a studio near you" in text(signed_in(person("maya")).get("/for-you/classes/"))


def test_for_two_who_are_a_match(run):
    maya, leo = person("maya"), person("leo")
    client = signed_in(maya)
    assert client.get("/for-you/classes/?with=leo").status_code == 404
    match(maya, leo)
    page = text(client.get("/for-you/classes/?with=leo"))
    assert "Classes for you and Leo" in page
    assert "What you both do" in page
    run.delete()
    assert "Nothing fits both of you" in text(client.get("/for-you/classes/?with=leo"))


def test_what_was_learned_and_the_button_that_forgets_it():
    maya = person("maya")
    client = signed_in(maya)
    assert "Nothing yet" in text(client.get("/partners/learned/"))
    MatchAction.objects.create(actor=maya, target=person("ana"), verb=Verb.LIKE, acted_at=NOW - timedelta(days=1))
    assert "two people of the same kind" in text(client.get("/partners/learned/"))
    MatchAction.objects.create(actor=maya, target=person("ben"), verb=Verb.LIKE, acted_at=NOW - timedelta(days=1))
    page = text(client.get("/partners/learned/"))
    assert "2 morning runners" in page
    assert "From 2 likes" in page
    assert client.get("/partners/learned/forget").status_code == 405
    answer = client.post("/partners/learned/forget", follow=True)
    assert "Forgotten" in text(answer)
    assert "2 morning runners" not in text(answer)
    assert FitnessProfile.objects.get(user=maya).learning_from == NOW


def test_who_has_no_profile_has_nothing_to_forget():
    client = signed_in(make_user("new"))
    assert "Nothing yet" in text(client.post("/partners/learned/forget", follow=True))


# The back office

POINTS = {"level": 10, "interests": 20, "location": 40, "schedule": 20, "history": 10}


def test_preview_shows_what_other_weights_do_and_names_nobody():
    person("maya"), person("leo")
    pairs = preview(current_weights(), Weights(**POINTS), now=NOW)
    assert [(pair.viewer, pair.distance_band) for pair in pairs] == [(1, "< 2 km"), (2, "< 2 km")]
    assert all(sum(pair.parts_after) == pair.after for pair in pairs)
    assert all(pair.change == pair.after - pair.before for pair in pairs)
    assert pairs[0].parts_after[2] == 40


def test_form_wants_a_hundred_points():
    assert WeightsForm(POINTS).is_valid()
    form = WeightsForm(POINTS | {"history": 0})
    assert not form.is_valid()
    assert "make 90" in str(form.non_field_errors())
    assert not WeightsForm({"level": 100}).is_valid()


def test_no_model_was_used_yet():
    assert models_in_use(now=NOW) == []


TUNE = "/admin/matching/weightset/tune/"


def test_weights_are_tried_without_being_set(admin_client):
    person("maya"), person("leo")
    assert admin_client.get(TUNE).status_code == 200
    page = text(admin_client.post(TUNE, POINTS | {"try": "1"}))
    assert "What it does to real pairs" in page
    assert "&lt; 2 km" in page
    assert "Leo" not in page
    assert not WeightSet.objects.exists()


def test_weights_are_set_with_a_reason(admin_client):
    assert "Say why" in text(admin_client.post(TUNE, POINTS | {"set": "1"}))
    answer = admin_client.post(TUNE, POINTS | {"set": "1", "reason": "People want near"})
    assert answer.status_code == 302
    assert current_weights() == Weights(**POINTS)
    page = text(admin_client.get("/admin/matching/weightset/"))
    assert "Ranked by: rules" in page
    assert "People want near" in page


def test_who_may_not_tune_gets_no_page():
    assert signed_in(UserFactory(is_staff=True)).get(TUNE).status_code in (302, 403)
