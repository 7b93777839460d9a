from datetime import timedelta

import pytest

from classes.enums import RsvpStatus, SessionStatus
from classes.models import Rsvp
from classes.tests.factories import NOW, make_chain, make_session, make_studio
from social.models import Block

pytestmark = pytest.mark.usefixtures("at_now")


def test_page_shows_the_class(client, studio, ada):
    session = make_session(studio, instructor=ada, description="Breathe and stretch.", equipment="A mat")
    text = client.get(session.get_absolute_url()).content.decode()
    assert [
        word for word in ("Gentle Yoga", "Limmat Hall", "Breathe and stretch.", "A mat", "Ada") if word not in text
    ] == []


@pytest.mark.django_db
def test_page_of_a_closed_chain_is_not_there(client):
    session = make_session(make_studio(make_chain(is_active=False)))
    assert client.get(session.get_absolute_url()).status_code == 404


def test_unknown_class_is_not_there(client, db):
    assert client.get("/classes/nothing/").status_code == 404


def test_cancelled_class_says_so_and_offers_others(client, studio):
    session = make_session(studio, status=SessionStatus.CANCELLED, cancel_reason="The teacher is ill.")
    make_session(studio, starts_at=NOW + timedelta(days=4))
    page = client.get(session.get_absolute_url())
    text = page.content.decode()
    assert "This class does not take place" in text
    assert "The teacher is ill." in text
    assert len(page.context["others"]) == 1


def test_past_class_says_it_is_over(client, studio):
    session = make_session(studio, starts_at=NOW - timedelta(days=1))
    assert "This class is over" in client.get(session.get_absolute_url()).content.decode()


def test_blocked_instructor_is_not_named(client, studio, ada, sam):
    session = make_session(studio, instructor=ada)
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    assert client.get(session.get_absolute_url()).context["card"]["instructor"] is None


@pytest.mark.parametrize(("status", "is_shown"), [(RsvpStatus.CONFIRMED, True), (RsvpStatus.WAITLISTED, False)])
def test_link_to_join_is_for_those_with_a_seat(client, studio, sam, status, is_shown):
    session = make_session(studio, format="online", online_url="https://meet.example.test/yoga")
    Rsvp.objects.create(chain=studio.chain, session=session, user=sam, status=status, joined_at=NOW)
    client.force_login(sam)
    assert ("meet.example.test" in client.get(session.get_absolute_url()).content.decode()) is is_shown


def test_studio_page_shows_its_classes(client, studio):
    make_session(studio, title="Here")
    make_session(make_studio(studio.chain, "Other"), title="Elsewhere")
    page = client.get(studio.get_absolute_url())
    assert [card["title"] for card in page.context["sessions"]] == ["Here"]


def test_studio_page_that_is_empty_leads_on(client, studio):
    assert "See other classes" in client.get(studio.get_absolute_url()).content.decode()


def test_closed_studio_is_not_there(client, studio):
    studio.is_active = False
    studio.save()
    assert client.get(studio.get_absolute_url()).status_code == 404
