from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classes.enums import RsvpStatus, SessionStatus
from classes.models import Rsvp, Session
from classes.tests.factories import NOW, make_chain, make_session, make_studio
from classes.views.timetable import PAGE_SIZE

URL = "/classes/"


@pytest.fixture(autouse=True)
def _clock(at_now):
    return at_now


def test_page_shows_classes_by_day(client, studio):
    make_session(studio, starts_at=NOW + timedelta(hours=10), title="Evening flow")
    make_session(studio, starts_at=NOW + timedelta(days=2), title="Slow start")
    page = client.get(URL)
    assert [(str(day.day), [card["title"] for card in day.cards]) for day in page.context["days"]] == [
        ("2026-06-15", ["Evening flow"]),
        ("2026-06-17", ["Slow start"]),
    ]
    assert "Evening flow" in page.content.decode()


def test_page_hides_past_cancelled_and_closed(client, studio):
    make_session(studio, starts_at=NOW - timedelta(hours=2), title="Past")
    make_session(studio, title="Cancelled", status=SessionStatus.CANCELLED)
    closed = make_studio(make_chain("Closed chain", is_active=False))
    make_session(closed, title="Closed chain")
    make_session(make_studio(studio.chain, "Closed studio", is_active=False), title="Closed studio")
    assert client.get(URL).context["days"] == []


def test_page_goes_on_after_the_last_class_shown(client, studio):
    for number in range(PAGE_SIZE + 2):
        make_session(studio, starts_at=NOW + timedelta(hours=1 + number), title=f"Class {number}")
    first = client.get(URL)
    second = client.get(first.context["next_url"], headers={"hx-request": "true"})
    titles = [card["title"] for day in second.context["days"] for card in day.cards]
    assert titles == [f"Class {PAGE_SIZE}", f"Class {PAGE_SIZE + 1}"]
    assert (second.context["next_url"], b"<html" in second.content) == ("", False)


def test_day_that_goes_on_has_its_heading_once(client, studio):
    last = make_session(studio, starts_at=NOW + timedelta(hours=1))
    make_session(studio, starts_at=NOW + timedelta(hours=2), title="Same day")
    (day,) = client.get(URL, {"after": last.public_id}).context["days"]
    assert day.is_continued


def test_page_begins_again_after_a_class_that_is_gone(client, studio):
    make_session(studio)
    assert len(client.get(URL, {"after": "nothing"}).context["days"]) == 1


def test_week_shows_seven_days(client, studio):
    make_session(studio, starts_at=NOW + timedelta(days=2), title="Wednesday class")
    page = client.get(URL, {"view": "calendar"})
    assert [len(day.cards) for day in page.context["week"]] == [0, 0, 1, 0, 0, 0, 0]
    assert "Wednesday class" in page.content.decode()


def test_week_turns_to_the_next_and_not_into_the_past(client, studio):
    make_session(studio, starts_at=NOW + timedelta(days=9), title="Next week")
    page = client.get(URL, {"view": "calendar"})
    assert page.context["previous_week"] == ""
    following = client.get(page.context["next_week"])
    assert [len(day.cards) for day in following.context["week"]] == [0, 0, 1, 0, 0, 0, 0]
    assert "week=2026-06-15" in following.context["previous_week"]


@pytest.mark.parametrize("week", ["", "no date", "0001-01-01", "9999-12-31"])
def test_week_that_is_none_is_this_one(client, studio, week):
    page = client.get(URL, {"view": "calendar", "week": week})
    assert str(page.context["week"][0].day) == "2026-06-15"


def test_time_of_the_viewer_stands_beside_that_of_the_studio(client, studio, sam):
    sam.preferences.time_zone = "America/New_York"
    sam.preferences.save()
    make_session(studio, starts_at=NOW + timedelta(hours=10))
    client.force_login(sam)
    (card,) = client.get(URL).context["days"][0].cards
    assert card["starts"].hour == 18
    assert card["for_viewer"] == "12:00 for you"


def test_night_class_far_away_names_the_viewers_day(client, studio, sam):
    sam.preferences.time_zone = "Asia/Tokyo"
    sam.preferences.save()
    make_session(studio, starts_at=NOW + timedelta(hours=12))
    client.force_login(sam)
    (card,) = client.get(URL).context["days"][0].cards
    assert card["for_viewer"].startswith("Tue")


def test_card_says_what_the_viewer_has(client, studio, sam, ada):
    session = make_session(studio, capacity=1)
    for number, person in enumerate((ada, sam)):
        Rsvp.objects.create(
            chain=studio.chain,
            session=session,
            user=person,
            status=RsvpStatus.WAITLISTED,
            joined_at=NOW + timedelta(seconds=number),
        )
    Session.objects.in_chain(studio.chain).update(waitlisted=2)
    client.force_login(sam)
    (card,) = client.get(URL).context["days"][0].cards
    assert card["mine"] == {"label": "You are number 2 in line", "kind": "warm"}
    assert card["seats"] == "Full, 2 wait"


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("confirmed", "You are in"),
        ("offered", "A seat is yours to take"),
        ("held", "Pay to keep your seat"),
        ("attended", "You were there"),
        ("no_show", None),
    ],
)
def test_card_names_every_state(client, studio, sam, status, label):
    until = NOW + timedelta(minutes=5)
    session = make_session(studio)
    Rsvp.objects.create(
        chain=studio.chain, session=session, user=sam, status=status, joined_at=NOW, reserved_until=until
    )
    client.force_login(sam)
    (card,) = client.get(URL).context["days"][0].cards
    assert (card["mine"] and card["mine"]["label"]) == label


def test_filters_that_cannot_be_read_are_said(client, studio):
    make_session(studio)
    page = client.get(URL, {"radius_km": "far", "city": "Nowhereville", "from": "soon"})
    assert page.status_code == 200
    assert sorted(page.context["errors"]) == ["city", "from", "radius_km"]
    assert len(page.context["days"]) == 1


def test_chips_take_one_filter_away_each(client, studio):
    page = client.get(URL, {"level": "beginner", "free": "true", "studio": studio.public_id})
    assert [(chip["label"], chip["url"]) for chip in page.context["chips"]] == [
        ("Beginner", f"/classes/?studio={studio.public_id}&free=true"),
        ("Limmat Hall", "/classes/?level=beginner&free=true"),
        ("Free", f"/classes/?level=beginner&studio={studio.public_id}"),
    ]


def test_near_me_of_nowhere_says_what_to_do(client, studio):
    make_session(studio)
    page = client.get(URL, {"near": "me"})
    assert page.context["place_missing"]
    assert "Where is near you?" in page.content.decode()


def test_near_me_is_the_city_of_the_profile(client, studio, sam):
    sam.profile.city, sam.profile.country = "Zürich", "CH"
    sam.profile.save()
    make_session(studio, title="Here")
    far = make_studio(studio.chain, "Far", latitude=46.2, longitude=6.15, city="Geneva")
    make_session(far, title="Far away")
    client.force_login(sam)
    (day,) = client.get(URL, {"near": "me"}).context["days"]
    assert [(card["title"], card["distance"][-2:]) for card in day.cards] == [("Here", "km")] or day.cards[0][
        "distance"
    ].endswith(" m")


def test_page_asks_as_much_for_three_as_for_one(client, studio, sam):
    client.force_login(sam)
    make_session(studio, instructor=sam)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(URL)
        return len(captured)

    queries()
    one = queries()
    for hours in (3, 30):
        make_session(studio, starts_at=NOW + timedelta(hours=hours))
    assert queries() == one
