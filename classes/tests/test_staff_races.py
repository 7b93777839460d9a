"""Two managers act at once."""

from functools import partial

import pytest
from django.db import connection

from classes.enums import StaffRole
from classes.models import ChainStaff
from classes.services.places import create_studio
from classes.services.staff import grant_staff, remove_staff
from classes.tests.factories import NOW, make_chain, make_staff, make_user
from fitfoodie.common.errors import DomainError
from fitfoodie.common.tests.races import at_once
from fitfoodie.events.models import Event

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def owners(chain):
    return [make_staff(chain, make_user(name), StaffRole.OWNER) for name in ("ada", "ben")]


def test_two_owners_who_remove_each_other_leave_one(owners):
    ada, ben = owners
    results = at_once(
        [
            partial(remove_staff, actor=ada.user, staff_id=ben.pk, reason="He goes.", now=NOW),
            partial(remove_staff, actor=ben.user, staff_id=ada.pk, reason="She goes.", now=NOW),
        ]
    )

    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert ChainStaff.objects.across_chains().filter(role=StaffRole.OWNER, is_active=True).count() == 1


def test_two_who_hire_the_same_person_hire_them_once(chain, owners):
    person = make_user("person")
    hire = {"chain_id": chain.pk, "user": person, "role": StaffRole.DESK, "reason": "Hired.", "now": NOW}
    at_once([partial(grant_staff, actor=owner.user, **hire) for owner in owners * 4])

    assert person.chain_roles.count() == 1
    assert Event.objects.filter(name="classes.staff.granted").count() == 1


def test_who_was_removed_a_moment_ago_hires_nobody(chain, owners):
    ada, ben = owners
    at_once(
        [
            partial(remove_staff, actor=ada.user, staff_id=ben.pk, reason="He goes.", now=NOW),
            partial(
                grant_staff,
                actor=ben.user,
                chain_id=chain.pk,
                user=make_user("friend"),
                role=StaffRole.DESK,
                reason="Quick.",
                now=NOW,
            ),
        ]
    )

    removed = Event.objects.get(name="classes.staff.removed")
    assert not Event.objects.filter(name="classes.staff.granted", pk__gt=removed.pk).exists()


def test_studios_of_one_name_at_once_have_addresses_of_their_own(chain, owners):
    place = {"name": "Hall", "city": "Zürich", "chain_id": chain.pk, "now": NOW}
    results = at_once([partial(create_studio, actor=owner.user, **place) for owner in owners * 2])

    assert len({studio.slug for studio in results}) == 4
