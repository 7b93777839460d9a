"""People for somebody, with what is said of each (N5, N6, N10, MAT-4, MAT-10, MAT-12, MAT-13, MAT-16)."""

import threading
from datetime import timedelta

import pytest
from django.utils import translation

from fitfoodie.common.geo import Point
from matching.enums import Verb
from matching.models import FitnessProfile, Impression, MatchAction, WeightSet
from matching.recommender.popular import PopularRecommender
from matching.selectors import models
from matching.selectors.ranking import pair, rank_partners
from matching.selectors.taste import learned_of
from matching.services.learning import reset_learning
from matching.tests.factories import NOW, ZURICH, make_fitness, make_user
from matching.week import Slot, pack

pytestmark = pytest.mark.django_db

EVENING = pack([Slot(2, 38), Slot(2, 39)])
FIVE_KM = Point(47.4169, 8.5417)


@pytest.fixture
def maya():
    return make_fitness(make_user("maya"), radius_km=30)


@pytest.fixture
def leo(maya):
    return make_fitness(make_user("leo"))


def say(actor, target, verb=Verb.LIKE, at=NOW - timedelta(days=40), **fields):
    fields.setdefault("returns_at", at + timedelta(days=30) if verb == Verb.PASS else None)
    return MatchAction.objects.create(actor=actor.user, target=target.user, verb=verb, acted_at=at, **fields)


def people(count, prefix="other", **fields):
    return [make_fitness(make_user(f"{prefix}_{number}"), **fields) for number in range(count)]


def known(profiles):
    """Shown often enough to be no newcomers."""
    viewers = [make_user(f"viewer_{number}") for number in range(30)]
    rows = [
        Impression(
            viewer=viewer,
            candidate=one.user,
            day=NOW.date(),
            shown_at=NOW,
            position=1,
            score=1,
            components={},
            model="x",
        )
        for one in profiles
        for viewer in viewers
    ]
    Impression.objects.bulk_create(rows)


def test_score_adds_up_and_has_reasons(maya, leo):
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert one.user_id == leo.user_id
    assert one.components == {"level": 20, "interests": 25, "location": 20, "schedule": 13, "history": 5}
    assert one.score == 83 == sum(one.components.values())
    assert one.reasons == [
        "You both run, and both train at 06:30 on Tuesdays and Thursdays",
        "Same level in running",
        "Less than 2 km apart",
    ]
    assert one.distance_band == "< 2 km"
    assert [(slot.day, slot.starts, slot.ends, slot.words) for slot in one.common_slots] == [
        (1, "06:30", "07:30", "Tue 06:30–07:30"),
        (3, "06:30", "07:30", "Thu 06:30–07:30"),
    ]
    assert one.raises == []
    assert (one.model, one.is_fallback) == ("rules-1 20/25/20/25/10", False)


def test_what_would_raise_it(maya):
    make_fitness(make_user("ana"), skills={"running": 2, "yoga": 1}, week=pack([Slot(3, 36), Slot(3, 37), Slot(3, 38)]))
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert one.raises == [
        "Add Thursday evening and this rises by about 11",
        "If you do yoga too, add it and this rises by about 7",
    ]


def test_reasons_speak_german(maya, leo):
    with translation.override("de"):
        (one,) = rank_partners(maya, limit=10, now=NOW)
        assert len(one.reasons) == 3


def test_nothing_private_is_said(maya):
    ana = make_fitness(make_user("ana"), point=Point(47.39123, 8.51234), skills={"yoga": 1, "running": 1})
    ana.user.profile.allergies = ["nuts"]
    ana.user.profile.save()
    say(ana, maya, Verb.PASS)
    other = make_user("blocked_one")
    say(maya, make_fitness(other), Verb.PASS)
    (one,) = [one for one in rank_partners(maya, limit=10, now=NOW) if one.user_id == ana.user_id]
    text = " ".join([*one.reasons, *one.raises, one.distance_band]).lower()
    for secret in ("47.39", "8.51", "pass", "nut", "blocked", "allerg", "1996"):
        assert secret not in text


def test_nobody_there_is_nobody_ranked(maya, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rank_partners(maya, limit=10, now=NOW) == []


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(maya, count, django_assert_num_queries):
    people(count)
    with django_assert_num_queries(3):
        assert len(rank_partners(maya, limit=10, now=NOW)) == count


def test_the_best_come_first_as_many_as_asked_for(maya):
    near, far = make_fitness(make_user("near")), make_fitness(make_user("far"), point=FIVE_KM)
    assert [one.user_id for one in rank_partners(maya, limit=2, now=NOW)] == [near.user_id, far.user_id]
    assert [one.user_id for one in rank_partners(maya, limit=1, now=NOW)] == [near.user_id]


def test_weights_of_the_back_office_hold_from_the_next_deck_on(maya, leo):
    points = {"level": 0, "interests": 0, "location": 100, "schedule": 0, "history": 0}
    WeightSet.objects.create(**points, reason="Try", made_at=NOW)
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert (one.score, one.components) == (100, points)
    assert one.model == "rules-1 0/0/100/0/0"


# History


def test_after_likes_of_morning_runners_they_rise_and_it_says_why(maya):
    for one in people(4, "liked"):
        say(maya, one)
    make_fitness(make_user("leo"))
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert one.components["history"] == 8
    assert "You liked 4 morning runners" in one.reasons


def test_after_three_passes_on_evening_runners_they_fall(maya):
    for one in people(3, "passed", week=EVENING):
        say(maya, one, Verb.PASS, at=NOW - timedelta(days=1))
    make_fitness(make_user("late"), week=EVENING)
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert one.components["history"] in (2, 3)
    assert not any("liked" in reason for reason in one.reasons)


def test_history_is_the_viewers_own(maya, leo):
    """MAT-4: four components are the same from both sides."""
    for one in people(4, "liked"):
        say(maya, one)
    mine, theirs = pair(maya, leo, now=NOW), pair(leo, maya, now=NOW)
    assert mine.components["history"] != theirs.components["history"]
    # The points that rounding left over may go to another component: one at most (MAT-4).
    assert all(
        abs(mine.components[name] - theirs.components[name]) <= 1
        for name in ("level", "interests", "location", "schedule")
    )


def test_what_was_taken_back_teaches_nothing(maya, leo):
    for one in people(4, "liked"):
        say(maya, one, undone_at=NOW)
    assert pair(maya, leo, now=NOW).components["history"] == 5


def test_reset_works_on_the_next_request(maya, leo):
    for one in people(4, "liked"):
        say(maya, one)
    assert pair(maya, leo, now=NOW).components["history"] == 8
    assert learned_of(maya).kinds == ["4 morning runners"]
    reset_learning(user=maya.user, now=NOW)
    maya = FitnessProfile.objects.get(pk=maya.pk)
    assert pair(maya, leo, now=NOW).components["history"] == 5
    learned = learned_of(maya)
    assert (learned.kinds, learned.likes, learned.passes) == ([], 0, 0)


def test_learned_names_the_kinds_most_liked_and_only_counts_passes(maya):
    for one in people(3, "early"):
        say(maya, one)
    for one in people(2, "yogi", skills={"yoga": 1}, week=EVENING):
        say(maya, one)
    say(maya, people(1, "once", skills={"golf": 1})[0])
    for one in people(2, "passed", skills={"judo": 1}):
        say(maya, one, Verb.PASS)
    learned = learned_of(maya)
    assert learned.kinds == ["3 morning runners", "2 people who train in the evening: yoga"]
    assert (learned.likes, learned.passes) == (6, 2)


# Newcomers


def test_every_fifth_place_is_a_newcomers(maya):
    known(people(12, "known"))
    newcomers = {one.user_id for one in people(3, "new", point=FIVE_KM)}
    ranked = rank_partners(maya, limit=15, now=NOW)
    assert [place for place, one in enumerate(ranked) if one.user_id in newcomers] == [2, 7, 12]
    assert {one.user_id for one in ranked if one.is_newcomer} == newcomers
    assert len({one.user_id for one in ranked}) == 15


def test_newcomers_are_the_same_all_day_and_others_tomorrow(maya):
    known(people(4, "known"))
    people(8, "new", point=FIVE_KM)
    third = [
        rank_partners(maya, limit=5, now=at)[2].user_id
        for at in (NOW, NOW + timedelta(hours=3), *(NOW + timedelta(days=day) for day in range(1, 6)))
    ]
    assert third[0] == third[1]
    assert len(set(third)) > 1


def test_among_newcomers_alone_the_best_come_first(maya):
    people(3, "far", point=FIVE_KM)
    near = people(2, "near")
    assert {one.user_id for one in rank_partners(maya, limit=2, now=NOW)} == {one.user_id for one in near}


# Models


class Late(PopularRecommender):
    name = "late"
    gate = threading.Event()

    def recommend(self, *args, **kwargs):
        self.gate.wait(5)
        return super().recommend(*args, **kwargs)


@pytest.fixture
def late():
    models.register(Late())
    yield
    Late.gate.set()
    models.unregister("late")


def test_a_configured_model_ranks(maya, leo, settings):
    settings.MATCH_MODEL = "popular"
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert (one.model, one.is_fallback) == ("popular-1 20/25/20/25/10", False)
    assert one.reasons == ["Less than 2 km apart"]


@pytest.mark.parametrize("name", ["late", "not there"])
def test_without_an_answer_in_time_the_rules_rank_and_it_says_so(maya, leo, settings, late, name):
    settings.MATCH_MODEL, settings.MATCH_MODEL_TIMEOUT_MS = name, 20
    (one,) = rank_partners(maya, limit=10, now=NOW)
    assert (one.score, one.model, one.is_fallback) == (83, "rules-1 20/25/20/25/10", True)


# Pairs


def test_one_person_whatever_the_deck_would_show(maya, leo):
    say(maya, leo)
    assert rank_partners(maya, limit=10, now=NOW) == []
    assert pair(maya, leo, now=NOW).score == 84


def test_nobody_is_near_who_said_no_place(maya):
    nowhere = FitnessProfile.objects.create(user=make_user("nowhere"))
    assert pair(maya, nowhere, now=NOW) is None
    assert pair(nowhere, maya, now=NOW) is None


def test_distance_is_from_cell_to_cell(maya):
    """MAT-5: where in the cell somebody is changes nothing."""
    one = make_fitness(make_user("ana"), point=ZURICH)
    other = make_fitness(make_user("ben"), point=Point(ZURICH.latitude + 0.001, ZURICH.longitude + 0.001))
    assert (one.cell_latitude, one.cell_longitude) == (other.cell_latitude, other.cell_longitude)
    assert pair(maya, one, now=NOW).components == pair(maya, other, now=NOW).components
