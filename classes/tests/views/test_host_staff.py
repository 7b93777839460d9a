"""/host/…/staff/: roles given and taken by those who may (N31)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from classes.enums import StaffRole
from classes.tests.factories import make_chain, make_staff, make_studio, make_user
from social.services.block import block_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def manager(chain, client):
    person = make_user("manager")
    make_staff(chain, person, StaffRole.MANAGER)
    client.force_login(person)
    return person


def staff_page(chain):
    return reverse("classes:host-staff", args=[chain.slug])


def removal(chain, row):
    return reverse("classes:host-staff-remove", args=[chain.slug, row.pk])


def test_a_role_is_given_by_handle(client, chain, manager):
    person, studio = make_user("ada"), make_studio(chain)
    given = {"handle": " @Ada ", "role": "instructor", "studio": studio.public_id, "reason": "Hired."}

    assert client.post(staff_page(chain), given).status_code == 302

    row = person.chain_roles.get()
    assert (row.chain, row.role, row.studio) == (chain, "instructor", studio)
    assert "Ada" in client.get(staff_page(chain)).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"handle": "nobody_here"}, "Nobody with this handle is here."),
        ({"reason": " "}, "This field is required."),
        ({"role": "owner"}, "Select a valid choice."),
        ({"studio": "of-another"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(client, chain, manager, change, words):
    person = make_user("ada")
    answer = client.post(staff_page(chain), {"handle": "ada", "role": "desk", "reason": "Hired."} | change)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not person.chain_roles.exists()


def test_whoever_blocked_the_manager_is_not_there(client, chain, manager):
    person = make_user("ada")
    block_person(blocker=person, person_id=manager.pk, now=timezone.now())

    answer = client.post(staff_page(chain), {"handle": "ada", "role": "desk", "reason": "Hired."})

    assert answer.status_code == 422


def test_a_role_is_taken_with_a_reason(client, chain, manager):
    row = make_staff(chain, make_user("ada"), StaffRole.DESK)

    assert "Say why" in client.post(removal(chain, row), {"reason": ""}, follow=True).content.decode()
    client.post(removal(chain, row), {"reason": "Left."})

    row.refresh_from_db()
    assert not row.is_active
    assert removal(chain, row) not in client.get(staff_page(chain)).content.decode()


def test_a_manager_takes_nothing_from_an_owner(client, chain, manager):
    row = make_staff(chain, make_user("owner"), StaffRole.OWNER)

    assert removal(chain, row) not in client.get(staff_page(chain)).content.decode()
    client.post(removal(chain, row), {"reason": "I want the chain."})

    row.refresh_from_db()
    assert row.is_active


def test_who_lays_down_their_own_role_is_out(client, chain, manager):
    answer = client.post(removal(chain, manager.chain_roles.get()), {"reason": "Moving away."})

    assert answer["Location"] == reverse("classes:host")
    assert client.get(staff_page(chain)).status_code == 404


def test_staff_of_another_chain_is_out_of_reach(client, chain, manager):
    row = make_staff(make_chain("Spree Strength"), make_user("ada"), StaffRole.DESK)

    assert client.post(removal(chain, row), {"reason": "Mine."}).status_code == 404
    assert client.post(removal(row.chain, row), {"reason": "Mine."}).status_code == 404
