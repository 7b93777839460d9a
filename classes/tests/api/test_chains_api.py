"""Chains and studios for everybody; staff for those who manage the chain."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from classes.enums import StaffRole
from classes.tests.factories import make_chain, make_staff, make_studio, make_user

pytestmark = pytest.mark.django_db
CHAINS, STUDIOS = "/api/v1/chains", "/api/v1/studios"


@pytest.fixture
def chain():
    cache.clear()
    return make_chain(colour="#1F6B45", domain="limmat.example")


@pytest.fixture
def manager(chain):
    person = make_user("manager")
    make_staff(chain, person, StaffRole.MANAGER)
    return person


def signed_in(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def staff(chain, handle=""):
    return f"/api/v1/host/chains/{chain.public_id}/staff" + (f"/{handle}" if handle else "")


def test_chains_are_listed_by_name(client, chain):
    make_chain("Closed", is_active=False)
    make_chain("Aare Athletics")

    results = client.get(CHAINS).json()["results"]

    assert [row["name"] for row in results] == ["Aare Athletics", "Limmat Movement"]
    assert results[1] == {
        "id": chain.public_id,
        "slug": "limmat-movement",
        "name": "Limmat Movement",
        "about": "",
        "colour": "#1F6B45",
        "currency": "CHF",
        "timezone": "Europe/Zurich",
    }
    assert client.get(f"{CHAINS}/limmat-movement").json() == results[1]
    assert client.get(f"{CHAINS}/closed").status_code == 404
    assert client.get(f"{CHAINS}?colour=red").status_code == 400


def test_studios_are_listed_and_narrowed_to_a_chain(client, chain):
    make_studio(chain)
    make_studio(chain, "Shut", is_active=False)
    make_studio(make_chain("Spree Strength", slug="spree"), "Dock")

    assert [row["name"] for row in client.get(STUDIOS).json()["results"]] == ["Dock", "Limmat Hall"]
    only = client.get(f"{STUDIOS}?chain=spree").json()["results"]
    assert [(row["name"], row["chain"], row["timezone"]) for row in only] == [("Dock", "spree", "Europe/Zurich")]
    # Under a domain there is one chain.
    here = client.get(STUDIOS, headers={"host": "limmat.example"}).json()["results"]
    assert [row["name"] for row in here] == ["Limmat Hall"]
    assert client.get(f"{CHAINS}/spree", headers={"host": "limmat.example"}).status_code == 404


@pytest.mark.parametrize("address", [CHAINS, STUDIOS])
def test_a_list_is_one_query(client, chain, address, django_assert_num_queries):
    make_studio(chain)
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)
    for name in ("Second", "Third"):
        make_studio(make_chain(name), f"{name} place")
    with django_assert_num_queries(1):
        assert len(client.get(address).json()["results"]) == 3


def test_a_role_is_given_and_taken(chain, manager):
    person, studio = make_user("ada"), make_studio(chain)
    given = {"role": "instructor", "studio": studio.public_id, "reason": "Hired."}
    client = signed_in(manager)

    body = client.put(staff(chain, "ada"), given, format="json").json()
    assert [(row["person"]["handle"], row["role"], row["studio"]) for row in body["staff"]] == [
        ("ada", "instructor", studio.public_id),
        ("manager", "manager", None),
    ]
    assert client.get(staff(chain)).json() == body

    answer = client.delete(staff(chain, "ada"), given, format="json")
    assert [row["person"]["handle"] for row in answer.json()["staff"]] == ["manager"]
    assert not person.chain_roles.filter(is_active=True).exists()
    assert client.delete(staff(chain, "ada"), given, format="json").status_code == 404


def test_nobody_raises_themselves(chain, manager):
    answer = signed_in(manager).put(staff(chain, "manager"), {"role": "owner", "reason": "Me."}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "above_own_rank")


@pytest.mark.parametrize(
    ("change", "status"),
    [({"reason": ""}, 400), ({"role": "king"}, 400), ({"chain": "x"}, 400), ({"studio": "of-another"}, 404)],
)
def test_what_is_wrong_is_refused(chain, manager, change, status):
    make_user("ada")
    given = {"role": "desk", "reason": "Hired."} | change
    assert signed_in(manager).put(staff(chain, "ada"), given, format="json").status_code == status


def test_for_everybody_else_there_is_no_staff(client, chain, manager):
    stranger, owner, desk = make_user("stranger"), make_user("owner"), make_user("desk")
    make_staff(make_chain("Spree Strength"), owner, StaffRole.OWNER)
    make_staff(chain, desk, StaffRole.DESK)
    given = {"role": "desk", "reason": "Me."}

    assert client.get(staff(chain)).status_code == 401
    for person in (stranger, owner, desk):
        assert signed_in(person).get(staff(chain)).status_code == 404
        assert signed_in(person).put(staff(chain, person.handle), given, format="json").status_code == 404
        assert signed_in(person).delete(staff(chain, "manager"), given, format="json").status_code == 404

    manager.chain_roles.all().delete()
    assert signed_in(manager).get(staff(chain)).status_code == 404
