"""N30, N31, TEN-2: who gives and takes roles in a chain."""

from functools import partial

import pytest

from accounts.tests.factories import UserFactory
from classes import rules
from classes.enums import StaffRole
from classes.models import ChainStaff, Studio
from classes.services.staff import grant_staff, remove_staff
from classes.tests.factories import NOW, make_chain, make_staff, make_studio, make_user
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def owner(chain):
    person = make_user("owner")
    make_staff(chain, person, StaffRole.OWNER)
    return person


@pytest.fixture
def manager(chain):
    person = make_user("manager")
    make_staff(chain, person, StaffRole.MANAGER)
    return person


def grant(actor, chain, user, role, **given):
    return grant_staff(actor=actor, chain_id=chain.pk, user=user, role=role, now=NOW, **({"reason": "Hired."} | given))


remove = partial(remove_staff, reason="Left.", now=NOW)


def test_a_manager_hires_an_instructor_for_one_studio(chain, manager):
    studio, person = make_studio(chain), make_user("person")

    row = grant(manager, chain, person, StaffRole.INSTRUCTOR, studio_id=studio.pk)

    assert (row.is_active, row.since) == (True, NOW)
    assert rules.may_schedule(person, studio)
    fact = Event.objects.get(name="classes.staff.granted")
    assert fact.actor == manager
    assert fact.data == {
        "chain_id": chain.pk,
        "user_id": person.pk,
        "role": "instructor",
        "studio_id": studio.pk,
        "reason": "Hired.",
    }


def test_a_role_that_is_held_is_not_given_again(chain, owner):
    person = make_user("person")

    first = grant(owner, chain, person, StaffRole.DESK)
    second = grant(owner, chain, person, StaffRole.DESK)

    assert first.pk == second.pk
    assert Event.objects.filter(name="classes.staff.granted").count() == 1


def test_who_comes_back_has_the_role_again(chain, owner):
    row = make_staff(chain, make_user("person"), StaffRole.DESK)
    remove(actor=owner, staff_id=row.pk)
    assert not rules.is_staff_of(row.user, chain)

    grant(owner, chain, row.user, StaffRole.DESK)

    assert rules.staff_roles(row.user, chain) == {StaffRole.DESK}


@pytest.mark.parametrize("role", [None, StaffRole.DESK, StaffRole.INSTRUCTOR])
def test_who_does_not_manage_gives_nothing(chain, owner, role):
    person = make_user("person")
    if role:
        make_staff(chain, person, role)

    with pytest.raises(NotAllowedError):
        grant(person, chain, make_user("friend"), StaffRole.DESK)
    with pytest.raises(NotAllowedError):
        remove(actor=person, staff_id=owner.chain_roles.get().pk)


def test_the_manager_of_one_studio_gives_no_role_in_the_chain(chain):
    person, studio = make_user("person"), make_studio(chain)
    make_staff(chain, person, StaffRole.MANAGER, studio)

    with pytest.raises(NotAllowedError):
        grant(person, chain, make_user("friend"), StaffRole.DESK, studio_id=studio.pk)


def test_nobody_raises_above_their_own_rank(chain, owner, manager):
    with pytest.raises(NotAllowedError) as refusal:
        grant(manager, chain, manager, StaffRole.OWNER)
    assert refusal.value.code == "above_own_rank"
    with pytest.raises(NotAllowedError):
        remove(actor=manager, staff_id=owner.chain_roles.get().pk)


def test_an_owner_of_another_chain_is_nobody_here(chain, owner):
    other = make_chain("Spree Strength")
    stranger = make_user("stranger")
    make_staff(other, stranger, StaffRole.OWNER)

    with pytest.raises(NotAllowedError):
        grant(stranger, chain, stranger, StaffRole.OWNER)
    with pytest.raises(NotAllowedError):
        remove(actor=stranger, staff_id=owner.chain_roles.get().pk)


def test_a_studio_of_another_chain_is_not_there(chain, owner):
    elsewhere = make_studio(make_chain("Spree Strength"))

    with pytest.raises(Studio.DoesNotExist):
        grant(owner, chain, make_user("person"), StaffRole.DESK, studio_id=elsewhere.pk)


def test_the_last_owner_stays(chain, owner):
    row = owner.chain_roles.get()

    with pytest.raises(ConflictError) as refusal:
        remove(actor=owner, staff_id=row.pk)
    assert refusal.value.code == "last_owner"
    with pytest.raises(ConflictError):
        remove(actor=UserFactory(is_superuser=True), staff_id=row.pk)

    grant(owner, chain, make_user("heir"), StaffRole.OWNER)
    assert not remove(actor=owner, staff_id=row.pk).is_active


def test_an_owner_whose_account_is_closed_does_not_count(chain, owner):
    gone = make_user("gone")
    make_staff(chain, gone, StaffRole.OWNER)
    gone.is_active = False
    gone.save()

    with pytest.raises(ConflictError):
        remove(actor=owner, staff_id=owner.chain_roles.get().pk)


def test_anybody_may_lay_down_their_own_role(chain, owner):
    row = make_staff(chain, make_user("person"), StaffRole.DESK)

    remove(actor=row.user, staff_id=row.pk)
    remove(actor=owner, staff_id=row.pk)

    assert Event.objects.get(name="classes.staff.removed").data == {
        "chain_id": chain.pk,
        "user_id": row.user_id,
        "role": "desk",
        "studio_id": None,
        "reason": "Left.",
    }


def test_every_change_has_a_reason(chain, owner):
    row = make_staff(chain, make_user("person"), StaffRole.DESK)

    for change in (
        lambda: grant(owner, chain, row.user, StaffRole.INSTRUCTOR, reason=" "),
        lambda: remove_staff(actor=owner, staff_id=row.pk, reason="", now=NOW),
    ):
        with pytest.raises(DomainError) as refusal:
            change()
        assert (refusal.value.code, refusal.value.field) == ("reason_needed", "reason")


def test_what_makes_no_sense_is_refused(chain, owner):
    gone = make_user("gone")
    gone.is_active = False
    gone.save()

    with pytest.raises(DomainError):
        grant(owner, chain, gone, StaffRole.DESK)
    with pytest.raises(DomainError):
        grant(owner, chain, make_user("heir"), StaffRole.OWNER, studio_id=make_studio(chain).pk)
    with pytest.raises(ChainStaff.DoesNotExist):
        remove(actor=owner, staff_id=0)
