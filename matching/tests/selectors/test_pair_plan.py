"""When both are free next, and the classes in those times that suit both."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from classes.enums import RsvpStatus
from classes.tests.factories import make_chain, make_class_type, make_rsvp, make_session, make_studio
from matching.selectors.pair_plan import plan_of, plans_of
from matching.tests.factories import NOW, make_fitness, make_user

pytestmark = pytest.mark.django_db
# Tuesday and Thursday 06:30 in Zürich, the hours of `make_fitness`.
TUESDAY = datetime(2026, 6, 16, 4, 30, tzinfo=UTC)
THURSDAY = datetime(2026, 6, 18, 4, 30, tzinfo=UTC)
NOON = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def person(name, **fields):
    user = make_user(name)
    user.preferences.time_zone = "Europe/Zurich"
    user.preferences.save()
    make_fitness(user, **fields)
    return user


@pytest.fixture
def maya():
    return person("maya")


@pytest.fixture
def leo():
    return person("leo")


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def run(studio):
    kind = make_class_type(studio.chain, "Run", interests=["running"])
    return make_session(studio, class_type=kind, starts_at=THURSDAY)


def times(plan):
    return [each.slot.starts_at for each in plan.slots]


def test_the_next_times_with_the_classes_in_them(maya, leo, studio, run):
    noon = make_session(studio, starts_at=NOON)
    plan = plan_of(maya, leo, now=NOW)
    assert times(plan) == [TUESDAY, THURSDAY, TUESDAY + WEEK, THURSDAY + WEEK]
    assert [[one.session for one in each.classes] for each in plan.slots] == [[], [run], [], []]
    assert [one.session for one in plan.others] == [noon]
    assert plan.best == plan.slots[1]


def test_without_a_class_the_next_time_is_the_best(maya, leo):
    plan = plan_of(maya, leo, now=NOW)
    assert (plan.best, plan.others) == (plan.slots[0], ())


def test_a_class_that_lasts_longer_than_the_time_is_at_another_time(maya, leo, studio):
    long = make_session(studio, starts_at=TUESDAY, minutes=90)
    plan = plan_of(maya, leo, now=NOW)
    assert (plan.slots[0].classes, [one.session for one in plan.others]) == ((), [long])


@pytest.mark.parametrize("who", ["maya", "leo"])
def test_a_time_in_which_one_of_them_has_a_class_is_not_free(maya, leo, run, who):
    make_rsvp(run, User.objects.get(handle=who), RsvpStatus.CONFIRMED)
    plan = plan_of(maya, leo, now=NOW)
    assert times(plan) == [TUESDAY, TUESDAY + WEEK, THURSDAY + WEEK]
    assert plan.others == ()


def test_one_seat_is_none_for_two(maya, leo, run):
    run.confirmed = run.capacity - 1
    run.save()
    assert plan_of(maya, leo, now=NOW).slots[1].classes == ()


def test_somebody_without_a_fitness_profile_has_no_times_and_classes_all_the_same(maya, run):
    friend = make_user("friend")
    plan = plan_of(maya, friend, now=NOW)
    assert (plan.slots, plan.best, [one.session for one in plan.others]) == ((), None, [run])


def test_many_cost_what_one_does(maya, run):
    others = [person(f"p{n}") for n in range(3)]
    people = list(
        User.objects.select_related("fitness", "profile", "preferences").filter(pk__in=[each.pk for each in others])
    )
    with CaptureQueriesContext(connection) as one:
        plans_of(maya, people[:1], now=NOW)
    with CaptureQueriesContext(connection) as three:
        assert set(plans_of(maya, people, now=NOW)) == {each.pk for each in others}
    assert len(three) == len(one)


def test_nobody_costs_nothing(maya, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert plans_of(maya, [], now=NOW) == {}
