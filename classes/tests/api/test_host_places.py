"""Studios, rooms and class types by API: the roles and the services of the host's pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from classes.enums import StaffRole
from classes.models import ClassType, Room, Studio
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_room,
    make_session,
    make_staff,
    make_studio,
    make_user,
)
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db

RULES = {
    "late_cancel_minutes": None,
    "grace_minutes": None,
    "offer_minutes": None,
    "waitlist_closes_minutes": None,
    "booking_opens_days": None,
    "booking_closes_minutes": None,
    "min_participants": None,
    "decides_minutes": None,
    "guaranteed_closes_minutes": None,
    "late_cancel_fee": None,
    "no_show_fee": None,
    "check_in_opens_minutes": None,
    "is_open_claim": None,
    "leaves_clashing_waitlists": None,
}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def studio(chain):
    return make_studio(chain)


@pytest.fixture
def room(studio):
    return make_room(studio)


@pytest.fixture
def kind(chain):
    return make_class_type(chain)


@pytest.fixture
def host(chain):
    person = make_user("hanna")
    make_staff(chain, person, StaffRole.MANAGER)
    return person


def ask(person, verb, path, body=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return getattr(client, verb)(f"/api/v1/host/chains/{path}", body, format="json")


def addresses(studio, room, kind):
    chain = studio.chain.public_id
    return {
        "studios": f"{chain}/studios",
        "studio": f"{chain}/studios/{studio.public_id}",
        "rooms": f"{chain}/studios/{studio.public_id}/rooms",
        "room": f"{chain}/rooms/{room.public_id}",
        "class types": f"{chain}/class-types",
        "class type": f"{chain}/class-types/{kind.public_id}",
    }


@pytest.fixture
def places(studio, room, kind):
    return addresses(studio, room, kind)


NEW = {
    "studios": {"name": "East", "city": "Bern"},
    "rooms": {"name": "Upstairs", "capacity": 9},
    "class types": {"title": "Flow", "capacity": 9},
}
CHANGES = {"studio": {"city": "Bern"}, "room": {"capacity": 9}, "class type": {"capacity": 9}}


def everything(person, places):
    """Status of each verb at each address, reading first."""
    asked = [("get", name, None) for name in places]
    asked += [("post", name, body) for name, body in NEW.items()]
    asked += [("patch", name, body) for name, body in CHANGES.items()] + [("delete", name, None) for name in CHANGES]
    return {(verb, name): ask(person, verb, places[name], body).status_code for verb, name, body in asked}


def test_managers_may_everything(host, places):
    found = everything(host, places)
    assert found == {key: 201 if key[0] == "post" else 200 for key in found}


def test_visitors_are_asked_to_sign_in(places):
    assert set(everything(None, places).values()) == {401}


@pytest.mark.parametrize("role", [StaffRole.DESK, StaffRole.INSTRUCTOR])
def test_other_staff_finds_nothing(chain, places, role):
    person = make_user("dora")
    make_staff(chain, person, role)
    assert set(everything(person, places).values()) == {404}


def test_strangers_and_owners_of_other_chains_find_nothing(places):
    owner = make_user("elsa")
    make_staff(make_chain("Other"), owner, StaffRole.OWNER)
    for person in (make_user("mina"), owner):
        assert set(everything(person, places).values()) == {404}


def test_ids_of_another_chain_are_not_there(host, studio, room, kind, places):
    other = make_studio(make_chain("Other"))
    theirs = addresses(other, make_room(other), make_class_type(other.chain))
    own = studio.chain.public_id
    mixed = {
        name: theirs[name].replace(other.chain.public_id, own) for name in ("studio", "rooms", "room", "class type")
    }
    assert {name: ask(host, "get", path).status_code for name, path in mixed.items()} == dict.fromkeys(mixed, 404)


def test_administrators_of_the_platform_may_everything(places):
    admin = type(make_user("any")).objects.create_superuser("root@example.test", "x", handle="chief", name="Chief")
    assert set(everything(admin, places).values()) == {200, 201}


def test_manager_of_one_studio_keeps_that_one_alone(chain, studio, room, places):
    second = make_studio(chain, "Second Hall")
    manager = make_user("sue")
    make_staff(chain, manager, StaffRole.MANAGER, studio=studio)
    assert [row["id"] for row in ask(manager, "get", places["studios"]).json()["results"]] == [studio.public_id]
    assert ask(manager, "patch", places["studio"], {"about": "Warm."}).status_code == 200
    assert ask(manager, "patch", places["room"], {"capacity": 9}).status_code == 200
    assert ask(manager, "get", f"{chain.public_id}/studios/{second.public_id}").status_code == 404
    assert ask(manager, "get", places["class types"]).status_code == 404
    assert ask(manager, "post", places["studios"], NEW["studios"]).status_code == 403


def test_studio_is_opened_with_the_clocks_of_its_chain(host, chain):
    given = {"name": "East Hall", "city": "Basel", "late_cancel_minutes": 90, "late_cancel_fee": "4.50"}
    answer = ask(host, "post", f"{chain.public_id}/studios", given)
    studio = Studio.objects.in_chain(chain).get()
    assert answer.json() == RULES | given | {
        "id": studio.public_id,
        "slug": "east-hall",
        "about": "",
        "street": "",
        "country": "",
        "latitude": None,
        "longitude": None,
        "timezone": chain.time_zone,
        "open": True,
    }
    event = Event.objects.get(name="classes.studio.created")
    assert (event.actor, event.data) == (host, {"chain_id": chain.pk, "studio_id": studio.pk})


def test_studio_changes_what_is_sent(host, studio, places):
    answer = ask(host, "patch", places["studio"], {"timezone": "Europe/Berlin", "no_show_fee": "3"})
    assert (answer.json()["timezone"], answer.json()["no_show_fee"]) == ("Europe/Berlin", "3.00")
    event = Event.objects.get(name="classes.studio.changed")
    assert event.data["fields"] == ["no_show_fee", "time_zone"]


def test_studio_with_classes_to_come_stays_open(host, studio, places):
    make_session(studio)
    answer = ask(host, "delete", places["studio"])
    assert (answer.status_code, answer.json()["code"]) == (409, "has_classes")


def test_studio_closes_and_opens_again(host, studio, places):
    closed = ask(host, "delete", places["studio"])
    assert (closed.status_code, closed.json()["open"]) == (200, False)
    assert ask(host, "patch", places["studio"], {"open": True}).json()["open"] is True


def test_room_is_added_changed_and_closed(host, studio):
    path = f"{studio.chain.public_id}/studios/{studio.public_id}/rooms"
    made = ask(host, "post", path, {"name": "Upstairs", "capacity": 9})
    room = Room.objects.in_chain(studio.chain).get()
    shown = {"id": room.public_id, "studio": studio.public_id, "name": "Upstairs", "capacity": 9, "open": True}
    assert (made.status_code, made.json()) == (201, shown)
    own = f"{studio.chain.public_id}/rooms/{room.public_id}"
    assert ask(host, "patch", own, {"capacity": 12}).json() == shown | {"capacity": 12}
    assert ask(host, "delete", own).json() == shown | {"capacity": 12, "open": False}
    assert ask(host, "post", path, {"name": "Upstairs", "capacity": 3}).json()["code"] == "taken"


def test_class_type_is_added_changed_and_closed(host, chain):
    path = f"{chain.public_id}/class-types"
    made = ask(host, "post", path, {"title": "Slow flow", "interests": ["yoga"], "capacity": 14, "price": "18"})
    kind = ClassType.objects.in_chain(chain).get()
    shown = RULES | {
        "id": kind.public_id,
        "title": "Slow flow",
        "description": "",
        "interests": ["yoga"],
        "level": "all",
        "intensity": "moderate",
        "format": "in_person",
        "equipment": "",
        "minutes": 60,
        "capacity": 14,
        "price": "18.00",
        "open": True,
        "rating_average": None,
        "rating_count": 0,
    }
    assert (made.status_code, made.json()) == (201, shown)
    own = f"{path}/{kind.public_id}"
    assert ask(host, "patch", own, {"price": None, "min_participants": 3}).json() == shown | {
        "price": None,
        "min_participants": 3,
    }
    assert ask(host, "delete", own).json()["open"] is False
    assert ask(host, "post", path, {"title": "Slow flow", "capacity": 3}).json()["code"] == "taken"


@pytest.mark.parametrize(
    ("name", "verb", "body", "pointer"),
    [
        ("studios", "post", {"name": "East"}, "/city"),
        ("studio", "patch", {"timezone": "Mars/Olympus"}, "/timezone"),
        ("studio", "patch", {"country": "XX"}, "/country"),
        ("studio", "patch", {"latitude": 91}, "/latitude"),
        ("studio", "patch", {"late_cancel_minutes": -1}, "/late_cancel_minutes"),
        ("studio", "patch", {"slug": "mine"}, "/slug"),
        ("rooms", "post", {"name": "Upstairs", "capacity": 0}, "/capacity"),
        ("class types", "post", {"title": "Flow", "capacity": 5, "interests": ["chess"]}, "/interests/0"),
        ("class type", "patch", {"price": "-1"}, "/price"),
    ],
)
def test_bad_input_names_its_field(host, places, name, verb, body, pointer):
    answer = ask(host, verb, places[name], body)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (400, [pointer])


@pytest.mark.parametrize("name", ["studios", "rooms", "class types"])
def test_lists_cost_the_same_with_one_and_three(host, studio, places, name):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert len(ask(host, "get", places[name]).json()["results"]) == rows
        return len(queries)

    rows = 1
    first = count()
    for number in (2, 3):
        make = {"studios": make_studio, "rooms": make_room, "class types": make_class_type}[name]
        make(studio if name == "rooms" else studio.chain, f"Number {number}")
    rows = 3
    assert count() == first
