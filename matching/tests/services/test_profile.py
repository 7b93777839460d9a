"""Saving how somebody trains and where they are."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from classes.tests.factories import make_chain, make_studio
from fitfoodie.common.errors import DomainError
from fitfoodie.common.geo import Point
from fitfoodie.events.models import Event
from matching import sport_bits
from matching.errors import TooManyMovesError
from matching.grid import cell_of
from matching.models import FitnessProfile
from matching.services.profile import delete_profile, place_person, save_profile
from matching.tests.factories import EARLY, NOW, ZURICH, make_fitness, make_user
from matching.week import EMPTY

pytestmark = pytest.mark.django_db
BORN = date(1996, 3, 1)
ELSEWHERE = [Point(47.3769, 8.5417 + step / 10) for step in range(1, 7)]


@pytest.fixture
def ana(db):
    return make_user("ana")


def facts():
    return list(Event.objects.filter(name__startswith="matching.").order_by("pk").values_list("name", "data"))


def test_the_first_save_makes_the_profile_with_its_bits(ana):
    profile = save_profile(user=ana, changes={"skills": {"running": 2, "yoga": 1}, "week": EARLY}, now=NOW)
    profile.refresh_from_db()
    assert (profile.skill_1_low, profile.skill_1_high) == sport_bits.pack(["yoga"])
    assert (profile.skill_2_low, profile.skill_2_high) == sport_bits.pack(["running"])
    assert (profile.skill_3_low, profile.skill_3_high) == (0, 0)
    assert bytes(profile.week) == EARLY
    assert facts() == [("matching.profile.saved", {"user_id": ana.pk, "is_ready": False})]


def test_sports_place_and_birth_make_somebody_ready_and_taking_one_away_ends_it(ana):
    save_profile(user=ana, changes={"skills": {"running": 2}, "born_on": BORN}, now=NOW)
    assert place_person(user=ana, point=ZURICH, now=NOW).is_ready is True
    assert save_profile(user=ana, changes={"skills": {}}, now=NOW).is_ready is False
    assert save_profile(user=ana, changes={"skills": {"yoga": 1}}, now=NOW).is_ready is True
    assert place_person(user=ana, point=None, now=NOW).is_ready is False


def test_saving_the_same_again_is_no_fact(ana):
    save_profile(user=ana, changes={"goals": ["race"], "radius_km": 20}, now=NOW)
    save_profile(user=ana, changes={"goals": ["race"], "radius_km": 20}, now=NOW)
    assert len(facts()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"skills": {"chess": 1}}, "skills"),
        ({"skills": {"running": 4}}, "skills"),
        ({"skills": {"running": True}}, "skills"),
        ({"skills": ["running"]}, "skills"),
        ({"skills": dict.fromkeys(sport_bits.ORDER[:21], 1)}, "skills"),
        ({"goals": ["glory"]}, "goals"),
        ({"week": b"short"}, "week"),
        ({"week": bytes(43)}, "week"),
        ({"born_on": NOW.date() + timedelta(days=1)}, "born_on"),
        ({"born_on": date(1890, 1, 1)}, "born_on"),
        ({"gender": "robot"}, "gender"),
        ({"radius_km": 1}, "radius_km"),
        ({"radius_km": 201}, "radius_km"),
        ({"radius_km": None}, "radius_km"),
        ({"level_gap": 3}, "level_gap"),
    ],
)
def test_what_is_not_known_is_refused_by_field(ana, changes, field):
    with pytest.raises(ValidationError) as refusal:
        save_profile(user=ana, changes=changes, now=NOW)
    assert list(refusal.value.message_dict) == [field]
    assert not FitnessProfile.objects.exists()


def test_all_that_is_wrong_is_said_at_once(ana):
    with pytest.raises(ValidationError) as refusal:
        save_profile(user=ana, changes={"radius_km": 1, "level_gap": 5, "week": b""}, now=NOW)
    assert sorted(refusal.value.message_dict) == ["level_gap", "radius_km", "week"]


def test_what_follows_from_other_columns_is_not_theirs_to_write(ana):
    with pytest.raises(DomainError, match="cannot be changed"):
        save_profile(user=ana, changes={"is_ready": True}, now=NOW)


def test_a_gym_is_open(ana):
    studio = make_studio(make_chain())
    assert save_profile(user=ana, changes={"gym": studio}, now=NOW).gym == studio
    studio.is_active = False
    studio.save()
    with pytest.raises(ValidationError, match="closed"):
        save_profile(user=ana, changes={"gym": studio}, now=NOW)
    assert save_profile(user=ana, changes={"gym": None}, now=NOW).gym is None


def test_a_place_is_kept_with_its_cell(ana):
    profile = place_person(user=ana, point=ZURICH, now=NOW)
    profile.refresh_from_db()
    assert Point(profile.latitude, profile.longitude) == ZURICH
    assert Point(profile.cell_latitude, profile.cell_longitude) == cell_of(ZURICH)
    assert (profile.located_at, profile.moves) == (NOW, [])


def test_a_place_can_be_left_three_times_in_any_24_hours(ana):
    place_person(user=ana, point=ZURICH, now=NOW)
    for hours, point in enumerate(ELSEWHERE[:3]):
        place_person(user=ana, point=point, now=NOW + timedelta(hours=hours))
    with pytest.raises(TooManyMovesError, match="3 times a day"):
        place_person(user=ana, point=ELSEWHERE[3], now=NOW + timedelta(hours=23, minutes=59))
    profile = place_person(user=ana, point=ELSEWHERE[3], now=NOW + timedelta(hours=24))
    assert len(profile.moves) == 3


def test_within_a_cell_one_may_move_at_will(ana):
    cell = cell_of(ZURICH)
    for step in range(10):
        profile = place_person(user=ana, point=Point(cell.latitude + step / 10_000, cell.longitude), now=NOW)
    assert profile.moves == []


@pytest.mark.parametrize("leave", ["nowhere", "delete"])
def test_nowhere_is_no_way_around_the_limit(ana, leave):
    place_person(user=ana, point=ZURICH, now=NOW)
    placed = 0
    for point in ELSEWHERE:
        if leave == "nowhere":
            place_person(user=ana, point=None, now=NOW)
        else:
            delete_profile(user=ana, now=NOW)
        try:
            place_person(user=ana, point=point, now=NOW)
        except TooManyMovesError:
            break
        placed += 1
    assert placed == 3
    assert place_person(user=ana, point=None, now=NOW).cell_latitude is None


def test_deleting_leaves_only_when_a_place_was_left(ana):
    make_fitness(ana, gender="woman", is_incognito=True)
    delete_profile(user=ana, now=NOW)
    left = FitnessProfile.objects.get(user=ana)
    assert (left.skills, bytes(left.week), left.born_on, left.gender, left.latitude) == ({}, EMPTY, None, "", None)
    assert (left.is_ready, left.is_incognito, left.moves) == (False, False, [NOW.isoformat()])
    assert facts() == [("matching.profile.deleted", {"user_id": ana.pk})]


def test_deleting_what_never_had_a_place_leaves_nothing(ana):
    save_profile(user=ana, changes={"skills": {"running": 2}}, now=NOW)
    delete_profile(user=ana, now=NOW)
    delete_profile(user=ana, now=NOW)
    assert not FitnessProfile.objects.exists()
