"""Each list of the back office of classes: three rows cost what one costs, and nothing counts what is big."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from classes.enums import RsvpStatus, StaffRole
from classes.models import Outing, PeerReview, SeatHandOn, Series, SessionRating
from classes.tests.factories import (
    NOW,
    make_chain,
    make_class_type,
    make_room,
    make_rsvp,
    make_session,
    make_staff,
    make_studio,
    make_user,
)

pytestmark = pytest.mark.django_db
LISTS = (
    "chain",
    "chainstaff",
    "classtype",
    "outing",
    "peerreview",
    "room",
    "rsvp",
    "seathandon",
    "series",
    "session",
    "sessionrating",
    "studio",
)


def one_of_each(number):
    """A chain with one row in each list, nothing shared with the chain before it."""
    chain = make_chain(f"Chain {number}")
    studio = make_studio(chain, f"Studio {number}")
    room, kind, teacher, ada = (
        make_room(studio),
        make_class_type(chain),
        make_user(f"teacher{number}"),
        make_user(f"ada{number}"),
    )
    make_staff(chain, teacher, StaffRole.INSTRUCTOR, studio)
    series = Series.objects.create(
        chain=chain, studio=studio, class_type=kind, room=room, instructor=teacher, rule="FREQ=WEEKLY;BYDAY=MO",
        starts_local="2026-06-15T18:00", time_zone="Europe/Zurich", minutes=60, capacity=9,
    )  # fmt: skip
    session = make_session(studio, room=room, instructor=teacher, series=series)
    seat = make_rsvp(session, ada, RsvpStatus.ATTENDED)
    SessionRating.objects.create(
        chain=chain, rsvp=seat, session=session, class_type=kind, author=ada, stars=4, rated_at=NOW
    )
    PeerReview.objects.create(session=session, author=ada, subject=teacher, text="Thanks", written_at=NOW)
    until = NOW + timedelta(days=1)
    Outing.objects.create(chain=chain, session=session, proposer=ada, proposed_at=NOW, expires_at=until)
    SeatHandOn.objects.create(chain=chain, rsvp=seat, friend=teacher, asked_at=NOW, expires_at=until)
    return chain


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(roles_held=[Role.ADMIN], handle="admin"))
    return client


def statements(client, name, query=""):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse(f"admin:classes_{name}_changelist") + query).status_code == 200
    return [each["sql"] for each in asked]


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_what_one_costs(admin, name):
    one_of_each(1)
    statements(admin, name)
    first = len(statements(admin, name))
    one_of_each(2)
    one_of_each(3)
    assert len(statements(admin, name)) == first


@pytest.mark.parametrize("name", ["rsvp", "session"])
def test_what_is_big_is_never_counted(admin, name):
    one_of_each(1)
    table = f"classes_{name}"
    asked = statements(admin, name, "?q=ada")
    assert [sql for sql in asked if "COUNT(" in sql and table in sql] == []


@pytest.mark.parametrize("name", [name for name in LISTS if name not in {"chain", "peerreview"}])
def test_under_the_domain_of_a_chain_its_rows_alone_are_shown(admin, name, settings):
    settings.ALLOWED_HOSTS = ["*"]
    chain, other = one_of_each(1), one_of_each(2)
    chain.domain = "chain-one.example"
    chain.save()
    address = reverse(f"admin:classes_{name}_changelist")
    own = admin.get(address, headers={"host": chain.domain}).context["cl"].result_list
    assert {row.chain_id for row in own} == {chain.pk}
    everything = admin.get(address).context["cl"].result_list
    assert {row.chain_id for row in everything} == {chain.pk, other.pk}


@pytest.mark.parametrize("name", LISTS)
def test_every_page_of_one_row_opens(admin, name):
    one_of_each(1)
    row = admin.get(reverse(f"admin:classes_{name}_changelist")).context["cl"].result_list[0]
    assert admin.get(reverse(f"admin:classes_{name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_members_are_sent_away_from_every_list(client, name):
    client.force_login(make_user("member"))
    assert client.get(reverse(f"admin:classes_{name}_changelist")).status_code == 302
