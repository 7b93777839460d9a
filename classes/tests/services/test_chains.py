"""Chains, studios, rooms and class types through their services."""

from functools import partial

import pytest

from accounts.tests.factories import UserFactory
from classes.enums import StaffRole
from classes.services.chains import create_chain, edit_chain
from classes.services.places import (
    create_class_type,
    create_room,
    create_studio,
    edit_class_type,
    edit_room,
    edit_studio,
)
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
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def manager(chain):
    person = make_user("manager")
    make_staff(chain, person, StaffRole.MANAGER)
    return person


@pytest.fixture
def house():
    return UserFactory(is_superuser=True)


def facts(name):
    return [fact.data for fact in Event.objects.filter(name=name)]


def test_the_house_opens_a_chain_for_its_owner(house):
    owner = make_user("owner")

    chain = create_chain(actor=house, owner=owner, name="Ufer Körper", reason="Signed.", now=NOW, domain=" ")

    assert (chain.slug, chain.domain) == ("ufer-korper", None)
    assert owner.chain_roles.get().role == StaffRole.OWNER
    assert facts("classes.chain.created") == [{"chain_id": chain.pk, "reason": "Signed."}]
    assert len(facts("classes.staff.granted")) == 1


def test_nobody_else_opens_a_chain(manager):
    with pytest.raises(NotAllowedError):
        create_chain(actor=manager, owner=manager, name="Mine", reason="I want to.", now=NOW)


def test_a_manager_edits_brand_and_rules(chain, manager):
    changes = {"name": "Limmat", "colour": "#1F6B45", "late_cancel_minutes": 240, "is_open_claim": True}

    edited = edit_chain(actor=manager, chain_id=chain.pk, changes=changes, now=NOW)

    edited.refresh_from_db()
    assert (edited.name, edited.late_cancel_minutes, edited.is_open_claim) == ("Limmat", 240, True)
    assert facts("classes.chain.changed") == [{"chain_id": chain.pk, "fields": sorted(changes), "reason": ""}]


def test_an_edit_that_changes_nothing_is_no_fact(chain, manager):
    edit_chain(actor=manager, chain_id=chain.pk, changes={"name": chain.name}, now=NOW)

    assert facts("classes.chain.changed") == []


@pytest.mark.parametrize("field", ["domain", "currency", "slug", "is_active", "public_id", "id"])
def test_what_is_the_houses_a_manager_does_not_change(chain, manager, field):
    with pytest.raises(DomainError) as refusal:
        edit_chain(actor=manager, chain_id=chain.pk, changes={field: "x"}, now=NOW)
    assert (refusal.value.code, refusal.value.field) == ("unknown_field", field)


def test_the_house_gives_a_domain_with_a_reason(chain, house):
    give = partial(edit_chain, actor=house, chain_id=chain.pk, changes={"domain": "Limmat.example"}, now=NOW)

    with pytest.raises(DomainError):
        give()
    assert give(reason="Theirs since May.").domain == "limmat.example"

    with pytest.raises(ConflictError) as refusal:
        edit_chain(
            actor=house, chain_id=make_chain("Two").pk, changes={"domain": "limmat.example"}, reason="Too.", now=NOW
        )
    assert (refusal.value.code, refusal.value.field) == ("taken", "domain")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"colour": "green"}, "colour"), ({"time_zone": "Zürich"}, "time_zone"), ({"offer_minutes": 0}, "offer_minutes")],
)
def test_what_the_model_refuses_is_said_by_field(chain, manager, changes, field):
    with pytest.raises(DomainError) as refusal:
        edit_chain(actor=manager, chain_id=chain.pk, changes=changes, now=NOW)
    assert refusal.value.field == field


def test_strangers_and_staff_of_others_edit_nothing(chain):
    stranger = make_user("stranger")
    make_staff(make_chain("Other"), stranger, StaffRole.OWNER)
    studio = make_studio(chain)
    room, kind = make_room(studio), make_class_type(chain)
    act = {"actor": stranger, "now": NOW}

    for refused in (
        lambda: edit_chain(chain_id=chain.pk, changes={"name": "Mine"}, **act),
        lambda: create_studio(chain_id=chain.pk, name="Mine", city="Bern", **act),
        lambda: edit_studio(studio_id=studio.pk, changes={"name": "Mine"}, **act),
        lambda: create_room(studio_id=studio.pk, name="Mine", capacity=1, **act),
        lambda: edit_room(room_id=room.pk, changes={"name": "Mine"}, **act),
        lambda: create_class_type(chain_id=chain.pk, title="Mine", capacity=1, **act),
        lambda: edit_class_type(class_type_id=kind.pk, changes={"title": "Mine"}, **act),
    ):
        with pytest.raises(NotAllowedError):
            refused()


def test_a_studio_with_its_room(chain, manager):
    studio = create_studio(actor=manager, chain_id=chain.pk, name="Lake House", city="Zürich", now=NOW)
    again = create_studio(actor=manager, chain_id=chain.pk, name="Lake House", city="Zürich", now=NOW)
    room = create_room(actor=manager, studio_id=studio.pk, name="Mat room", capacity=14, now=NOW)

    assert (studio.slug, studio.time_zone) == ("lake-house", chain.time_zone)
    assert again.slug.startswith("lake-house-")
    assert room.chain_id == chain.pk
    assert {"chain_id": chain.pk, "studio_id": studio.pk} in facts("classes.studio.created")
    assert facts("classes.room.created") == [{"chain_id": chain.pk, "room_id": room.pk}]
    with pytest.raises(ConflictError):
        create_room(actor=manager, studio_id=studio.pk, name="Mat room", capacity=9, now=NOW)


def test_who_manages_a_studio_edits_it_and_no_other(chain):
    mine, other = make_studio(chain), make_studio(chain, "Other")
    person = make_user("person")
    make_staff(chain, person, StaffRole.MANAGER, mine)

    edit_studio(actor=person, studio_id=mine.pk, changes={"about": "By the river."}, now=NOW)

    assert facts("classes.studio.changed") == [
        {"chain_id": chain.pk, "studio_id": mine.pk, "fields": ["about"], "reason": ""}
    ]
    with pytest.raises(NotAllowedError):
        edit_studio(actor=person, studio_id=other.pk, changes={"about": "Mine too."}, now=NOW)


def test_places_with_classes_to_come_stay_open(chain, manager):
    studio = make_studio(chain)
    room = make_room(studio)
    session = make_session(studio, room=room)
    close = {"actor": manager, "changes": {"is_active": False}, "now": NOW}

    for refused in (lambda: edit_studio(studio_id=studio.pk, **close), lambda: edit_room(room_id=room.pk, **close)):
        with pytest.raises(ConflictError) as refusal:
            refused()
        assert refusal.value.code == "has_classes"

    session.status = "cancelled"
    session.save()
    assert not edit_room(room_id=room.pk, **close).is_active
    assert not edit_studio(studio_id=studio.pk, **close).is_active
    assert facts("classes.room.changed") == [
        {"chain_id": chain.pk, "room_id": room.pk, "fields": ["is_active"], "reason": ""}
    ]


def test_half_a_point_is_none(chain, manager):
    with pytest.raises(DomainError):
        create_studio(actor=manager, chain_id=chain.pk, name="Half", city="Bern", latitude=47.0, now=NOW)


def test_class_types_have_one_title_each(chain, manager):
    about = {"title": "Slow Flow", "interests": ["yoga"], "capacity": 12}
    kind = create_class_type(actor=manager, chain_id=chain.pk, now=NOW, **about)

    with pytest.raises(ConflictError):
        create_class_type(actor=manager, chain_id=chain.pk, now=NOW, **about)
    with pytest.raises(DomainError):
        edit_class_type(actor=manager, class_type_id=kind.pk, changes={"interests": ["napping"]}, now=NOW)
    edit_class_type(actor=manager, class_type_id=kind.pk, changes={"capacity": 16}, now=NOW)

    assert facts("classes.class_type.created") == [{"chain_id": chain.pk, "class_type_id": kind.pk}]
    assert facts("classes.class_type.changed") == [
        {"chain_id": chain.pk, "class_type_id": kind.pk, "fields": ["capacity"], "reason": ""}
    ]
