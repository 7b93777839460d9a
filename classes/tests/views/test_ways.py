"""From where people look: one's own page, the page of a class, the front page of a chain."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classes.enums import RsvpStatus, StaffRole
from classes.tests.factories import NOW, make_rsvp, make_session, make_staff, make_studio

pytestmark = pytest.mark.usefixtures("at_now")


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ways_of(client, address="/@sam"):
    """Routes of the section with one's own training; None when it is not shown."""
    sections = client.get(address).context["sections"]
    found = next((section for template, section in sections if template == "classes/_profile_training.html"), None)
    return found and [link["url"] for link in found["links"]]


EVERYBODY = ["/my/classes/", "/my/classes/history/", "/partners/", "/for-you/classes/", "/saved-searches/"]


def test_own_page_leads_to_ones_training(client, sam):
    client.force_login(sam)
    assert ways_of(client) == EVERYBODY


def test_own_page_of_staff_leads_to_chains_too(client, sam, chain):
    make_staff(chain, sam, StaffRole.INSTRUCTOR)
    client.force_login(sam)
    assert ways_of(client) == [*EVERYBODY, "/teach/", "/host/"]


def test_others_are_not_shown_the_way(client, sam, ada):
    assert ways_of(client) is None
    client.force_login(ada)
    assert ways_of(client) is None


def test_through_the_eyes_of_others_it_is_not_shown(client, sam):
    client.force_login(sam)
    assert ways_of(client, "/@sam?as=stranger") is None


def test_page_of_a_class_leads_its_hosts_to_the_door(client, studio, sam, ada):
    session = make_session(studio)
    make_staff(studio.chain, sam, StaffRole.DESK)
    make_staff(studio.chain, ada, StaffRole.MANAGER)
    door = reverse("classes:check-in", args=[session.public_id])
    change = reverse("classes:host-session", args=[studio.chain.slug, session.public_id])
    seen = {"visitor": text_of(client, session.get_absolute_url())}
    for person in (sam, ada):
        client.force_login(person)
        seen[person.handle] = text_of(client, session.get_absolute_url())
    assert {who: (door in text, change in text) for who, text in seen.items()} == {
        "visitor": (False, False),
        "sam": (True, False),
        "ada": (True, True),
    }


def test_seat_leads_to_the_code_and_to_who_comes(client, studio, sam):
    session = make_session(studio)
    seat = make_rsvp(session, sam, RsvpStatus.CONFIRMED)
    client.force_login(sam)
    for address in (session.get_absolute_url(), "/my/classes/"):
        assert reverse("classes:door-code", args=[seat.public_id]) in text_of(client, address)
    assert reverse("classes:people", args=[session.public_id]) in text_of(client, session.get_absolute_url())


def test_front_desk_sees_all_classes_of_a_chain_and_the_doors_it_works_at(client, studio, sam):
    other = make_studio(studio.chain, "Other")
    here, there = make_session(studio), make_session(other, starts_at=NOW + timedelta(days=3))
    make_staff(studio.chain, sam, StaffRole.DESK, studio)
    client.force_login(sam)
    page = client.get(reverse("classes:host-chain", args=[studio.chain.slug]))
    assert [(row, row.may_check_in) for row in page.context["next"]] == [(here, True), (there, False)]


def test_instructor_sees_own_classes_on_the_front_page(client, studio, sam, ada):
    mine = make_session(studio, instructor=sam)
    make_session(studio, instructor=ada, starts_at=NOW + timedelta(days=3))
    make_staff(studio.chain, sam, StaffRole.INSTRUCTOR)
    client.force_login(sam)
    page = client.get(reverse("classes:host-chain", args=[studio.chain.slug]))
    assert [(row, row.may_check_in) for row in page.context["next"]] == [(mine, True)]


def test_week_leads_to_changing_what_one_may_change_and_else_to_the_page(client, studio, sam, ada):
    mine = make_session(studio, instructor=sam)
    other = make_session(studio, instructor=ada, starts_at=NOW + timedelta(days=3))
    make_staff(studio.chain, sam, StaffRole.INSTRUCTOR)
    client.force_login(sam)
    text = text_of(client, reverse("classes:host-timetable", args=[studio.chain.slug]))
    change = [f"/host/{studio.chain.slug}/timetable/{row.public_id}/" in text for row in (mine, other)]
    assert (change, other.get_absolute_url() in text) == ([True, False], True)
