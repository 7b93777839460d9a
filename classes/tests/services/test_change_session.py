# ruff: noqa: DTZ001  wall time has no zone
from datetime import UTC, datetime, timedelta

import pytest

from classes.enums import StaffRole
from classes.errors import ClashError
from classes.models import Rsvp
from classes.services.rsvps import join_session, leaving_terms
from classes.services.session_changes import over_by_words
from classes.services.sessions import (
    cancel_session,
    cancel_sessions,
    change_capacity,
    change_session,
    move_session,
    substitute_instructor,
    swap_instructor,
)
from classes.tests.factories import NOW, make_chain, make_room, make_session, make_staff, make_studio, make_user
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


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
    make_staff(studio.chain, person, StaffRole.INSTRUCTOR)
    return person


@pytest.fixture
def session(studio, teacher):
    return make_session(studio, room=make_room(studio), instructor=teacher, capacity=2)


def names():
    found = Event.objects.filter(name__startswith="classes.session").order_by("id")
    return [name.removeprefix("classes.session.") for name in found.values_list("name", flat=True)]


def test_a_moved_class_is_free_to_leave_for_a_day(session, host):
    mia = make_user("mia")
    join_session(user=mia, session_id=session.pk, now=NOW)
    later = session.starts_at - timedelta(hours=1)
    moved = move_session(actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 18, 9, 0), now=later)
    assert (moved.starts_local, moved.starts_at, moved.moved_at) == (
        "2026-06-18T09:00",
        datetime(2026, 6, 18, 7, 0, tzinfo=UTC),
        later,
    )
    assert not leaving_terms(rsvp=Rsvp.objects.of_person(mia).get(), now=later).is_late
    event = Event.objects.get(name="classes.session.moved")
    assert event.data == {
        "session_id": session.pk,
        "chain_id": session.chain_id,
        "from_starts_at": "2026-06-17T06:00:00+00:00",
        "to_starts_at": "2026-06-18T07:00:00+00:00",
    }


def test_a_class_does_not_move_into_another(session, host, studio):
    busy = make_session(studio, room=session.room, starts_at=session.starts_at + timedelta(hours=3))
    with pytest.raises(ClashError) as clash:
        move_session(actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 17, 10, 30), now=NOW)
    assert (clash.value.field, clash.value.other) == ("room", busy)
    longer = move_session(
        actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 17, 8, 30), now=NOW, minutes=150
    )
    assert longer.ends_at == busy.starts_at


def test_moving_over_its_own_old_time_is_no_clash(session, host):
    move_session(actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 17, 8, 15), now=NOW)
    assert names() == ["moved"]


@pytest.mark.parametrize("moment", ["past", "cancelled"])
def test_what_is_past_or_cancelled_is_not_changed(session, host, moment):
    now = NOW
    if moment == "past":
        now = session.starts_at
    else:
        cancel_session(actor=host, session_id=session.pk, reason="Holiday", now=NOW)
    with pytest.raises(ConflictError):
        change_session(actor=host, session_id=session.pk, changes={"title": "New"}, now=now)


def test_a_class_does_not_move_into_the_past(session, host):
    with pytest.raises(DomainError) as refused:
        move_session(actor=host, session_id=session.pk, starts_local=datetime(2026, 6, 1, 9, 0), now=NOW)
    assert refused.value.field == "starts_local"


def test_who_stands_in_is_remembered_until_the_usual_one_is_back(session, host, teacher, studio):
    ben = make_user("ben")
    make_staff(studio.chain, ben, StaffRole.INSTRUCTOR)
    swapped = substitute_instructor(actor=host, session_id=session.pk, instructor=ben, now=NOW)
    assert (swapped.instructor, swapped.substitutes) == (ben, teacher)
    event = Event.objects.get(name="classes.session.substituted")
    assert (event.data["instructor_id"], event.data["substitutes_id"]) == (ben.pk, teacher.pk)
    back = substitute_instructor(actor=host, session_id=session.pk, instructor=teacher, now=NOW)
    assert (back.instructor, back.substitutes) == (teacher, None)


def test_nobody_stands_in_who_does_not_teach_here(session, host):
    with pytest.raises(DomainError, match="does not teach here"):
        substitute_instructor(actor=host, session_id=session.pk, instructor=make_user("mia"), now=NOW)


def test_more_seats_go_to_whoever_waits_in_order(session, host):
    people = [make_user(name) for name in ("ada", "ben", "cleo", "dan", "eve")]
    for person in people:
        join_session(user=person, session_id=session.pk, now=NOW)
    raised = change_capacity(actor=host, session_id=session.pk, capacity=4, now=NOW)
    assert (raised.confirmed, raised.waitlisted, raised.over_by) == (4, 1, 0)
    assert Rsvp.objects.of_person(people[4]).get().status == "waitlisted"
    event = Event.objects.get(name="classes.session.capacity_changed")
    assert (event.data["from_capacity"], event.data["to_capacity"]) == (2, 4)


def test_fewer_seats_than_people_send_nobody_away(session, host):
    people = [make_user(name) for name in ("ada", "ben", "cleo")]
    for person in people:
        join_session(user=person, session_id=session.pk, now=NOW)
    lowered = change_capacity(actor=host, session_id=session.pk, capacity=1, now=NOW)
    assert (lowered.confirmed, lowered.waitlisted, lowered.over_by, lowered.ceiling) == (2, 1, 1, 2)
    assert over_by_words(lowered) == "Over by 1: nobody is sent away, and nobody else gets in until it fits."
    fits = change_capacity(actor=host, session_id=session.pk, capacity=2, now=NOW)
    assert (over_by_words(fits), fits.waitlisted) == ("", 1)


def test_a_room_holds_no_more_than_it_does(session, host):
    with pytest.raises(DomainError, match="Hall 1 holds 20") as refused:
        change_capacity(actor=host, session_id=session.pk, capacity=21, now=NOW)
    assert refused.value.field == "capacity"


def test_nothing_changed_is_nothing_told(session, host):
    change_session(actor=host, session_id=session.pk, changes={"title": session.title}, now=NOW)
    assert names() == []


def test_what_is_said_of_it_changes_by_name(session, host):
    changed = change_session(actor=host, session_id=session.pk, changes={"title": "New", "level": "beginner"}, now=NOW)
    assert (changed.title, changed.version, changed.is_edited) == ("New", 2, False)
    event = Event.objects.get(name="classes.session.changed")
    assert event.data["fields"] == ["title", "level"]


def test_what_a_class_does_not_have_is_a_mistake_in_the_code(session, host):
    with pytest.raises(TypeError):
        change_session(actor=host, session_id=session.pk, changes={"confirmed": 3}, now=NOW)


def test_its_instructor_changes_a_class_and_a_member_does_not(session, teacher):
    change_session(actor=teacher, session_id=session.pk, changes={"equipment": "Mat"}, now=NOW)
    with pytest.raises(NotAllowedError):
        change_session(actor=make_user("mia"), session_id=session.pk, changes={"equipment": "Gold"}, now=NOW)


def test_many_are_given_to_somebody_else_or_none(session, host, teacher, studio):
    ben = make_user("ben")
    make_staff(studio.chain, ben, StaffRole.INSTRUCTOR)
    other = make_session(studio, instructor=teacher, starts_at=NOW + timedelta(days=3))
    past = make_session(studio, instructor=teacher, starts_at=NOW - timedelta(days=3))
    ids = [session.pk, other.pk, past.pk]
    make_session(studio, instructor=ben, starts_at=other.starts_at)
    with pytest.raises(ClashError):
        swap_instructor(actor=host, session_ids=ids, instructor=ben, reason="Ill", now=NOW)
    session.refresh_from_db()
    assert session.instructor == teacher
    assert [
        one.pk for one in swap_instructor(actor=host, session_ids=ids, instructor=None, reason="Well", now=NOW)
    ] == ids[:2]


def test_many_are_cancelled_with_one_reason(session, host, studio):
    other = make_session(studio, starts_at=NOW + timedelta(days=3))
    past = make_session(studio, starts_at=NOW - timedelta(days=3))
    done = cancel_sessions(actor=host, session_ids=[session.pk, other.pk, past.pk], reason="Holidays", now=NOW)
    assert [one.cancel_reason for one in done] == ["Holidays", "Holidays"]
    past.refresh_from_db()
    assert past.status == "scheduled"
