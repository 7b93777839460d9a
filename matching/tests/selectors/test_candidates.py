"""Who may be shown to whom: each filter by itself, and a stale ranking (MAT-3)."""

from datetime import date, timedelta
from itertools import product

import pytest

from fitfoodie.common.geo import Point
from matching import sport_bits
from matching.enums import Verb
from matching.models import FitnessProfile, Impression, Match, MatchAction
from matching.selectors.candidates import candidates_for, shown_now
from matching.tests.factories import EARLY, NOW, ZURICH, make_fitness, make_user
from social.models import Block

pytestmark = pytest.mark.django_db
KM_EAST = 1 / 75.4  # degrees of longitude in a kilometre, here


@pytest.fixture
def ana(db):
    return make_fitness(make_user("ana"))


@pytest.fixture
def leo(db):
    return make_fitness(make_user("leo"))


def change(profile, **fields):
    FitnessProfile.objects.filter(pk=profile.pk).update(**fields)
    profile.refresh_from_db()


def deck(profile, now=NOW):
    profile.refresh_from_db()
    return [candidate.user_id for candidate in candidates_for(profile, now=now)]


def act(actor, target, verb=Verb.LIKE, **fields):
    return MatchAction.objects.create(actor=actor.user, target=target.user, verb=verb, acted_at=NOW, **fields)


def east(km):
    return Point(ZURICH.latitude, ZURICH.longitude + km * KM_EAST)


def test_the_deck_holds_what_scoring_needs_and_not_oneself(ana, leo):
    (candidate,) = candidates_for(ana, now=NOW)
    assert candidate._asdict() == {
        "user_id": leo.user_id,
        "distance_km": 0.0,
        "week": EARLY,
        "last_login": None,
        "is_known": False,
        "bits": (0, 0, *sport_bits.pack(["running"]), 0, 0),
    }


def block(ana, leo):
    Block.objects.create(blocker=ana.user, blocked=leo.user, blocked_at=NOW)


def blocked_by(ana, leo):
    Block.objects.create(blocker=leo.user, blocked=ana.user, blocked_at=NOW)


def suspended(ana, leo):
    leo.user.is_active = False
    leo.user.save()


def leaving(ana, leo):
    leo.user.deletion_requested_at = NOW
    leo.user.save()


def paused(ana, leo):
    change(leo, is_paused=True)


def pausing_oneself(ana, leo):
    change(ana, is_paused=True)


def incognito(ana, leo):
    change(leo, is_incognito=True)


def incognito_who_passed(ana, leo):
    change(leo, is_incognito=True)
    act(leo, ana, Verb.PASS)


def incognito_who_took_the_like_back(ana, leo):
    change(leo, is_incognito=True)
    act(leo, ana, undone_at=NOW)


def liked(ana, leo):
    act(ana, leo)


def super_liked(ana, leo):
    act(ana, leo, Verb.SUPER_LIKE)


def passed(ana, leo):
    act(ana, leo, Verb.PASS, returns_at=NOW + timedelta(seconds=1))


def passed_for_ever(ana, leo):
    act(ana, leo, Verb.PASS)


def matched(ana, leo):
    Match.objects.create(low=ana.user, high=leo.user, matched_at=NOW)


def matched_once(ana, leo):
    Match.objects.create(low=ana.user, high=leo.user, matched_at=NOW, ended_at=NOW)


def under_age(ana, leo):
    change(leo, born_on=date(2008, 6, 16))


def under_age_oneself(ana, leo):
    change(ana, born_on=date(2008, 6, 16))


def not_ready(ana, leo):
    change(leo, is_ready=False)


def not_ready_oneself(ana, leo):
    change(ana, is_ready=False)


def without_a_place_oneself(ana, leo):
    nowhere = {"latitude": None, "longitude": None, "cell_latitude": None, "cell_longitude": None}
    change(ana, is_ready=False, **nowhere)


def too_far_for_me(ana, leo):
    change(leo, cell_longitude=east(12).longitude, radius_km=50)


def too_far_for_them(ana, leo):
    change(leo, cell_longitude=east(12).longitude)
    change(ana, radius_km=50)


def no_sport_in_common(ana, leo):
    change(leo, skills={"yoga": 2}, skill_2_low=0, skill_2_high=1 << 33)


def other_level_for_me(ana, leo):
    change(ana, level_gap=0)
    change(leo, level_gap=2, skill_2_low=0, skill_2_high=0, skill_3_high=ana.skill_2_high)


def other_level_for_them(ana, leo):
    change(ana, level_gap=2)
    change(leo, level_gap=0, skill_2_low=0, skill_2_high=0, skill_3_high=ana.skill_2_high)


def only_my_gender(ana, leo):
    change(ana, gender="woman", same_gender_only=True)
    change(leo, gender="man")


def only_their_gender(ana, leo):
    change(ana, gender="woman")
    change(leo, gender="man", same_gender_only=True)


def only_my_gender_which_they_did_not_say(ana, leo):
    change(ana, gender="woman", same_gender_only=True)


def only_my_gender_which_i_did_not_say(ana, leo):
    change(ana, same_gender_only=True)


def only_their_gender_which_neither_said(ana, leo):
    change(leo, same_gender_only=True)


def shown_enough_today(ana, leo):
    people = [make_user(f"viewer_{number}") for number in range(3)]
    for person in people:
        impression(person, leo)


def impression(viewer, candidate):
    Impression.objects.create(
        viewer=viewer,
        candidate=candidate.user,
        day=NOW.date(),
        shown_at=NOW,
        position=1,
        score=50,
        components={},
        model="r",
    )


LEAKS = [
    block,
    blocked_by,
    suspended,
    leaving,
    paused,
    pausing_oneself,
    incognito,
    incognito_who_passed,
    incognito_who_took_the_like_back,
    liked,
    super_liked,
    passed,
    passed_for_ever,
    matched,
    matched_once,
    under_age,
    under_age_oneself,
    not_ready,
    not_ready_oneself,
    without_a_place_oneself,
    too_far_for_me,
    too_far_for_them,
    no_sport_in_common,
    other_level_for_me,
    other_level_for_them,
    only_my_gender,
    only_their_gender,
    only_my_gender_which_they_did_not_say,
    only_my_gender_which_i_did_not_say,
    only_their_gender_which_neither_said,
    shown_enough_today,
]


@pytest.fixture(autouse=True)
def _small_cap(settings):
    settings.MATCH_EXPOSURE_CAP_A_DAY = 3


@pytest.mark.parametrize("hide", LEAKS, ids=lambda hide: hide.__name__)
def test_a_change_holds_in_the_next_deck_and_against_a_stale_ranking(ana, leo, hide):
    ranked = deck(ana)
    assert ranked == [leo.user_id]
    hide(ana, leo)
    ana.refresh_from_db()
    assert deck(ana) == []
    assert shown_now(ana, ranked, now=NOW) == []


def test_a_stale_ranking_keeps_its_order_and_never_shows_oneself(ana, leo):
    kim = make_fitness(make_user("kim"))
    assert shown_now(ana, [kim.user_id, ana.user_id, 999_999, leo.user_id], now=NOW) == [kim.user_id, leo.user_id]


def test_incognito_is_shown_to_whom_they_liked(ana, leo):
    incognito(ana, leo)
    act(leo, ana, Verb.SUPER_LIKE)
    assert deck(ana) == [leo.user_id]


def test_somebody_incognito_has_a_deck(ana, leo):
    change(ana, is_incognito=True)
    assert (deck(ana), deck(leo)) == ([leo.user_id], [])


def test_whoever_passed_me_is_shown_as_before(ana, leo):
    act(leo, ana, Verb.PASS)
    assert deck(ana) == [leo.user_id]


def test_a_pass_returns_when_its_time_is_over(ana, leo):
    act(ana, leo, Verb.PASS, returns_at=NOW + timedelta(days=30))
    assert deck(ana, NOW + timedelta(days=30, seconds=-1)) == []
    assert deck(ana, NOW + timedelta(days=30)) == [leo.user_id]


def test_what_was_undone_does_not_count(ana, leo):
    act(ana, leo, undone_at=NOW)
    assert deck(ana) == [leo.user_id]


def test_an_eighteenth_birthday_opens_the_deck_by_itself(ana, leo):
    under_age(ana, leo)
    assert (deck(ana), deck(ana, NOW + timedelta(days=1))) == ([], [leo.user_id])
    assert (deck(leo), deck(leo, NOW + timedelta(days=1))) == ([], [ana.user_id])


def test_whom_one_saw_today_stays_when_the_day_is_full(ana, leo):
    impression(ana.user, leo)
    shown_enough_today(ana, leo)
    assert deck(ana) == [leo.user_id]


def test_another_day_has_another_cap(ana, leo):
    shown_enough_today(ana, leo)
    assert deck(ana, NOW + timedelta(days=1)) == [leo.user_id]


LEVELS = list(product((1, 2, 3), (1, 2, 3), ((0, 2), (1, 1), (2, 1), (2, 2))))


@pytest.mark.parametrize(("mine", "theirs", "gaps"), LEVELS)
@pytest.mark.parametrize("sport", ["aerobics", "yoga"])
def test_levels_are_no_further_apart_than_both_accept(sport, mine, theirs, gaps):
    one = make_fitness(make_user("one"), skills={sport: mine}, level_gap=gaps[0])
    other = make_fitness(make_user("other"), skills={sport: theirs, "boxing": 1}, level_gap=gaps[1])
    fits = abs(mine - theirs) <= min(gaps)
    assert (deck(one), deck(other)) == (([other.user_id], [one.user_id]) if fits else ([], []))


def test_one_sport_that_fits_is_enough(ana):
    kim = make_fitness(make_user("kim"), skills={"running": 3, "yoga": 1}, level_gap=0)
    change(ana, level_gap=0)
    assert deck(ana) == []
    change(ana, skills={"running": 2, "yoga": 1})
    assert deck(ana) == [kim.user_id]


def test_the_same_gender_is_shown_to_those_who_ask_for_it(ana, leo):
    change(ana, gender="non_binary", same_gender_only=True)
    change(leo, gender="non_binary", same_gender_only=True)
    assert (deck(ana), deck(leo)) == ([leo.user_id], [ana.user_id])


def test_nearest_first_and_no_more_than_asked(ana):
    people = [make_fitness(make_user(f"at_{km}"), point=east(km), radius_km=50) for km in (7, 2, 5)]
    change(ana, radius_km=50)
    found = candidates_for(ana, limit=2, now=NOW)
    assert [candidate.user_id for candidate in found] == [people[1].user_id, people[2].user_id]
    assert found[0].distance_km < found[1].distance_km


def test_changing_the_radius_changes_the_deck_at_once(ana):
    far = make_fitness(make_user("far"), point=east(12), radius_km=50)
    assert deck(ana) == []
    change(ana, radius_km=20)
    assert deck(ana) == [far.user_id]


def test_the_exact_point_decides_nothing(ana, leo):
    change(leo, latitude=1.0, longitude=1.0)
    assert [candidate.distance_km for candidate in candidates_for(ana, now=NOW)] == [0.0]


@pytest.mark.parametrize("count", [1, 3])
def test_a_deck_is_one_statement(ana, count, django_assert_num_queries):
    for number in range(count):
        make_fitness(make_user(f"somebody_{number}"))
    with django_assert_num_queries(1):
        assert len(candidates_for(ana, now=NOW)) == count
