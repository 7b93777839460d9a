# ruff: noqa: DTZ001  wall time has no zone
from datetime import UTC, datetime

import pytest

from classes.enums import StaffRole
from classes.errors import ClashError
from classes.models import Session
from classes.services.rsvps import join_session
from classes.services.sessions import cancel_session, schedule_session
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
TUESDAY = datetime(2026, 6, 16, 18, 0)


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def host(studio):
    person = make_user("hanna")
    make_staff(studio.chain, person, StaffRole.MANAGER)
    return person


@pytest.fixture
def teacher(studio):
    person = make_user("tom")
    make_staff(studio.chain, person, StaffRole.INSTRUCTOR, studio)
    return person


@pytest.fixture
def schedule(studio, host, teacher):
    """`schedule()` puts gentle yoga into hall 1 on Tuesday at six; arguments change that."""
    usual = {
        "actor": host,
        "studio": studio,
        "class_type": make_class_type(studio.chain),
        "starts_local": TUESDAY,
        "room": make_room(studio),
        "instructor": teacher,
        "now": NOW,
    }
    return lambda **other: schedule_session(**(usual | other))


def test_a_class_is_on_the_timetable_at_wall_time(schedule, studio, host):
    session = schedule(title="Yoga for runners", minutes=75, capacity=8)
    session.refresh_from_db()
    assert (session.starts_local, session.time_zone) == ("2026-06-16T18:00", "Europe/Zurich")
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 6, 16, 16, 0, tzinfo=UTC),
        datetime(2026, 6, 16, 17, 15, tzinfo=UTC),
    )
    assert (session.title, session.interests, session.capacity, session.ceiling) == ("Yoga for runners", ["yoga"], 8, 8)
    event = Event.objects.get(name="classes.session.scheduled")
    assert event.data == {"session_id": session.pk, "chain_id": studio.chain_id, "series_id": None}
    assert event.actor == host


def test_an_instructor_schedules_in_the_own_studio_alone(schedule, studio, teacher):
    assert schedule(actor=teacher).pk
    other = make_studio(studio.chain, "Hall West")
    with pytest.raises(NotAllowedError):
        schedule(actor=teacher, studio=other, room=None)


def test_a_member_and_staff_of_another_chain_may_not(schedule):
    elsewhere = make_user("elsa")
    make_staff(make_chain("Other"), elsewhere, StaffRole.OWNER)
    for person in (make_user("mia"), elsewhere):
        with pytest.raises(NotAllowedError):
            schedule(actor=person)
    assert not Session.objects.across_chains().exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_local": datetime(2026, 6, 15, 8, 0)}, "starts_local"),
        ({"capacity": 21}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": -60}, "minutes"),
        ({"minutes": 10**9}, "minutes"),
        ({"title": ""}, "title"),
        ({"price": -1}, "price"),
        ({"interests": ["chess"]}, "interests"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(schedule, changes, field):
    with pytest.raises(DomainError) as refused:
        schedule(**changes)
    assert refused.value.field == field


def test_all_must_be_of_the_chain(schedule):
    other = make_studio(make_chain("Other"))
    wrong = {"room": make_room(other), "class_type": make_class_type(other.chain), "instructor": make_user("stranger")}
    for field, value in wrong.items():
        with pytest.raises(DomainError) as refused:
            schedule(**{field: value})
        assert refused.value.field == field


def test_who_lost_the_role_gives_no_class(schedule, teacher):
    teacher.chain_roles.update(is_active=False)
    with pytest.raises(DomainError, match="Tom does not teach here"):
        schedule()


def test_what_a_class_does_not_have_is_a_mistake_in_the_code(schedule):
    with pytest.raises(TypeError, match="colour"):
        schedule(colour="green")


def test_a_room_holds_one_class_at_a_time(schedule):
    first = schedule()
    with pytest.raises(ClashError, match="Hall 1 is taken: Gentle Yoga, Tuesday 16 June from 18:00 to 19:00") as clash:
        schedule(starts_local=datetime(2026, 6, 16, 18, 59), instructor=None)
    assert (clash.value.field, clash.value.other) == ("room", first)
    assert schedule(starts_local=datetime(2026, 6, 16, 19, 0)).pk


def test_an_instructor_teaches_one_class_at_a_time(schedule, studio):
    first = schedule()
    with pytest.raises(ClashError, match="Tom teaches Gentle Yoga") as clash:
        schedule(room=make_room(studio, "Hall 2"))
    assert (clash.value.field, clash.value.other) == ("instructor", first)


def test_of_another_chain_no_more_is_said_than_that_there_is_a_class(schedule, teacher):
    other = make_studio(make_chain("Secret Gym"))
    make_session(other, starts_at=datetime(2026, 6, 16, 16, 30, tzinfo=UTC), instructor=teacher, title="Secret")
    with pytest.raises(ClashError, match="Tom teaches elsewhere") as clash:
        schedule()
    assert "Secret" not in clash.value.message


def test_a_cancelled_class_is_in_nobodys_way(schedule, host):
    cancel_session(actor=host, session_id=schedule().pk, reason="Burst pipe", now=NOW)
    assert schedule().pk


def test_cancelling_says_why_and_once_is_enough(schedule, host):
    session = schedule()
    done = cancel_session(actor=host, session_id=session.pk, reason="  Burst\npipe ", now=NOW)
    assert (done.status, done.cancelled_at, done.cancel_reason) == ("cancelled", NOW, "Burst pipe")
    cancel_session(actor=host, session_id=session.pk, reason="Again", now=NOW)
    event = Event.objects.get(name="classes.session.cancelled")
    assert event.data == {
        "session_id": session.pk,
        "chain_id": session.chain_id,
        "reason": "Burst pipe",
        "user_ids": [],
    }


def test_everybody_is_out_of_a_cancelled_class_and_will_be_told(schedule, host):
    session = schedule(capacity=1)
    people = [make_user("mia"), make_user("ben")]
    for person in people:
        join_session(user=person, session_id=session.pk, now=NOW)
    done = cancel_session(actor=host, session_id=session.pk, reason="Burst pipe", now=NOW)
    assert (done.confirmed, done.waitlisted) == (0, 0)
    assert set(done.rsvps.values_list("status", flat=True)) == {"cancelled"}
    event = Event.objects.get(name="classes.session.cancelled")
    assert event.data["user_ids"] == [person.pk for person in people]


@pytest.mark.parametrize("reason", ["  ", "x" * 501])
def test_without_a_reason_nothing_is_cancelled(schedule, host, reason):
    with pytest.raises(DomainError) as refused:
        cancel_session(actor=host, session_id=schedule().pk, reason=reason, now=NOW)
    assert refused.value.field == "reason"


def test_what_has_begun_is_not_cancelled(schedule, host):
    session = schedule()
    with pytest.raises(ConflictError, match="has begun"):
        cancel_session(actor=host, session_id=session.pk, reason="Late", now=session.starts_at)


def test_a_member_cancels_nothing(schedule):
    with pytest.raises(NotAllowedError):
        cancel_session(actor=make_user("mia"), session_id=schedule().pk, reason="Fun", now=NOW)
