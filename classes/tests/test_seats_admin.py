"""Bookings in the back office: the roster is mended by the services, each time with a reason that the log keeps."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from classes.enums import RsvpStatus as S
from classes.models import Rsvp, RsvpMove
from classes.tests.factories import NOW, make_rsvp, make_session, make_user
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
LIST = "admin:classes_rsvp_changelist"
WHY = "The desk was not manned."


@pytest.fixture(params=[Role.SUPPORT, Role.ADMIN])
def desk(request, client):
    person = UserFactory(roles_held=[request.param], handle="desk")
    client.force_login(person)
    return client


@pytest.fixture
def session():
    return make_session(capacity=2)


@pytest.fixture
def seat(session):
    return make_rsvp(session, make_user("ada"))


def act(client, rows, name, reason=WHY):
    body = {"action": name, "_selected_action": [row.pk for row in rows]} | ({"reason": reason} if reason else {})
    return client.post(reverse(LIST), body, follow=True).content.decode()


def here(client, row, name, reason=WHY):
    address = reverse(f"admin:classes_rsvp_{name}_here", args=[row.pk])
    return client.post(address, {"reason": reason} if reason is not None else {}, follow=True)


def stored(row):
    return Rsvp.objects.across_chains().get(pk=row.pk)


def test_a_seat_is_given_up_for_the_person_and_goes_on(desk, session, seat, time_machine):
    time_machine.move_to(NOW, tick=False)
    make_rsvp(session, make_user("ben"))
    waiting = make_rsvp(session, make_user("cleo"), S.WAITLISTED)
    assert "Kept in the audit trail" in act(desk, [seat], "leave_for_them", reason="")
    assert stored(seat).status == S.CONFIRMED

    act(desk, [seat], "leave_for_them", "She called: a broken leg.")

    assert (stored(seat).status, stored(waiting).status) == (S.CANCELLED, S.CONFIRMED)
    event = Event.objects.get(name="classes.rsvp.cancelled")
    assert (event.actor.handle, event.data) == (
        "desk",
        {
            "rsvp_id": seat.pk,
            "session_id": session.pk,
            "chain_id": session.chain_id,
            "user_id": seat.user_id,
            "from_status": "confirmed",
            "is_late": False,
            "by_house": False,
            "reason": "She called: a broken leg.",
        },
    )
    assert RsvpMove.objects.get(rsvp=seat, to_status="cancelled").reason == "She called: a broken leg."


def test_the_roster_is_marked_and_mended(desk, session, seat, time_machine):
    ben = make_rsvp(session, make_user("ben"))
    time_machine.move_to(session.starts_at, tick=False)
    act(desk, [seat, ben], "was_there")
    assert {stored(row).status for row in (seat, ben)} == {S.ATTENDED}
    act(desk, [ben], "undo_check_in")
    assert stored(ben).status == S.CONFIRMED
    assert "Half an hour after the end" in act(desk, [ben], "was_not_there")

    time_machine.move_to(session.ends_at + timedelta(hours=1), tick=False)
    session.attendance_closed_at = session.ends_at + timedelta(minutes=30)
    session.save()
    act(desk, [ben], "was_not_there")
    assert stored(ben).status == S.NO_SHOW

    told = Event.objects.filter(name__startswith="classes.rsvp.").order_by("id")
    assert [(event.name.removeprefix("classes.rsvp."), event.data["reason"]) for event in told] == [
        ("attended", WHY),
        ("attended", WHY),
        ("corrected", WHY),
        ("missed", WHY),
    ]
    assert told[1].data == {
        "rsvp_id": seat.pk,
        "session_id": session.pk,
        "chain_id": session.chain_id,
        "user_id": seat.user_id,
        "checked_in_by_id": told[1].actor_id,
        "reason": WHY,
    }


def test_the_page_of_a_booking_has_the_same_as_buttons(desk, seat, session, time_machine):
    time_machine.move_to(session.starts_at, tick=False)
    page = desk.get(reverse("admin:classes_rsvp_change", args=[seat.pk])).content.decode()
    assert reverse("admin:classes_rsvp_was_there_here", args=[seat.pk]) in page
    assert reverse("admin:classes_rsvp_leave_for_them_here", args=[seat.pk]) in page
    asked = here(desk, seat, "was_there", None).content.decode()
    assert "Kept in the audit trail" in asked
    assert "Ada · Gentle Yoga, 2026-06-17T08:00 · confirmed" in asked.replace("Confirmed", "confirmed")
    assert "This field is required" in here(desk, seat, "was_there", " ").content.decode()
    assert stored(seat).status == S.CONFIRMED
    here(desk, seat, "was_there")
    assert stored(seat).status == S.ATTENDED
    refused = here(desk, seat, "waive_fee").content.decode()
    assert "There is nothing to decide: no fee is open." in refused


def test_a_booking_that_is_not_there_is_not_found(desk, seat):
    assert desk.get(reverse("admin:classes_rsvp_was_there_here", args=[seat.pk + 1])).status_code == 404


def test_moderators_look_and_do_not_touch(client, seat):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    page = client.get(reverse("admin:classes_rsvp_change", args=[seat.pk]))
    assert page.status_code == 200
    assert "was-there-here" not in page.content.decode()
    assert here(client, seat, "leave_for_them").status_code == 403
    act(client, [seat], "leave_for_them")
    assert stored(seat).status == S.CONFIRMED


def test_a_seat_that_is_nobodys_is_said_to_be(desk, seat):
    Rsvp.objects.across_chains().update(user=None)
    assert "Nobody has this seat any more." in act(desk, [seat], "leave_for_them")


def test_the_page_of_a_class_shows_its_roster_and_leads_on(desk, session, seat):
    page = desk.get(reverse("admin:classes_session_change", args=[session.pk])).content.decode()
    assert "@ada" in page
    asked = desk.get(reverse("admin:classes_session_bookings", args=[session.pk]))
    assert asked.url == f"{reverse(LIST)}?session__id__exact={session.pk}"
    other = make_rsvp(make_session(session.studio, starts_at=NOW + timedelta(days=4)), make_user("zoe"))
    listed = desk.get(asked.url).content.decode()
    assert (f"/rsvp/{seat.pk}/change/" in listed, f"/rsvp/{other.pk}/change/" in listed) == (True, False)
