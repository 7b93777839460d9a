"""The back office of the timetable: many at once, by the services."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from classes.enums import StaffRole
from classes.models import Series, Session
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


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(roles_held=[Role.ADMIN]))
    return client


@pytest.fixture
def studio():
    return make_studio(make_chain())


@pytest.fixture
def sessions(studio):
    return [make_session(studio, starts_at=NOW + timedelta(days=day)) for day in (1, 2)]


def act(desk, sessions, action, **more):
    body = {"action": action, "_selected_action": [one.pk for one in sessions], **more}
    return desk.post(reverse("admin:classes_session_changelist"), body, follow=True).content.decode()


def stored():
    return list(Session.objects.across_chains().order_by("starts_at"))


def test_many_are_cancelled_with_one_reason(desk, sessions):
    assert "Everybody who booked reads it." in act(desk, sessions, "cancel_many")
    assert "2 classes changed." in act(desk, sessions, "cancel_many", reason="Holidays")
    assert [one.cancel_reason for one in stored()] == ["Holidays", "Holidays"]


def test_many_are_given_to_another_instructor_or_none(desk, sessions, studio):
    ben = make_user("ben")
    make_staff(studio.chain, ben, StaffRole.INSTRUCTOR)
    make_session(studio, instructor=ben, starts_at=sessions[1].starts_at)
    assert "Ben teaches Gentle Yoga" in act(desk, sessions, "swap_many", instructor=ben.pk, reason="Ill")
    assert [one.instructor for one in stored()][:1] == [None]
    assert "This field is required" in act(desk, sessions[:1], "swap_many", instructor=ben.pk, reason="")
    assert "1 class changed." in act(desk, sessions[:1], "swap_many", instructor=ben.pk, reason="Ill")
    assert stored()[0].instructor == ben
    event = Event.objects.get(name="classes.session.substituted")
    assert event.data == {
        "session_id": sessions[0].pk,
        "chain_id": studio.chain_id,
        "instructor_id": ben.pk,
        "substitutes_id": None,
        "reason": "Ill",
    }


def test_series_of_several_types_stand_one_after_the_other(desk, studio):
    kinds = [make_class_type(studio.chain, title, minutes=45) for title in ("Boxing", "Yoga")]
    path = reverse("admin:classes_series_add")
    assert "Class types" in desk.get(path).content.decode()
    body = {
        "class_types": [kind.pk for kind in kinds],
        "studio": studio.pk,
        "room": make_room(studio).pk,
        "weekdays": [1],
        "starts": "2026-06-16 18:00",
        "count": 2,
    }
    assert "This field is required" in desk.post(path, body).content.decode()
    assert stored() == []
    body["reason"] = "The summer timetable"
    desk.post(path, body)
    told = [event.data["reason"] for event in Event.objects.filter(name="classes.series.created")]
    assert told == ["The summer timetable", "The summer timetable"]
    assert [one.starts_local for one in stored()] == [
        "2026-06-16T18:00",
        "2026-06-16T18:45",
        "2026-06-23T18:00",
        "2026-06-23T18:45",
    ]
    assert "is taken" in desk.post(path, body).content.decode()
    assert Series.objects.across_chains().count() == 2
    html = desk.get(reverse("admin:classes_series_changelist")).content.decode()
    assert "Every Tuesday, 2 times" in html


def test_lists_and_rows_can_be_looked_at(desk, sessions):
    assert "0/12" in desk.get(reverse("admin:classes_session_changelist") + "?q=yoga").content.decode()
    assert desk.get(reverse("admin:classes_session_change", args=[sessions[0].pk])).status_code == 200


def test_one_class_is_cancelled_on_its_page(desk, sessions):
    address = reverse("admin:classes_session_cancel_one_here", args=[sessions[0].pk])
    assert "Reason" in desk.get(address).content.decode()
    desk.post(address, {"reason": "Burst pipe"})
    assert [one.cancel_reason for one in stored()] == ["Burst pipe", ""]
    host = reverse("classes:host-session", args=[sessions[0].chain.slug, sessions[0].public_id])
    assert desk.get(reverse("admin:classes_session_as_hosts", args=[sessions[0].pk])).url == host
    assert desk.get(host).status_code == 200
    assert desk.get(reverse("admin:classes_session_as_hosts", args=[0])).status_code == 404


def test_hosts_have_no_back_office(client, studio):
    owner = make_user("olga")
    make_staff(studio.chain, owner, StaffRole.OWNER)
    client.force_login(owner)
    assert client.get(reverse("admin:classes_session_changelist")).status_code == 302
