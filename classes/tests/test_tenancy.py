"""TEN-1: no statement reads or writes the rows of every chain by accident."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from classes.enums import StaffRole
from classes.models import Chain, ChainStaff, ClassType, Room, Rsvp, Series, Session, SessionRating, Studio
from classes.tenancy import TenantModel, TenantQuerySet, UnscopedQueryError
from classes.tests.factories import make_chain, make_room, make_session, make_staff, make_studio, make_user

pytestmark = pytest.mark.django_db
TENANTS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
STATEMENTS = {
    "list": list,
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values("pk")),
    "update": lambda rows: rows.update(pk=1),
    "delete": lambda rows: rows.delete(),
    "filtered": lambda rows: list(rows.filter(pk=1)),
    "ordered and cut": lambda rows: list(rows.order_by("pk")[:5]),
}


@pytest.mark.parametrize("model", TENANTS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_without_a_scope_is_refused(model, statement):
    with pytest.raises(UnscopedQueryError, match="Name a scope"):
        STATEMENTS[statement](model.objects.all())


@pytest.mark.parametrize("model", TENANTS, ids=lambda model: model.__name__)
def test_with_a_scope_it_runs(model):
    chain = make_chain()
    for rows in (model.objects.in_chain(chain), model.objects.across_chains(), model.objects.open_to_all()):
        assert rows.count() == len(list(rows.filter(pk__gt=0))) == 0
        assert not rows.exists()
    assert list(model.objects.none()) == []


def test_every_model_with_a_chain_is_a_tenants():
    """Whoever adds a model of a chain cannot forget it."""
    carry = {
        model
        for model in apps.get_models()
        if any(field.name == "chain" and field.related_model is Chain for field in model._meta.get_fields())
    }
    # A kitchen names the chain for which it takes the money of seats; it is the house's, as are its orders.
    assert {model._meta.label for model in carry - set(TENANTS)} <= {"orders.Kitchen"}
    assert set(TENANTS) <= carry
    assert {ChainStaff, ClassType, Room, Rsvp, Series, Session, SessionRating, Studio} <= carry
    assert all(isinstance(model.objects.all(), TenantQuerySet) for model in TENANTS)


def test_product_code_asks_for_everything_nowhere():
    """`everything` is for Django's machinery. The back office says `across_chains`, aloud."""
    found = []
    for path in Path(settings.BASE_DIR).rglob("*.py"):
        inside = path.relative_to(settings.BASE_DIR).parts
        if {"tests", "migrations", "admin", ".venv", "var", "node_modules"} & set(inside):
            continue
        if re.search(r"\.everything\b", path.read_text(encoding="utf-8")):
            found.append("/".join(inside))
    assert found == []


@pytest.fixture
def two():
    mine, other = make_chain(), make_chain("Spree Strength")
    return make_session(make_studio(mine)), make_session(make_studio(other))


def test_a_chain_is_given_as_row_or_id(two):
    mine, _other = two
    assert list(Session.objects.in_chain(mine.chain)) == list(Session.objects.in_chain(mine.chain_id)) == [mine]


def test_staff_read_their_chains_and_no_other(two):
    mine, other = two
    person = make_user("person")
    row = make_staff(mine.chain, person, StaffRole.DESK)

    assert list(Session.objects.of_staff(person)) == [mine]
    assert list(Session.objects.of_staff(person, {StaffRole.DESK, StaffRole.OWNER})) == [mine]
    assert list(Session.objects.of_staff(person, {StaffRole.OWNER})) == []
    make_staff(other.chain, person, StaffRole.OWNER)
    assert list(Session.objects.of_staff(person, {StaffRole.OWNER})) == [other]

    row.is_active = False
    row.save()
    assert list(Session.objects.of_staff(person)) == [other]


def test_a_closed_chain_is_open_to_nobody(two):
    mine, other = two
    other.chain.is_active = False
    other.chain.save()
    owner = make_user("owner")
    make_staff(other.chain, owner, StaffRole.OWNER)

    assert list(Session.objects.open_to_all()) == [mine]
    assert list(Session.objects.of_staff(owner)) == []


def test_own_rows_are_read_across_chains(two):
    person = make_user("person")
    for session in two:
        Rsvp.objects.create(
            chain=session.chain, session=session, user=person, status="waitlisted", joined_at=session.starts_at
        )

    assert Rsvp.objects.of_person(person).count() == 2
    assert Rsvp.objects.of_person(make_user("other")).count() == 0


def test_what_is_reached_from_a_row_is_within_its_scope(two):
    mine, other = two
    make_room(mine.studio)
    make_room(other.studio)

    assert [room.studio for room in mine.studio.rooms.all()] == [mine.studio]
    assert mine.chain.studios.count() == 1
    with pytest.raises(UnscopedQueryError):
        list(Room.objects.filter(studio=mine.studio))
