from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classes.enums import RsvpStatus, SessionStatus
from classes.models import ClassType, Rsvp
from classes.tests.factories import NOW, make_chain, make_session, make_staff, make_studio
from social.models import Block

URL = "/api/v1/classes"


@pytest.fixture(autouse=True)
def _clock(at_now):
    return at_now


def titles(response):
    assert response.status_code == 200, response.content
    return [each["title"] for each in response.json()["results"]]


def test_list_shows_a_card(api, studio, ada):
    session = make_session(studio, instructor=ada, price="18.00", level="beginner", confirmed=2, reserved=1)
    ClassType.objects.in_chain(studio.chain).update(rating_average=4.456, rating_count=3)
    (card,) = api.get(URL).json()["results"]
    assert card == {
        "id": session.public_id,
        "title": "Gentle Yoga",
        "class_type": session.class_type.public_id,
        "studio": {
            "id": studio.public_id,
            "slug": "limmat-hall",
            "name": "Limmat Hall",
            "city": "Zürich",
            "country": "CH",
            "latitude": 47.3769,
            "longitude": 8.5417,
            "chain": {"slug": "limmat-movement", "name": "Limmat Movement"},
        },
        "instructor": {"handle": "ada", "name": "Ada", "avatar": None, "verified": False},
        "starts_at": "2026-06-17T06:00:00Z",
        "ends_at": "2026-06-17T07:00:00Z",
        "timezone": "Europe/Zurich",
        "status": "scheduled",
        "capacity": 12,
        "confirmed": 2,
        "waitlisted": 0,
        "seats_left": 9,
        "level": "beginner",
        "intensity": "moderate",
        "format": "in_person",
        "interests": ["yoga"],
        "price": {"amount": "18.00", "currency": "CHF"},
        "guaranteed": False,
        "rating": {"average": 4.46, "count": 3},
        "distance_km": None,
        "my_rsvp": None,
    }


def test_list_is_empty_without_classes(api, db):
    assert api.get(URL).json() == {"results": [], "next": None, "previous": None}


def test_few_ratings_have_no_average_and_no_place_is_left_while_somebody_waits(api, studio):
    make_session(studio, waitlisted=1)
    ClassType.objects.in_chain(studio.chain).update(rating_average=5, rating_count=2)
    (card,) = api.get(URL).json()["results"]
    assert (card["rating"], card["seats_left"]) == ({"average": None, "count": 2}, 0)


def test_list_hides_past_cancelled_and_closed(api, studio):
    make_session(studio, starts_at=NOW)
    make_session(studio, status=SessionStatus.CANCELLED)
    make_session(make_studio(make_chain("Closed", is_active=False)))
    make_session(make_studio(studio.chain, "Closed", is_active=False))
    assert titles(api.get(URL)) == []


def test_list_hides_whoever_teaches_from_those_they_blocked(signed_in, studio, ada, sam):
    make_session(studio, instructor=ada)
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    (card,) = signed_in(sam).get(URL).json()["results"]
    assert card["instructor"] is None
    assert titles(signed_in(sam).get(URL, {"instructor": "ada"})) == []
    assert titles(signed_in(ada).get(URL, {"instructor": "ADA"})) == ["Gentle Yoga"]


def test_my_seat_is_mine_alone(signed_in, studio, ada, sam):
    session = make_session(studio)
    for number, (person, priority) in enumerate(((ada, 0), (sam, 1))):
        Rsvp.objects.create(
            chain=studio.chain,
            session=session,
            user=person,
            status=RsvpStatus.WAITLISTED,
            priority=priority,
            joined_at=NOW + timedelta(minutes=number),
        )
    seats = [signed_in(person).get(URL).json()["results"][0]["my_rsvp"] for person in (ada, sam)]
    assert seats == [
        {"status": "waitlisted", "position": 2, "reserved_until": None},
        {"status": "waitlisted", "position": 1, "reserved_until": None},
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"level": "beginner"}, ["Early", "Open"]),
        ({"level": "advanced,intermediate"}, ["Open", "Late"]),
        ({"interest": "boxing"}, ["Late"]),
        ({"format": "online"}, ["Late"]),
        ({"free": "true"}, ["Early", "Open"]),
        ({"free": "false"}, ["Late"]),
        ({"has_seats": "true"}, ["Early", "Late"]),
        ({"has_seats": "false"}, ["Open"]),
        ({"from": "2026-06-17"}, ["Open", "Late"]),
        ({"to": "2026-06-17"}, ["Early", "Open"]),
        ({"from": "2026-06-16T07:00:00Z", "to": "2026-06-17T11:00:00+02:00"}, ["Open"]),
        ({"day": "tomorrow"}, ["Early"]),
        ({"day": "tue,wed"}, ["Early", "Open"]),
        ({"day": "weekend"}, ["Late"]),
        ({"day": "today"}, []),
        ({"part": "morning"}, ["Early", "Open"]),
        ({"part": ["noon", "evening"]}, ["Open", "Late"]),
        ({"studio": "limmat-hall"}, ["Early", "Open", "Late"]),
        ({"studio": "other"}, []),
        ({"chain": "limmat-movement"}, ["Early", "Open", "Late"]),
        ({"class_type": "other"}, []),
        ({"city": "Zürich"}, ["Early", "Open", "Late"]),
        ({"city": "Geneva", "radius_km": "100"}, []),
        ({"near": "47.4,8.5", "radius_km": "10", "ordering": "distance"}, ["Early", "Open", "Late"]),
        ({"ordering": "relevance"}, ["Early", "Open", "Late"]),
    ],
)
def test_list_narrows(api, studio, query, expected):
    day = timedelta(days=1)
    make_session(studio, starts_at=NOW + day, title="Early", level="beginner")
    make_session(studio, starts_at=NOW + 2 * day + timedelta(hours=3), title="Open", waitlisted=1)
    late = {"level": "advanced", "interests": ["boxing"], "format": "online", "price": 20}
    make_session(studio, starts_at=NOW + 5 * day + timedelta(hours=12), title="Late", **late)
    assert sorted(titles(api.get(URL, query))) == sorted(expected)


def test_order_by_distance_says_how_far(api, studio):
    make_session(make_studio(studio.chain, "Winterthur", latitude=47.5, longitude=8.75), title="Further")
    make_session(studio, title="Here", starts_at=NOW + timedelta(days=3))
    query = {"near": "47.3769,8.5417", "radius_km": "50", "ordering": "distance", "page_size": "1"}
    first = api.get(URL, query)
    second = api.get(first.json()["next"])
    assert titles(first) + titles(second) == ["Here", "Further"]
    assert [page.json()["results"][0]["distance_km"] for page in (first, second)] == [0.0, pytest.approx(20.8, abs=0.2)]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"near": "here"}, "?near", "invalid_filters"),
        ({"near": "91,0"}, "?near", "invalid_filters"),
        ({"near": "1,2,3"}, "?near", "invalid_filters"),
        ({"near": "nan,0"}, "?near", "invalid_filters"),
        ({"near": "me"}, "?near", "unknown_place"),
        ({"city": "Nowhereville"}, "?city", "invalid_filters"),
        ({"radius_km": "0"}, "?radius_km", "invalid_filters"),
        ({"radius_km": "nan"}, "?radius_km", "invalid_filters"),
        ({"radius_km": "501"}, "?radius_km", "invalid_filters"),
        ({"from": "soon"}, "?from", "invalid_filters"),
        ({"from": "2026-06-15T10:00"}, "?from", "invalid_filters"),
        ({"to": "0001-01-01"}, "?to", "invalid_filters"),
        ({"level": "expert"}, "?level", "invalid_filters"),
        ({"interest": "chess"}, "?interest", "invalid_filters"),
        ({"day": "someday"}, "?day", "invalid_filters"),
        ({"has_seats": "maybe"}, "?has_seats", "invalid_filters"),
        ({"studio": ",".join(f"s{number}" for number in range(21))}, "?studio", "invalid_filters"),
        ({"q": "y" * 201}, "?q", "invalid_filters"),
        ({"ordering": "price"}, "?ordering", "invalid_filters"),
        ({"ordering": "distance"}, "?ordering", "needs_place"),
    ],
)
def test_filter_that_cannot_be_read_is_named(api, db, query, field, code):
    response = api.get(URL, query)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [(field, code)]


def test_near_me_is_the_city_of_the_profile(signed_in, studio, sam):
    sam.profile.city, sam.profile.country = "Zürich", "CH"
    sam.profile.save()
    make_session(studio)
    assert titles(signed_in(sam).get(URL, {"near": "me"})) == ["Gentle Yoga"]


def test_cursor_walks_through_equal_times_once(api, studio):
    for number in range(5):
        make_session(studio, title=f"Class {number}")
    seen, url = [], f"{URL}?page_size=2"
    while url:
        page = api.get(url)
        seen += titles(page)
        url = page.json()["next"]
    assert seen == [f"Class {number}" for number in range(5)]


def test_unchanged_list_is_not_sent_again(api, studio):
    make_session(studio)
    etag = api.get(URL)["ETag"]
    assert api.get(URL, headers={"if-none-match": etag}).status_code == 304


def test_list_asks_as_much_for_three_as_for_one(signed_in, studio, sam):
    client = signed_in(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    make_session(studio)
    queries()
    one = queries()
    make_session(studio)
    make_session(studio)
    assert queries() == one


def test_document_holds_what_the_list_leaves_out(api, studio):
    session = make_session(studio, description="Breathe.", equipment="A mat")
    response = api.get(f"{URL}/{session.public_id}")
    found = response.json()
    assert {name: found[name] for name in ("description", "equipment", "street", "room", "version")} == {
        "description": "Breathe.",
        "equipment": "A mat",
        "street": "",
        "room": None,
        "version": 1,
    }
    assert found["url"].endswith(f"/classes/{session.public_id}/")
    assert api.get(f"{URL}/{session.public_id}", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_document_of_a_cancelled_class_says_so(api, studio):
    session = make_session(studio, status=SessionStatus.CANCELLED, cancel_reason="Ill.")
    found = api.get(f"{URL}/{session.public_id}").json()
    assert (found["status"], found["cancel_reason"]) == ("cancelled", "Ill.")


@pytest.mark.parametrize("public_id", ["nothing", "0", "%00"])
def test_unknown_document_is_not_there(api, db, public_id):
    assert api.get(f"{URL}/{public_id}").status_code == 404


def test_document_of_a_closed_chain_is_not_there(api, db):
    session = make_session(make_studio(make_chain(is_active=False)))
    assert api.get(f"{URL}/{session.public_id}").status_code == 404


def test_host_cancels_through_the_same_address(signed_in, studio, ada, sam):
    make_staff(studio.chain, ada)
    address = f"{URL}/{make_session(studio).public_id}"
    assert signed_in(sam).delete(f"{address}?reason=No").status_code in (403, 404)
    assert signed_in(ada).delete(f"{address}?reason=Flooded").status_code == 200
    assert signed_in(sam).get(address).json()["status"] == "cancelled"
