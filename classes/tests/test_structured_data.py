"""A class for search engines: linked data, canonical address, picture, sitemap."""

import json
import re
from datetime import timedelta

import pytest

from classes.enums import RsvpStatus, SessionStatus
from classes.structured_data import event_of
from classes.tests.factories import NOW, make_chain, make_class_type, make_rsvp, make_session, make_studio
from social.models import Block

pytestmark = pytest.mark.usefixtures("at_now")
ROOT = "https://fit.example"


@pytest.fixture
def session(studio, ada):
    return make_session(studio, instructor=ada, description="Breathe.", price="18.00")


def test_class_is_an_event(session):
    page = f"{ROOT}/classes/{session.public_id}/"
    assert event_of(session, teacher="Ada", base_url=f"{ROOT}/") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": "Gentle Yoga",
        "description": "Breathe.",
        "startDate": "2026-06-17T08:00:00+02:00",
        "endDate": "2026-06-17T09:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Limmat Hall",
                "url": f"{ROOT}/chains/limmat-movement/limmat-hall/",
                "address": {"@type": "PostalAddress", "addressLocality": "Zürich", "addressCountry": "CH"},
                "geo": {"@type": "GeoCoordinates", "latitude": 47.3769, "longitude": 8.5417},
            }
        ],
        "organizer": {"@type": "Organization", "name": "Limmat Movement", "url": f"{ROOT}/chains/limmat-movement/"},
        "performer": {"@type": "Person", "name": "Ada"},
        "maximumAttendeeCapacity": 12,
        "remainingAttendeeCapacity": 12,
        "isAccessibleForFree": False,
        "offers": {
            "@type": "Offer",
            "url": page,
            "price": "18.00",
            "priceCurrency": "CHF",
            "availability": "https://schema.org/InStock",
        },
    }


def said(session, **more):
    return event_of(session, teacher="", base_url=ROOT, **more)


def test_nobody_named_no_place_and_no_rating_are_left_out(studio):
    studio.latitude = studio.longitude = None
    event = said(make_session(studio))
    assert {"performer", "aggregateRating", "description"} & set(event) == set()
    assert "geo" not in event["location"][0]
    assert (event["isAccessibleForFree"], event["offers"]["price"]) == (True, "0")


def test_rating_is_said_from_three_on(studio):
    kind = make_class_type(studio.chain, "Rated", rating_average=4.456, rating_count=3)
    rating = said(make_session(studio, class_type=kind))["aggregateRating"]
    assert rating == {"@type": "AggregateRating", "ratingValue": "4.46", "ratingCount": "3"}


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"moved_at": NOW}, "EventRescheduled"),
        ({"status": SessionStatus.CANCELLED, "cancelled_at": NOW}, "EventCancelled"),
    ],
)
def test_moved_and_cancelled_are_said(studio, about, status):
    event = said(make_session(studio, **about))
    assert event["eventStatus"] == f"https://schema.org/{status}"
    assert ("offers" in event) is (status == "EventRescheduled")


@pytest.mark.parametrize(
    ("form", "mode", "places"),
    [
        ("online", "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ("hybrid", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_online_class_names_its_page_and_never_the_link_to_join(studio, form, mode, places):
    event = said(make_session(studio, format=form, online_url="https://meet.example.test/secret"))
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in event["location"]] == places
    assert "meet.example" not in json.dumps(event)


def test_full_class_is_sold_out(studio, sam):
    session = make_session(studio, capacity=1)
    make_rsvp(session, sam, RsvpStatus.CONFIRMED)
    event = said(session)
    assert (event["remainingAttendeeCapacity"], event["offers"]["availability"]) == (0, "https://schema.org/SoldOut")


def linked_data(text):
    (block,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text)
    return json.loads(block)


def test_page_carries_it_with_canonical_address_and_picture(client, session, settings):
    text = client.get(f"{session.get_absolute_url()}?page=2").content.decode()
    assert linked_data(text)["performer"]["name"] == "Ada"
    assert f'<link rel="canonical" href="{settings.SITE_URL}{session.get_absolute_url()}">' in text
    assert f'<meta property="og:image" content="{settings.SITE_URL}/classes/{session.public_id}/card.png">' in text
    assert 'name="robots"' not in text


def test_page_does_not_name_a_teacher_who_is_not_shown(client, session, ada, sam):
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    assert "performer" not in linked_data(client.get(session.get_absolute_url()).content.decode())


def test_past_class_is_not_for_search_engines(client, studio):
    past = make_session(studio, starts_at=NOW - timedelta(days=1))
    assert '<meta name="robots" content="noindex">' in client.get(past.get_absolute_url()).content.decode()


def test_picture_is_drawn_once_and_asked_for_by_tag(client, session):
    address = f"{session.get_absolute_url()}card.png"
    picture = client.get(address)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(address, headers={"If-None-Match": picture["ETag"]}).status_code == 304
    assert client.get("/classes/nothing/card.png").status_code == 404


def test_sitemap_lists_open_studios_and_classes_to_come(client, studio, session):
    make_session(studio, starts_at=NOW - timedelta(days=1))
    make_session(studio, starts_at=NOW + timedelta(days=3), status=SessionStatus.CANCELLED)
    closed = make_studio(studio.chain, "Closed", is_active=False)
    make_session(closed, starts_at=NOW + timedelta(days=4))
    make_session(make_studio(make_chain("Gone", is_active=False)), starts_at=NOW + timedelta(days=4))
    index = client.get("/sitemap.xml").content.decode()
    assert ("/sitemap-studios.xml" in index, "/sitemap-classes.xml" in index) == (True, True)
    places = [
        re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", client.get(f"/sitemap-{name}.xml").content.decode())
        for name in ("studios", "classes")
    ]
    assert places == [[studio.get_absolute_url()], [session.get_absolute_url()]]
