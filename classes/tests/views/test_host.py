"""/host/: who works for a chain finds it there, and nobody else learns that there is such a page (TEN-1, TEN-2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import UserFactory
from classes.enums import StaffRole
from classes.tests.factories import make_chain, make_session, make_staff, make_studio, make_user
from classes.views.host_frame import add_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def studio(chain):
    return make_studio(chain)


@pytest.fixture
def owner(chain):
    person = make_user("owner")
    make_staff(chain, person, StaffRole.OWNER)
    return person


@pytest.fixture
def house_admin():
    return UserFactory(is_superuser=True)


def overview(chain):
    return reverse("classes:host-chain", args=[chain.slug])


def test_a_visitor_is_asked_to_sign_in(client, chain):
    assert client.get(reverse("classes:host")).status_code == 302
    assert client.get(overview(chain)).status_code == 302


def test_a_member_is_told_that_they_work_nowhere(client, chain):
    client.force_login(make_user("member"))

    assert "You work for no chain here" in client.get(reverse("classes:host")).content.decode()
    assert client.get(overview(chain)).status_code == 404


def test_a_person_of_two_chains_sees_both_and_no_third(client, chain, owner, studio):
    other, third = make_chain("Spree Strength"), make_chain("Third House")
    make_staff(other, owner, StaffRole.INSTRUCTOR, make_studio(other, "Dock"))
    make_studio(other, "Not mine")
    client.force_login(owner)

    text = client.get(reverse("classes:host")).content.decode()

    assert chain.name in text
    assert other.name in text
    assert "Dock" in text
    assert "Not mine" not in text
    assert third.name not in text
    assert client.get(overview(third)).status_code == 404


def test_the_overview_shows_what_comes_next(client, chain, owner, studio):
    make_session(studio, starts_at=timezone.now() + timedelta(days=1), title="Dawn run")
    make_session(studio, starts_at=timezone.now() - timedelta(days=1), title="Long over")
    make_session(make_studio(make_chain("Other")), starts_at=timezone.now() + timedelta(days=1), title="Theirs")
    client.force_login(owner)

    text = client.get(overview(chain)).content.decode()

    assert "Dawn run" in text
    assert "Long over" not in text
    assert "Theirs" not in text


def test_an_instructor_sees_the_classes_they_give(client, chain, studio):
    teacher = make_user("teacher")
    make_staff(chain, teacher, StaffRole.INSTRUCTOR)
    soon = timezone.now() + timedelta(days=1)
    make_session(studio, starts_at=soon, title="Mine", instructor=teacher)
    make_session(studio, starts_at=soon, title="Of a colleague")
    client.force_login(teacher)

    text = client.get(overview(chain)).content.decode()

    assert "Mine" in text
    assert "Of a colleague" not in text


def test_a_lost_role_closes_the_page_on_the_next_request(client, chain, owner):
    client.force_login(owner)
    assert client.get(overview(chain)).status_code == 200

    owner.chain_roles.all().update(is_active=False)

    assert client.get(overview(chain)).status_code == 404


def test_the_house_enters_everywhere(client, chain, house_admin):
    client.force_login(house_admin)

    assert chain.name in client.get(reverse("classes:host")).content.decode()
    assert client.get(overview(chain)).status_code == 200


def test_a_place_is_added_once(monkeypatch):
    monkeypatch.setattr("classes.views.host_frame._further_places", {})
    add_place("classes:host", "Once")
    with pytest.raises(ValueError, match="twice"):
        add_place("classes:host", "Twice")


def test_the_list_asks_as_often_for_three_chains_as_for_one(client, owner, studio, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse("classes:host"))
        return len(asked)

    client.force_login(owner)
    count()
    one = count()
    for name in ("Second", "Third"):
        chain = make_chain(name)
        make_staff(chain, owner)
        make_studio(chain, f"{name} place")
    assert count() == one
