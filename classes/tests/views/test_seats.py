"""The panel, its buttons, my classes, going together: with JavaScript and without."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classes.enums import RsvpStatus as S
from classes.models import Outing, Rsvp, SeatHandOn
from classes.services.rsvps import join_session, leave_session
from classes.tests.factories import NOW, make_session, make_user
from social.services.connection import accept_connection, request_connection

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


def soon(capacity=1, *, hours=72, **fields):
    return make_session(capacity=capacity, starts_at=timezone.now() + timedelta(hours=hours), **fields)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def befriend(one, other):
    request_connection(asker=one, person_id=other.pk, now=NOW)
    accept_connection(person=other, asker_id=one.pk, now=NOW)


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def ben(ada):
    ben = make_user("ben")
    befriend(ada, ben)
    return ben


def at(session, verb):
    return f"/classes/{session.public_id}/{verb}"


def panel(client, session) -> str:
    answer = client.get(at(session, "seat/"), **HTMX)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return answer.content.decode()


def test_button_without_javascript_goes_back_to_the_class(ada):
    session, client = soon(), signed_in(ada)
    answer = client.post(at(session, "join"), follow=True)
    assert answer.redirect_chain == [(session.get_absolute_url(), 302)]
    page = answer.content.decode()
    assert "You are in. See you there!" in page
    assert "Leave the class?" in page
    assert "You can cancel for free until " in page


def test_button_by_htmx_is_the_panel_anew(ada):
    session, client = soon(), signed_in(ada)
    page = client.post(at(session, "join"), **HTMX).content.decode()
    assert 'id="seat-panel"' in page
    assert "<html" not in page
    assert "You are in" in page
    gone = client.post(at(session, "leave"), **HTMX).content.decode()
    assert "Thank you for making room" in gone


def test_full_class_says_the_place_and_asks_again(ada):
    session, client = soon(), signed_in(ada)
    join_session(user=make_user("ben"), session_id=session.pk, now=timezone.now())
    before = panel(client, session)
    assert "Join the waitlist (#1, too early to say)" in before
    page = client.post(at(session, "join"), **HTMX).content.decode()
    assert "#1" in page
    assert 'hx-trigger="every 5s"' in page


def test_offer_on_the_page_is_taken_from_my_classes(ada, ben):
    session, client = soon(hours=6), signed_in(ada)
    for user in (ben, ada):
        join_session(user=user, session_id=session.pk, now=timezone.now())
    leave_session(user=ben, session_id=session.pk, now=timezone.now())
    assert "A seat is free for you" in panel(client, session)
    mine = client.get("/my/classes/").content.decode()
    assert "Waiting for you" in mine
    answer = client.post(at(session, "accept"), {"back": "mine"})
    assert answer["Location"] == "/my/classes/"
    assert Rsvp.everything.get(user=ada).status == S.CONFIRMED


def test_refusal_is_said_where_one_is(ada, monkeypatch):
    monkeypatch.setattr("classes.booking_doors._door", None)
    session, client = soon(price="20.00"), signed_in(ada)
    assert "cannot be paid here yet" in panel(client, session)
    assert "cannot be paid here yet" in client.post(at(session, "join"), **HTMX).content.decode()
    assert "cannot be paid here yet" in client.post(at(session, "join"), follow=True).content.decode()


def test_visitors_and_strangers(ada):
    session = soon()
    assert "Sign in to book" in panel(Client(), session)
    assert Client().post(at(session, "join"))["Location"].startswith("/accounts/login/")
    assert Client().get(at(session, "seat/"))["Location"] == session.get_absolute_url()
    assert signed_in(ada).post(at(session, "leave")).status_code == 404
    assert signed_in(ada).post("/classes/nothing/join").status_code == 404
    assert signed_in(ada).get(at(session, "join")).status_code == 405


@pytest.mark.parametrize(
    ("status", "words"),
    [(S.ATTENDED, "You were there"), (S.NO_SHOW, "not seen"), (S.EXPIRED, "is over"), (S.LATE, "Join the class")],
)
def test_every_state_has_its_words(ada, status, words):
    session = soon()
    Rsvp.everything.create(chain=session.chain, session=session, user=ada, status=status, joined_at=timezone.now())
    assert words in panel(signed_in(ada), session)


def test_my_classes_when_there_are_none(ada):
    assert "No classes yet" in signed_in(ada).get("/my/classes/").content.decode()
    assert Client().get("/my/classes/").status_code == 302


def test_my_classes_with_everything(ada, ben):
    session, client = soon(2), signed_in(ada)
    full = make_session(session.studio, capacity=1, starts_at=session.ends_at)
    join_session(user=ben, session_id=full.pk, now=timezone.now())
    join_session(user=ada, session_id=full.pk, now=timezone.now())
    join_session(user=ada, session_id=session.pk, now=timezone.now())
    page = client.get("/my/classes/").content.decode()
    assert "Coming up" in page
    assert "On the waitlist" in page
    part = client.get("/my/classes/", **HTMX).content.decode()
    assert part.lstrip().startswith('<div id="my-classes"')


def test_two_go_together(ada, ben):
    session, client = soon(2), signed_in(ada)
    assert "@ben" in client.get(at(session, "together/")).content.decode()
    answer = client.post(at(session, "together/"), {"people": ["ben"], "note": "Coffee?"})
    outing = Outing.everything.get()
    assert answer["Location"] == f"/outings/{outing.public_id}/"
    theirs = signed_in(ben)
    page = theirs.get(answer["Location"]).content.decode()
    assert "Yes, I come" in page
    assert "Coffee?" in page
    assert "Going together" in theirs.get("/my/classes/").content.decode()
    done = theirs.post(f"{answer['Location']}answer", {"answer": "yes"}, follow=True).content.decode()
    assert "You are all in" in done
    assert (
        "no longer open" in theirs.post(f"{answer['Location']}answer", {"answer": "no"}, follow=True).content.decode()
    )
    assert signed_in(make_user("stranger")).get(answer["Location"]).status_code == 404


def test_nobody_chosen_is_said_in_words(ada, ben):
    session, client = soon(2), signed_in(ada)
    answer = client.post(at(session, "together/"), {"people": ["stranger"]})
    assert (answer.status_code, "Ask one to five people" in answer.content.decode()) == (409, True)


def test_taken_back(ada, ben):
    session, client = soon(2), signed_in(ada)
    address = client.post(at(session, "together/"), {"people": ["ben"]})["Location"]
    assert signed_in(ben).post(f"{address}withdraw").status_code == 404
    assert "It was taken back" in client.post(f"{address}withdraw", follow=True).content.decode()


def test_seat_for_a_friend(ada, ben):
    session, client = soon(1), signed_in(ada)
    assert "no confirmed seat" in client.get(at(session, "hand-on/")).content.decode()
    assert client.post(at(session, "hand-on/"), {"people": ["ben"]}).status_code == 409
    client.post(at(session, "join"))
    assert "Who gets it?" in client.get(at(session, "hand-on/")).content.decode()
    assert client.post(at(session, "hand-on/"), {"people": ["stranger"]}).status_code == 409
    assert client.post(at(session, "hand-on/"), {"people": ["ben"]})["Location"] == session.get_absolute_url()
    assert "You asked Ben" in panel(client, session)
    theirs = signed_in(ben)
    assert "would give you the seat" in theirs.get("/my/classes/").content.decode()
    assert "A friend would give you the seat" in panel(theirs, session)
    asked = SeatHandOn.everything.get()
    answer = theirs.post(f"/hand-ons/{asked.public_id}/answer", {"answer": "yes"}, follow=True)
    assert "The seat is yours" in answer.content.decode()
    assert signed_in(make_user("stranger")).post(f"/hand-ons/{asked.public_id}/answer").status_code == 404
    assert (
        "can no longer"
        in theirs.post(f"/hand-ons/{asked.public_id}/answer", {"answer": "no"}, follow=True).content.decode()
    )


def test_seat_kept_after_all(ada, ben):
    session, client = soon(1), signed_in(ada)
    client.post(at(session, "join"))
    client.post(at(session, "hand-on/"), {"people": ["ben"]})
    assert "You keep your seat" in client.post(at(session, "hand-on/withdraw"), follow=True).content.decode()
    assert "Hand to a friend" in panel(client, session)


def test_who_is_in_finds_the_code_for_the_door(ada):
    session, client = soon(), signed_in(ada)
    assert "/code/" not in panel(client, session)
    rsvp = join_session(user=ada, session_id=session.pk, now=timezone.now())
    code = f"/my/classes/{rsvp.public_id}/code/"
    assert code in panel(client, session)
    assert code in client.get("/my/classes/").content.decode()
