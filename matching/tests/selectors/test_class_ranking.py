"""Classes for a person, and for two (N7): each part moves the score, full and clashing ones are marked."""

from datetime import UTC, datetime, timedelta

import pytest

from classes.enums import ClassFormat, RsvpStatus
from classes.models import Rsvp
from classes.tests.factories import make_chain, make_class_type, make_session, make_studio
from matching.selectors.class_fit import WEIGHTS
from matching.selectors.class_ranking import rank_classes, rank_classes_for_pair
from matching.tests.factories import NOW, make_fitness, make_user
from matching.week import Slot, pack

pytestmark = pytest.mark.django_db
# Tuesday 06:30 in Zürich, within the hours of `make_fitness`.
EARLY = datetime(2026, 6, 16, 4, 30, tzinfo=UTC)
NOON = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
FAR = {"latitude": 47.50, "longitude": 8.72}


def person(name="maya", **fields):
    user = make_user(name)
    user.preferences.time_zone = "Europe/Zurich"
    user.preferences.save()
    make_fitness(user, **fields)
    return user


def seat(user, session, status=RsvpStatus.CONFIRMED):
    return Rsvp.objects.create(chain=session.chain, session=session, user=user, status=status, joined_at=NOW)


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def run(studio):
    """A class that fits."""
    kind = make_class_type(studio.chain, "Run", interests=["running"])
    return make_session(studio, class_type=kind, starts_at=EARLY, level="intermediate")


def ranked(user):
    return {one.session.pk: one for one in rank_classes(user, limit=20, now=NOW)}


def test_a_class_that_fits_says_why(run):
    (one,) = rank_classes(person(), limit=10, now=NOW)
    assert one.session == run
    assert one.components == {"interests": 30, "level": 20, "location": 15, "schedule": 20, "rating": 5, "seats": 5}
    assert one.score == 95 == sum(one.components.values())
    assert one.reasons == ["You do running", "At a time when you train", "At your level", "Less than 2 km away"]
    assert (one.is_full, one.clashes_with) == (False, "")
    assert sum(WEIGHTS.values()) == 100


TABLE = [
    ("interests", {"interests": ["yoga"]}, 0, ""),
    ("interests", {"interests": ["running", "yoga"]}, 15, "You do running"),
    ("interests", {"interests": []}, 15, ""),
    ("level", {"level": "all"}, 20, "For all levels"),
    ("level", {"level": "advanced"}, 10, "A level above yours"),
    ("level", {"level": "beginner"}, 10, "A level below yours"),
    ("level", {"level": "advanced", "interests": ["yoga"]}, 0, ""),
    ("location", {"format": ClassFormat.ONLINE}, 15, "Online: you can join from home"),
    ("seats", {"capacity": 2, "confirmed": 2}, 0, "Full: you can join the waitlist"),
    ("seats", {"capacity": 3, "confirmed": 2}, 5, "Only 1 seat left"),
]


@pytest.mark.parametrize(("part", "change", "points", "reason"), TABLE)
def test_each_part_moves_the_score(run, part, change, points, reason):
    for name, value in change.items():
        setattr(run, name, value)
    run.ceiling = run.capacity
    run.save()
    (one,) = rank_classes(person(), limit=10, now=NOW)
    assert one.components[part] == points
    assert one.is_full == (part == "seats" and points == 0)
    assert (reason in one.reasons) if reason else True


def test_far_studios_give_fewer_points(run):
    run.studio.latitude, run.studio.longitude = FAR.values()
    run.studio.save()
    (one,) = rank_classes(person(), limit=10, now=NOW)
    assert one.components["location"] == 5
    assert "Less than 20 km away" in one.reasons


def test_times_that_are_half_mine_give_half(run):
    run.starts_at, run.ends_at = EARLY - timedelta(minutes=30), EARLY + timedelta(minutes=30)
    run.save()
    (one,) = rank_classes(person(), limit=10, now=NOW)
    assert one.components["schedule"] == 10
    assert "At a time when you train" not in one.reasons


def test_well_rated_classes_rise(run):
    kind = run.class_type
    kind.rating_count, kind.rating_average, kind.rating_bayes = 12, 4.8, 4.6
    kind.save()
    (one,) = rank_classes(person(), limit=10, now=NOW)
    assert one.components["rating"] == 9
    assert "Rated 4.8 of 5" in one.reasons


def test_a_clash_is_marked_and_comes_later(run, studio):
    user = person()
    other = make_session(studio, class_type=run.class_type, starts_at=EARLY + timedelta(minutes=30), title="Swim")
    free = make_session(studio, class_type=run.class_type, starts_at=EARLY + timedelta(days=2), level="intermediate")
    seat(user, other)
    found = rank_classes(user, limit=10, now=NOW)
    assert [one.session for one in found] == [free, run]
    assert found[1].clashes_with == "Swim"
    assert "Clashes with your class Swim" in found[1].reasons
    assert found[1].components["schedule"] == 0


def test_waiting_in_line_is_no_clash(run, studio):
    user = person()
    other = make_session(studio, class_type=run.class_type, starts_at=EARLY, title="Swim")
    seat(user, other, RsvpStatus.WAITLISTED)
    assert ranked(user)[run.pk].clashes_with == ""


def test_the_persons_own_classes_past_and_far_ones_are_not_among_them(run, studio):
    user = person()
    seat(user, run)
    make_session(studio, starts_at=NOW - timedelta(hours=1))
    make_session(studio, starts_at=NOW + timedelta(days=15))
    make_session(make_studio(make_chain("Bern"), "Bern", latitude=46.95, longitude=7.44), starts_at=EARLY)
    assert rank_classes(user, limit=10, now=NOW) == []


def test_online_classes_are_near_everywhere():
    bern = make_studio(make_chain("Bern"), "Bern", latitude=46.95, longitude=7.44)
    session = make_session(bern, starts_at=NOON, format=ClassFormat.ONLINE)
    assert ranked(person()).keys() == {session.pk}


def test_who_has_no_fitness_profile_is_taken_by_their_profile(run):
    user = make_user("ana")
    user.profile.sports, user.profile.level, user.profile.city, user.profile.country = (
        ["running"],
        "intermediate",
        "",
        "",
    )
    user.profile.save()
    (one,) = rank_classes(user, limit=10, now=NOW)
    assert one.components == {"interests": 30, "level": 20, "location": 8, "schedule": 10, "rating": 5, "seats": 5}


def test_city_of_the_profile_is_a_place(run):
    user = make_user("ana")
    user.profile.sports, user.profile.city, user.profile.country = ["running"], "Zürich", "CH"
    user.profile.save()
    (one,) = rank_classes(user, limit=10, now=NOW)
    assert one.components["location"] >= 13


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(studio, run, count, django_assert_num_queries):
    user = person()
    for day in range(1, count):
        make_session(studio, class_type=run.class_type, starts_at=EARLY + timedelta(days=day))
    with django_assert_num_queries(3):
        assert len(rank_classes(user, limit=10, now=NOW)) == count


# Pairs


def pair_of(**fields):
    return person(), person("leo", **fields)


def test_for_two_who_are_free_and_as_good(run):
    (one,) = rank_classes_for_pair(*pair_of(), limit=10, now=NOW)
    assert one.session == run
    assert one.score == sum(one.components.values()) == 95
    assert one.reasons == [
        "What you both do",
        "At a time when you both train",
        "The right level for both of you",
        "12 seats are free",
    ]


def test_score_of_two_is_of_whom_it_fits_less(run):
    one, other = pair_of(skills={"yoga": 1}, week=pack([Slot(5, 20)]))
    run.level = "all"
    run.save()
    (ranked,) = rank_classes_for_pair(one, other, limit=10, now=NOW)
    assert (ranked.components["interests"], ranked.components["schedule"]) == (0, 0)
    assert ranked.reasons == ["The right level for both of you", "12 seats are free"]
    (back,) = rank_classes_for_pair(other, one, limit=10, now=NOW)
    assert (back.score, back.components) == (ranked.score, ranked.components)


@pytest.mark.parametrize("who", [0, 1])
def test_both_must_be_free(run, studio, who):
    people = pair_of()
    busy = make_session(studio, class_type=run.class_type, starts_at=EARLY, title="Secret class")
    seat(people[who], busy)
    assert rank_classes_for_pair(*people, limit=10, now=NOW) == []


def test_two_levels_off_suits_nobody(run):
    run.level = "advanced"
    run.save()
    assert rank_classes_for_pair(*pair_of(skills={"running": 1}), limit=10, now=NOW) == []


def test_one_seat_is_not_enough_for_two(run):
    run.confirmed = run.capacity - 1
    run.save()
    assert rank_classes_for_pair(*pair_of(), limit=10, now=NOW) == []
