"""The back office of chains: the house alone, through services, with a reason."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from classes.enums import StaffRole
from classes.models import Chain
from classes.tests.factories import make_chain, make_class_type, make_room, make_staff, make_studio, make_user
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
MODELS = ("chain", "studio", "room", "classtype", "chainstaff")


@pytest.fixture
def house(client):
    admin = UserFactory(roles_held=[Role.ADMIN])
    client.force_login(admin)
    return admin


@pytest.fixture
def chain():
    return make_chain()


def test_every_list_and_row_can_be_looked_at(client, house, chain):
    studio = make_studio(chain)
    rows = {
        "chain": chain,
        "studio": studio,
        "room": make_room(studio),
        "classtype": make_class_type(chain),
        "chainstaff": make_staff(chain, make_user("ada"), StaffRole.OWNER),
    }
    for name in MODELS:
        assert client.get(reverse(f"admin:classes_{name}_changelist") + "?q=limmat").status_code == 200
        assert client.get(reverse(f"admin:classes_{name}_change", args=[rows[name].pk])).status_code == 200


def test_owners_of_chains_have_no_back_office(client, chain):
    owner = make_user("owner")
    make_staff(chain, owner, StaffRole.OWNER)
    client.force_login(owner)

    assert {client.get(reverse(f"admin:classes_{name}_changelist")).status_code for name in MODELS} == {302}


def act(client, model, name, row, reason):
    data = {"action": name, "_selected_action": [row.pk]} | ({"reason": reason} if reason else {})
    return client.post(reverse(f"admin:classes_{model}_changelist"), data)


@pytest.mark.parametrize(("model", "off", "on"), [("chain", "close", "open"), ("studio", "close", "open")])
def test_closing_asks_why_and_opening_too(client, house, chain, model, off, on):
    row = chain if model == "chain" else make_studio(chain)
    act(client, model, off, row, "")
    row.refresh_from_db()
    assert row.is_active

    act(client, model, off, row, "Rent is over.")
    row.refresh_from_db()
    assert not row.is_active
    assert Event.objects.get(name=f"classes.{model}.changed").data["reason"] == "Rent is over."

    act(client, model, on, row, "Found another.")
    row.refresh_from_db()
    assert row.is_active


def test_rooms_types_and_roles_are_ended_with_a_reason(client, house, chain):
    room, kind = make_room(make_studio(chain)), make_class_type(chain)
    member = make_staff(chain, make_user("ada"), StaffRole.DESK)
    act(client, "room", "close", room, "Wet.")
    act(client, "classtype", "retire", kind, "Nobody came.")
    act(client, "chainstaff", "remove", member, "Left.")

    for row in (room, kind, member):
        row.refresh_from_db()
        assert not row.is_active


def test_a_chain_is_opened_for_its_owner(client, house):
    owner = make_user("ada")
    address = reverse("admin:classes_chain_make")
    given = {"name": "Ufer", "slug": "ufer", "currency": "CHF", "domain": "", "owner": "@ada", "reason": "Signed."}

    assert client.get(address).status_code == 200
    assert "Nobody with this handle" in client.post(address, given | {"owner": "nobody"}).content.decode()
    assert client.post(address, given).status_code == 302

    chain = Chain.objects.get()
    assert (chain.name, chain.domain, owner.chain_roles.get().chain) == ("Ufer", None, chain)
    assert client.post(address, given).status_code == 200
    assert Chain.objects.count() == 1


def test_a_domain_is_given_with_a_reason(client, house, chain):
    address = reverse("admin:classes_chain_rewrite", args=[chain.pk])
    given = {"name": chain.name, "slug": chain.slug, "currency": "CHF", "domain": "Limmat.example"}

    assert client.post(address, given).status_code == 200
    assert client.post(address, given | {"reason": "Theirs."}).status_code == 302

    chain.refresh_from_db()
    assert chain.domain == "limmat.example"
    assert client.get(reverse("admin:classes_chain_rewrite", args=[0])).status_code == 404
