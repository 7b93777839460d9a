"""The pages on which a chain is furnished: staff of another chain, and staff below a manager, find nothing there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from classes.enums import StaffRole
from classes.models import ClassType, Room, Studio
from classes.tests.factories import (
    make_chain,
    make_class_type,
    make_room,
    make_session,
    make_staff,
    make_studio,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def studio(chain):
    return make_studio(chain)


@pytest.fixture
def signed_in(client, chain):
    def sign_in(role, studio=None, where=None):
        person = make_user(f"a_{role}")
        make_staff(where or chain, person, role, studio)
        client.force_login(person)
        return client

    return sign_in


def address(name, chain, *more):
    return reverse(f"classes:host-{name}", args=[chain.slug, *(row.public_id for row in more)])


def every_page(chain, studio):
    room, kind = make_room(studio), make_class_type(chain)
    return [
        address("brand", chain),
        address("studios", chain),
        address("studio-new", chain),
        address("studio", chain, studio),
        address("room-new", chain, studio),
        address("room", chain, room),
        address("class-types", chain),
        address("class-type-new", chain),
        address("class-type", chain, kind),
        address("staff", chain),
    ]


def every_switch(chain):
    return [
        address("studio-switch", chain, Studio.objects.in_chain(chain).get()),
        address("room-switch", chain, Room.objects.in_chain(chain).get()),
        address("class-type-switch", chain, ClassType.objects.in_chain(chain).get()),
    ]


def test_a_manager_sees_every_page(chain, studio, signed_in):
    client = signed_in(StaffRole.MANAGER)
    assert [client.get(url).status_code for url in every_page(chain, studio)] == [200] * 10


@pytest.mark.parametrize("role", [StaffRole.DESK, StaffRole.INSTRUCTOR])
def test_other_staff_see_none_of_them(chain, studio, signed_in, role):
    client = signed_in(role)
    assert {client.get(url).status_code for url in every_page(chain, studio)} == {404}
    assert {client.post(url).status_code for url in every_switch(chain)} == {404}
    assert "Brand and rules" not in client.get(reverse("classes:host-chain", args=[chain.slug])).content.decode()


def test_an_owner_of_another_chain_sees_none_of_them(chain, studio, signed_in):
    other = make_chain("Spree Strength")
    client = signed_in(StaffRole.OWNER, where=other)
    assert {client.get(url).status_code for url in every_page(chain, studio)} == {404}
    assert {client.post(url).status_code for url in every_switch(chain)} == {404}
    # Nor through their own chain.
    assert client.get(address("studio", other, studio)).status_code == 404
    assert client.post(address("studio-switch", other, studio)).status_code == 404
    assert client.get(address("room", other, Room.objects.in_chain(chain).get())).status_code == 404


def test_visitors_are_asked_to_sign_in(client, chain, studio):
    assert {client.get(url).status_code for url in every_page(chain, studio)} == {302}


def test_who_manages_one_studio_edits_that(chain, studio, signed_in):
    other = make_studio(chain, "Other")
    client = signed_in(StaffRole.MANAGER, studio)

    text = client.get(address("studios", chain)).content.decode()
    assert studio.name in text
    assert "Other" not in text
    assert client.get(address("studio", chain, studio)).status_code == 200
    assert client.get(address("studio", chain, other)).status_code == 404
    assert client.get(address("room", chain, make_room(other))).status_code == 404
    assert client.get(address("studio-new", chain)).status_code == 404
    assert client.get(address("brand", chain)).status_code == 404


def brand_values(chain, **more):
    return {"name": chain.name, "about": "", "email": "", "colour": "", "time_zone": chain.time_zone} | more


def test_brand_and_rules_are_saved(chain, signed_in):
    client = signed_in(StaffRole.OWNER)
    given = brand_values(chain, colour="#1F6B45", late_cancel_minutes="240", is_open_claim="yes", grace_minutes="0")

    answer = client.post(address("brand", chain), given)

    assert answer.status_code == 302
    chain.refresh_from_db()
    assert (chain.colour, chain.late_cancel_minutes, chain.is_open_claim) == ("#1F6B45", 240, True)
    assert (chain.grace_minutes, chain.offer_minutes) == (0, None)

    client.post(address("brand", chain), brand_values(chain, is_open_claim=""))
    chain.refresh_from_db()
    assert (chain.is_open_claim, chain.late_cancel_minutes) == (None, None)


def test_what_is_wrong_stands_beside_its_field(chain, signed_in):
    client = signed_in(StaffRole.OWNER)

    answer = client.post(address("brand", chain), brand_values(chain, colour="green", name="Typed name"))

    assert answer.status_code == 422
    assert "Typed name" in answer.content.decode()
    assert "As #1F6B45." in answer.content.decode()


def test_a_page_says_what_holds_when_nothing_is_said(chain, studio, signed_in):
    chain.late_cancel_minutes, chain.name = 240, "Limmat & Co"
    chain.save()
    client = signed_in(StaffRole.OWNER)

    text = client.get(address("studio", chain, studio)).content.decode()

    assert "Left empty: 4 h, from Limmat &amp; Co." in text
    assert "Left empty: 60 days, as the platform has it." in text
    assert "Left empty: no fee, as the platform has it." in text


def test_a_studio_with_a_room_is_added_and_closed(chain, signed_in):
    client = signed_in(StaffRole.MANAGER)
    client.post(address("studio-new", chain), {"name": "Lake House", "city": "Zürich", "time_zone": "Europe/Zurich"})
    studio = Studio.objects.in_chain(chain).get()
    client.post(address("room-new", chain, studio), {"name": "Mat room", "capacity": "14"})
    room = Room.objects.in_chain(chain).get()

    assert client.post(address("room", chain, room), {"name": "Mat room", "capacity": "0"}).status_code == 422
    client.post(address("room", chain, room), {"name": "Quiet room", "capacity": "12"})
    client.post(address("room-switch", chain, room))
    client.post(address("studio-switch", chain, studio))

    room.refresh_from_db()
    studio.refresh_from_db()
    assert (room.name, room.capacity, room.is_active, studio.is_active) == ("Quiet room", 12, False, False)


def test_a_second_room_of_one_name_is_refused_in_words(chain, studio, signed_in):
    make_room(studio, "Mat room")
    client = signed_in(StaffRole.MANAGER)

    answer = client.post(address("room-new", chain, studio), {"name": "Mat room", "capacity": "14"})

    assert answer.status_code == 422
    assert Room.objects.in_chain(chain).count() == 1


def test_a_studio_with_classes_to_come_says_why_it_stays(chain, studio, signed_in):
    make_session(studio, starts_at=timezone.now() + timedelta(days=1))
    client = signed_in(StaffRole.MANAGER)

    answer = client.post(address("studio-switch", chain, studio), follow=True)

    assert "There are classes to come here." in answer.content.decode()


def test_a_class_type_is_added_changed_and_retired(chain, signed_in):
    client = signed_in(StaffRole.MANAGER)
    given = {
        "title": "Slow Flow",
        "interests": ["yoga", "mobility"],
        "level": "beginner",
        "intensity": "easy",
        "format": "in_person",
        "minutes": "75",
        "capacity": "12",
        "price": "22.50",
    }
    client.post(address("class-type-new", chain), given)
    kind = ClassType.objects.in_chain(chain).get()
    assert (kind.interests, str(kind.price)) == (["yoga", "mobility"], "22.50")
    assert "CHF 22.50" in client.get(address("class-types", chain)).content.decode()

    client.post(address("class-type", chain, kind), given | {"price": ""})
    client.post(address("class-type-switch", chain, kind))
    kind.refresh_from_db()
    assert (kind.price, kind.is_active) == (None, False)
    assert "Free" in client.get(address("class-types", chain)).content.decode()
