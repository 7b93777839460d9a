# ruff: noqa: DTZ001  wall time has no zone
"""Twenty hosts at once, with real threads and real transactions on PostgreSQL (CLS-14)."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from classes.enums import StaffRole
from classes.errors import ClashError
from classes.models import Series, Session
from classes.services.series import create_series, horizon, make_sessions
from classes.services.sessions import schedule_session
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
from fitfoodie.common.tests.races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.OWNER)
    return person


def booking(studio, host, **other):
    usual = {
        "actor": host,
        "studio": studio,
        "class_type": studio.chain.class_types.first() or make_class_type(studio.chain),
        "starts_local": datetime(2026, 6, 16, 18, 0),
        "room": None,
        "instructor": None,
        "now": NOW,
    }
    return partial(schedule_session, **(usual | other))


def test_twenty_hosts_who_want_one_room_get_it_once(studio, host):
    room = make_room(studio)
    results = at_once([booking(studio, host, room=room) for _ in range(20)])
    assert len([one for one in results if isinstance(one, Session)]) == 1
    assert [one.field for one in results if isinstance(one, ClashError)] == ["room"] * 19


def test_twenty_classes_for_one_instructor_are_one(studio, host):
    rooms = [make_room(studio, f"Hall {number}") for number in range(20)]
    results = at_once([booking(studio, host, room=room, instructor=host) for room in rooms])
    assert len([one for one in results if isinstance(one, Session)]) == 1
    assert [one.field for one in results if isinstance(one, ClashError)] == ["instructor"] * 19


def test_rooms_and_instructors_crosswise_lock_nobody_out(studio, host):
    other = make_user("tom")
    make_staff(studio.chain, other, StaffRole.INSTRUCTOR)
    one, two = make_room(studio, "One"), make_room(studio, "Two")
    calls = [booking(studio, host, room=one, instructor=host), booking(studio, host, room=two, instructor=other)]
    calls += [booking(studio, host, room=two, instructor=host), booking(studio, host, room=one, instructor=other)]
    results = at_once(calls * 5)
    assert len([result for result in results if isinstance(result, Session)]) == 2


def test_the_task_run_by_all_workers_makes_each_occurrence_once(studio, host):
    series = create_series(
        actor=host,
        class_type=make_class_type(studio.chain),
        studio=studio,
        room=make_room(studio),
        instructor=host,
        rule="FREQ=WEEKLY;BYDAY=MO,WE",
        starts_local=datetime(2026, 6, 16, 18, 0),
        minutes=60,
        capacity=10,
        now=NOW,
    )
    before = series.sessions.count()
    later = NOW + timedelta(weeks=2)
    results = at_once([partial(make_sessions, until=horizon(later), now=later)] * 10)
    assert sorted(results) == [0] * 9 + [4]
    assert Session.objects.across_chains().count() == before + 4
    assert Series.objects.across_chains().get().made_until == horizon(later)


@pytest.mark.parametrize("column", ["room", "instructor"])
def test_the_database_refuses_what_the_services_would(studio, host, column):
    both = {"room": make_room(studio)} if column == "room" else {"instructor": host}
    make_session(studio, **both)
    with pytest.raises(IntegrityError, match=f"classes_session_{column}_once"), transaction.atomic():
        make_session(studio, starts_at=NOW + timedelta(days=2, minutes=59), **both)
    assert make_session(studio, starts_at=NOW + timedelta(days=2, minutes=60), **both).pk
    assert make_session(studio, status="cancelled", **both).pk
