"""N30, TEN-2: a role counts in its chain, in its studio, as long as it is held."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from classes import rules
from classes.enums import StaffRole
from classes.tests.factories import make_chain, make_session, make_staff, make_studio, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def studio(chain):
    return make_studio(chain)


@pytest.mark.parametrize(
    ("role", "manages", "schedules"),
    [
        (StaffRole.OWNER, True, True),
        (StaffRole.MANAGER, True, True),
        (StaffRole.INSTRUCTOR, False, True),
        (StaffRole.DESK, False, False),
    ],
)
def test_each_role_may_what_it_may(chain, studio, role, manages, schedules):
    person = make_user("person")
    make_staff(chain, person, role)

    assert rules.staff_roles(person, chain) == {role}
    assert rules.may_manage_chain(person, chain) is manages
    assert rules.may_manage_studio(person, studio) is manages
    assert rules.may_schedule(person, studio) is schedules
    assert rules.may_schedule_somewhere(person, chain) is schedules


def test_staff_of_one_chain_are_members_in_another(chain):
    other = make_chain("Spree Strength")
    person = make_user("person")
    make_staff(other, person, StaffRole.OWNER)

    assert rules.staff_roles(person, chain) == frozenset()
    assert not rules.is_staff_of(person, chain)
    assert not rules.may_manage_chain(person, chain)
    assert not rules.may_schedule(person, make_studio(chain))


def test_a_lost_role_counts_on_the_next_question(chain):
    person = make_user("person")
    row = make_staff(chain, person, StaffRole.MANAGER)
    assert rules.may_manage_chain(person, chain)

    row.is_active = False
    row.save()

    assert not rules.may_manage_chain(person, chain)


def test_a_role_in_one_studio_counts_there_alone(chain, studio):
    elsewhere = make_studio(chain, "Lake House")
    manager, teacher = make_user("manager"), make_user("teacher")
    make_staff(chain, manager, StaffRole.MANAGER, studio)
    make_staff(chain, teacher, StaffRole.INSTRUCTOR, studio)

    assert rules.may_manage_studio(manager, studio)
    assert not rules.may_manage_studio(manager, elsewhere)
    assert not rules.may_manage_chain(manager, chain)
    assert rules.highest_rank(manager, chain) == 0
    assert rules.may_schedule(teacher, studio)
    assert not rules.may_schedule(teacher, elsewhere)


def test_an_instructor_runs_the_classes_they_give(chain, studio):
    teacher, colleague = make_user("teacher"), make_user("colleague")
    row = make_staff(chain, teacher, StaffRole.INSTRUCTOR)
    make_staff(chain, colleague, StaffRole.INSTRUCTOR)
    session = make_session(studio, instructor=teacher)

    assert rules.may_manage_session(teacher, session)
    assert rules.may_take_attendance(teacher, session)
    assert not rules.may_manage_session(colleague, session)
    assert not rules.may_take_attendance(colleague, session)

    row.delete()
    assert not rules.may_manage_session(teacher, session)


def test_the_front_desk_checks_in_and_changes_nothing(chain, studio):
    desk = make_user("desk")
    make_staff(chain, desk, StaffRole.DESK)
    session = make_session(studio)

    assert rules.may_take_attendance(desk, session)
    assert not rules.may_manage_session(desk, session)


@pytest.mark.parametrize("is_superuser", [True, False])
def test_administrators_of_the_house_may_everything(chain, studio, is_superuser):
    admin = UserFactory(is_superuser=is_superuser)
    if not is_superuser:
        admin.groups.add(Group.objects.get(name=Role.ADMIN))

    assert rules.may_manage_chain(admin, chain)
    assert rules.may_take_attendance(admin, make_session(studio))
    assert rules.highest_rank(admin, chain) == rules.RANKS[StaffRole.OWNER]


def test_nobody_else_may_anything(chain, studio):
    gone = make_user("gone")
    make_staff(chain, gone, StaffRole.OWNER)
    gone.is_active = False

    for person in (AnonymousUser(), gone, make_user("stranger")):
        assert not rules.may_manage_chain(person, chain)
        assert not rules.may_schedule_somewhere(person, chain)


def test_roles_in_a_closed_chain_do_not_count(chain):
    person = make_user("person")
    make_staff(chain, person, StaffRole.OWNER)
    chain.is_active = False
    chain.save()

    assert not rules.may_manage_chain(person, chain)


def test_a_question_is_one_query(chain, studio, django_assert_num_queries):
    person = make_user("person")
    make_staff(chain, person, StaffRole.DESK)
    make_staff(chain, person, StaffRole.MANAGER)

    with django_assert_num_queries(1):
        assert rules.may_manage_chain(person, chain)
