"""The door, the past, ratings, partners, fees and calendars, as pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from classes.enums import FeeState, RsvpStatus, StaffRole
from classes.models import CalendarFeed, PeerReview, Rsvp, SessionRating
from classes.services.calendar import renew_calendar
from classes.tests.factories import make_chain, make_rsvp, make_session, make_staff, make_user
from social.models import Connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(studio):
    return make_session(studio, starts_at=timezone.now() + timedelta(minutes=10), instructor=make_user("coach"))


@pytest.fixture
def past(studio):
    return make_session(studio, starts_at=timezone.now() - timedelta(hours=4))


@pytest.fixture
def desk(session):
    person = make_user("desk")
    make_staff(session.chain, person, StaffRole.DESK)
    return person


@pytest.fixture
def owner(chain):
    person = make_user("owner")
    make_staff(chain, person, StaffRole.OWNER)
    return person


def page(client, user, name, *args, data=None, **extra):
    client.force_login(user)
    address = reverse(f"classes:{name}", args=args)
    return client.get(address, **extra) if data is None else client.post(address, data, **extra)


def text(response):
    return response.content.decode()


def test_door_by_tap_undo_and_code(client, session, desk, sam):
    seat = make_rsvp(session, sam)
    make_rsvp(session, make_user("ben"))
    assert "of 2 are here" in text(page(client, desk, "check-in", session.public_id))
    tapped = page(client, desk, "check-in", session.public_id, data={"in": seat.public_id}, HTTP_HX_REQUEST="true")
    assert "Sam is in." in text(tapped)
    assert "<html" not in text(tapped)
    undone = page(client, desk, "check-in", session.public_id, data={"undo": seat.public_id})
    assert undone.status_code == 302
    assert "Sam is not checked in any more." in text(client.get(undone["Location"]))
    page(client, desk, "check-in", session.public_id, data={"code": seat.nonce.upper()})
    again = page(client, desk, "check-in", session.public_id, data={"code": seat.nonce}, HTTP_HX_REQUEST="true")
    assert "Sam was checked in already: at" in text(again)
    assert "by Desk." in text(again)
    seat.refresh_from_db()
    assert seat.status == RsvpStatus.ATTENDED


def test_door_takes_what_was_scanned_offline(client, session, desk, sam):
    seat = make_rsvp(session, sam)
    scanned = timezone.now() - timedelta(minutes=3)
    data = {"code": seat.nonce, "scanned_at": scanned.isoformat()}
    assert page(client, desk, "check-in", session.public_id, data=data).status_code == 302
    seat.refresh_from_db()
    assert seat.checked_in_at == scanned
    for odd in ("yesterday", "2026-02-31T10:00Z", "2026-02-20T10:00"):
        assert page(client, desk, "check-in", session.public_id, data=data | {"scanned_at": odd}).status_code == 302


def test_door_says_what_is_wrong_and_finds_names(client, session, desk, sam):
    make_rsvp(session, sam)
    wrong = page(client, desk, "check-in", session.public_id, data={"code": "nobody"})
    assert wrong.status_code == 422
    assert "Nobody in this class has this code." in text(wrong)
    client.force_login(desk)
    address = reverse("classes:check-in", args=[session.public_id])
    assert "Sam" in text(client.get(address, {"q": "sA"}))
    assert "Nobody by the name" in text(client.get(address, {"q": "zoe"}))
    assert page(client, desk, "check-in", session.public_id, data={"in": "nothing"}).status_code == 404


def test_closed_list_is_corrected_by_a_tap(client, past, owner, sam):
    seat = make_rsvp(past, sam, RsvpStatus.ATTENDED, checked_in_at=past.starts_at)
    past.attendance_closed_at = timezone.now() - timedelta(hours=1)
    past.save()
    said = page(client, owner, "check-in", past.public_id, data={"missed": seat.public_id}, HTTP_HX_REQUEST="true")
    assert "Sam did not come." in text(said)


@pytest.mark.parametrize("name", ["check-in", "roster", "roster-table"])
def test_door_is_not_there_for_others(client, session, sam, name):
    make_rsvp(session, sam)
    stranger = make_user("stranger")
    make_staff(make_chain("Other"), stranger, StaffRole.OWNER)
    assert [page(client, who, name, session.public_id).status_code for who in (sam, stranger)] == [404, 404]
    client.logout()
    assert client.get(reverse(f"classes:{name}", args=[session.public_id])).status_code == 302


def test_door_has_nobody_yet(client, session, desk):
    assert "Nobody has booked" in text(page(client, desk, "check-in", session.public_id))


def test_roster_on_paper_and_as_a_table_that_computes_nothing(client, session, desk, sam):
    type(sam).objects.filter(pk=sam.pk).update(name="=HYPERLINK(1)")
    make_rsvp(session, sam)
    assert "=HYPERLINK(1)" in text(page(client, desk, "roster", session.public_id))
    table = page(client, desk, "roster-table", session.public_id)
    body = b"".join(table.streaming_content).decode()
    assert body.splitlines()[0].endswith("name,handle,status,checked_in_at,checked_in_by,booked_at,booking")
    assert "'=HYPERLINK(1),sam,confirmed" in body
    assert "roster-" in table["Content-Disposition"]


def test_history_asks_shows_and_leads_on(client, past, sam, django_assert_max_num_queries):
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    other = make_session(past.studio, starts_at=timezone.now() - timedelta(days=1))
    make_rsvp(other, sam, RsvpStatus.NO_SHOW, fee="8.00", fee_state=FeeState.PENDING, fee_charges_at=timezone.now())
    with django_assert_max_num_queries(25):
        shown = text(page(client, sam, "history"))
    for words in ("How was it?", "Rate it", "That is not right", "CHF", "Was there", "Did not come"):
        assert words in shown
    assert "No classes yet" in text(page(client, make_user("new"), "history"))
    client.logout()
    assert client.get(reverse("classes:history")).status_code == 302


def test_history_in_pages(client, studio, sam):
    for number in range(21):
        start = timezone.now() - timedelta(days=number + 1)
        make_rsvp(make_session(studio, starts_at=start), sam, RsvpStatus.ATTENDED)
    assert "Earlier classes" in text(page(client, sam, "history"))
    last = text(client.get(reverse("classes:history"), {"page": "2"}))
    assert "Earlier classes" not in last
    assert client.get(reverse("classes:history"), {"page": "x"}).status_code == 200


def test_dispute_is_sent_once(client, past, sam):
    rsvp = make_rsvp(past, sam, RsvpStatus.NO_SHOW, fee="8.00", fee_state=FeeState.PENDING)
    assert "Send to the studio" in text(page(client, sam, "dispute", rsvp.public_id))
    assert page(client, sam, "dispute", rsvp.public_id, data={"text": ""}).status_code == 422
    assert page(client, sam, "dispute", rsvp.public_id, data={"text": "I was there"}).status_code == 302
    rsvp.refresh_from_db()
    assert (rsvp.fee_state, rsvp.dispute) == (FeeState.DISPUTED, "I was there")
    assert page(client, sam, "dispute", rsvp.public_id, data={"text": "Again"}).status_code == 422
    assert "The studio decides" in text(page(client, sam, "dispute", rsvp.public_id))
    assert page(client, make_user("eve"), "dispute", rsvp.public_id).status_code == 404


def test_code_for_the_door_is_a_picture(client, session, sam):
    rsvp = make_rsvp(session, sam)
    shown = text(page(client, sam, "door-code", rsvp.public_id))
    assert rsvp.nonce[:4].upper() in shown
    picture = page(client, sam, "door-code-picture", rsvp.public_id)
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    saved = client.get(reverse("classes:door-code-picture", args=[rsvp.public_id]) + "?download")
    assert "attachment" in saved["Content-Disposition"]
    for name in ("door-code", "door-code-picture"):
        assert page(client, make_user(f"eve_{name[-4:]}"), name, rsvp.public_id).status_code == 404
    Rsvp.objects.of_person(sam).update(status=RsvpStatus.CANCELLED)
    for name in ("door-code", "door-code-picture"):
        assert page(client, sam, name, rsvp.public_id).status_code == 404


def test_people_of_a_class_and_hiding(client, session, sam):
    make_rsvp(session, sam)
    make_rsvp(session, make_user("ben"))
    assert "Ben" in text(page(client, sam, "people", session.public_id))
    assert page(client, make_user("eve"), "people", session.public_id).status_code == 404
    assert page(client, sam, "people-hide", session.public_id, data={"is_hidden": "on"}).status_code == 302
    assert "Only you and the studio see this" in text(page(client, sam, "people", session.public_id))
    page(client, sam, "people-hide", session.public_id, data={})
    assert not Rsvp.objects.of_person(sam).get().is_hidden
    outsider = type(sam).objects.get(handle="eve")
    assert page(client, outsider, "people-hide", session.public_id, data={}).status_code == 404


def test_rating_page_writes_changes_and_tells(client, past, sam):
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    assert "How was it?" in text(page(client, sam, "rate", past.public_id))
    assert page(client, sam, "rate", past.public_id, data={"text": "x"}).status_code == 422
    first = page(client, sam, "rate", past.public_id, data={"stars": "4", "text": "See www.spam.example"})
    assert first.status_code == 302
    assert "It seems to hold a link." in text(client.get(first["Location"]))
    assert "Not in sight yet" in text(page(client, sam, "rate", past.public_id))
    page(client, sam, "rate", past.public_id, data={"stars": "5", "text": "Good"})
    rating = SessionRating.objects.of_person(sam, "author").get()
    assert (rating.stars, rating.state) == (5, "visible")
    refused = page(client, make_user("eve"), "rate", past.public_id, data={"stars": "1", "text": ""})
    assert refused.status_code == 422
    assert "Only people who were in the class rate it" in text(refused)
    assert page(client, sam, "rate", "nothing").status_code == 404


def test_rating_page_when_it_is_over(client, past, sam):
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    page(client, sam, "rate", past.public_id, data={"stars": "5", "text": "Good"})
    mine = SessionRating.objects.of_person(sam, "author")
    mine.update(rated_at=timezone.now() - timedelta(days=15), reply="Thanks")
    shown = text(page(client, sam, "rate", past.public_id))
    assert "These are over." in shown
    assert "Thanks" in shown
    mine.update(state="removed", state_reason="Bought")
    assert "Taken down" in text(page(client, sam, "rate", past.public_id))


@pytest.fixture
def friends(past, sam):
    ben = make_user("ben")
    for person in (sam, ben):
        make_rsvp(past, person, RsvpStatus.ATTENDED)
    low, high = sorted((sam, ben), key=lambda person: person.pk)
    now = timezone.now()
    Connection.objects.create(low=low, high=high, requested_by=low, state="accepted", requested_at=now, accepted_at=now)
    return sam, ben


def test_partners_write_and_read_when_both_did(client, past, friends):
    sam, ben = friends
    assert "Ben" in text(page(client, sam, "partners", past.public_id))
    empty = page(client, sam, "partner-write", past.public_id, "ben", data={})
    assert empty.status_code == 422
    kept = page(
        client, sam, "partner-write", past.public_id, "ben", data={"ben-tags": ["punctual"], "ben-text": "Fine"}
    )
    assert "Kept. You both read it once Ben has written too." in text(client.get(kept["Location"]))
    assert "Fine" not in text(page(client, ben, "history"))
    page(client, ben, "partner-write", past.public_id, "sam", data={"sam-text": "Likewise"})
    assert "You have both written." in text(page(client, sam, "partners", past.public_id))
    shown = text(page(client, ben, "history"))
    assert "Fine" in shown
    assert "Punctual" in shown
    assert PeerReview.objects.exclude(shown_at=None).count() == 2
    assert page(client, sam, "partner-write", past.public_id, "stranger", data={}).status_code == 404
    assert "Nobody you know was there" in text(page(client, make_user("eve"), "partners", past.public_id))


def test_host_answers_ratings(client, past, owner, desk, sam):
    make_rsvp(past, sam, RsvpStatus.ATTENDED)
    assert "No ratings yet" in text(page(client, owner, "host-ratings", past.chain.slug))
    page(client, sam, "rate", past.public_id, data={"stars": "2", "text": "Cold"})
    rating = SessionRating.objects.of_person(sam, "author").get()
    assert "Cold" in text(page(client, owner, "host-ratings", past.chain.slug))
    assert "Cold" in text(page(client, owner, "host-reply", past.chain.slug, rating.public_id))
    data = {"text": "We heat now"}
    assert page(client, desk, "host-reply", past.chain.slug, rating.public_id, data=data).status_code == 422
    assert page(client, owner, "host-reply", past.chain.slug, rating.public_id, data=data).status_code == 302
    assert "We heat now" in text(page(client, owner, "host-ratings", past.chain.slug))
    assert page(client, owner, "host-reply", past.chain.slug, "nothing").status_code == 404
    assert page(client, sam, "host-ratings", past.chain.slug).status_code == 404


def test_host_decides_on_fees(client, past, owner, desk, sam):
    rsvp = make_rsvp(past, sam, RsvpStatus.NO_SHOW, fee="8.00", fee_state=FeeState.DISPUTED, dispute="I was there")
    assert "I was there" in text(page(client, owner, "host-fees", past.chain.slug))
    assert "I was there" in text(page(client, owner, "host-fee", past.chain.slug, rsvp.public_id))
    assert page(client, desk, "host-fees", past.chain.slug).status_code == 404
    assert page(client, owner, "host-fee", past.chain.slug, rsvp.public_id, data={}).status_code == 422
    data = {"decision": "was_there", "reason": "Seen"}
    assert page(client, owner, "host-fee", past.chain.slug, rsvp.public_id, data=data).status_code == 302
    rsvp.refresh_from_db()
    assert (rsvp.fee_state, rsvp.status) == (FeeState.WAIVED, RsvpStatus.ATTENDED)
    assert page(client, owner, "host-fee", past.chain.slug, rsvp.public_id, data=data).status_code == 422
    assert "Nothing to decide" in text(page(client, owner, "host-fees", past.chain.slug))
    other = make_user("other_owner")
    make_staff(make_chain("Other"), other, StaffRole.OWNER)
    assert page(client, other, "host-fee", "other", rsvp.public_id).status_code == 404


def test_calendar_of_one_class_and_not_modified(client, session):
    address = reverse("classes:calendar", args=[session.public_id])
    found = client.get(address)
    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(found.content).walk("VEVENT")) == 1
    assert client.get(address, HTTP_IF_NONE_MATCH=found["ETag"]).status_code == 304
    assert client.get(reverse("classes:calendar", args=["nothing"])).status_code == 404


def test_private_calendar_is_made_read_and_taken_back(client, session, sam):
    make_rsvp(session, sam)
    settings = reverse("accounts:settings-connected")
    client.force_login(sam)
    assert "Make an address" in text(client.get(settings))
    client.post(reverse("classes:calendar-renew"))
    feed = CalendarFeed.objects.get()
    assert feed.token in text(client.get(settings))
    client.logout()
    address = reverse("classes:calendar-feed", args=[feed.token])
    read = client.get(address)
    assert (read.status_code, read["X-Robots-Tag"]) == (200, "noindex")
    assert session.title in text(read)
    assert client.get(address, HTTP_IF_NONE_MATCH=read["ETag"]).status_code == 304
    client.force_login(sam)
    client.post(reverse("classes:calendar-revoke"))
    client.post(reverse("classes:calendar-revoke"))
    assert client.get(address).status_code == 404
    again = renew_calendar(user=sam, now=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(reverse("classes:calendar-feed", args=[again.token])).status_code == 200
