import pytest

from accounts.models import Preferences, Profile, User
from accounts.tests.factories import UserFactory
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
URL = "/api/v1/me"


@pytest.fixture
def person(client):
    person = UserFactory(handle="mei", name="Mei Lin", profile__allergies=["milk"])
    client.force_login(person)
    return person


def patch(client, data):
    return client.patch(URL, data, content_type="application/json")


def test_me_needs_a_sign_in(client):
    assert client.get(URL).status_code in {401, 403}
    assert patch(client, {"bio": "x"}).status_code in {401, 403}


def test_me_is_complete(client, person):
    assert client.get(URL).json() == {
        "handle": "mei",
        "name": "Mei Lin",
        "avatar": None,
        "verified": False,
        "bio": "",
        "city": "",
        "country": "",
        "links": [],
        "diets": [],
        "allergies": ["milk"],
        "severe_allergies": [],
        "sports": [],
        "level": "",
        "member_since": person.joined_at.year,
        "email": "mei@example.com",
        "email_verified": True,
        "roles": ["user"],
        "visibility": {
            "photo": "everyone",
            "bio": "everyone",
            "links": "everyone",
            "city": "members",
            "sports": "members",
            "level": "members",
            "diets": "members",
            "allergies": "nobody",
        },
        "preferences": {
            "language": "en",
            "time_zone": "UTC",
            "theme": "system",
            "units": "metric",
            "daily_calories": None,
            "is_listed_in_search_engines": True,
        },
    }


def test_patch_changes_what_is_named(client, person):
    response = patch(
        client,
        {
            "handle": "mei_lin",
            "bio": "Hello",
            "diets": ["vegan"],
            "visibility": {"bio": "members"},
            "preferences": {"units": "us"},
        },
    )
    assert response.status_code == 200
    body = response.json()
    assert (body["handle"], body["bio"], body["diets"]) == ("mei_lin", "Hello", ["vegan"])
    assert (body["visibility"]["bio"], body["preferences"]["units"]) == ("members", "us")
    assert (body["name"], body["allergies"]) == ("Mei Lin", ["milk"])


def test_patch_is_all_or_nothing(client, person):
    UserFactory(handle="taken")
    response = patch(client, {"handle": "taken", "preferences": {"units": "us"}, "visibility": {"bio": "nobody"}})
    assert response.status_code == 409
    assert response.json()["code"] == "handle_taken"
    assert response.json()["errors"][0]["pointer"] == "/handle"
    assert Preferences.objects.get(user=person).units == "metric"
    assert Profile.objects.get(user=person).visibility == {}
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "smuggled",
    ["roles", "is_staff", "is_superuser", "verified", "is_verified", "email", "email_verified", "id", "user"],
)
def test_patch_refuses_what_is_not_the_persons_to_write(client, person, smuggled):
    response = patch(client, {smuggled: True})
    assert response.status_code == 400
    assert response.json()["errors"][0] | {"detail": ""} == {
        "pointer": f"/{smuggled}",
        "code": "unknown_field",
        "detail": "",
    }
    assert not User.objects.get(pk=person.pk).is_staff


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "\u202ex"}, "/name"),
        ({"links": ["http://example.com"]}, "/links"),
        ({"sports": ["chess"]}, "/sports/0"),
        ({"country": "XX"}, "/country"),
        ({"visibility": {"email": "everyone"}}, "/visibility/email"),
        ({"preferences": {"time_zone": "Mars/Olympus"}}, "/time_zone"),
        ({"preferences": {"theme": "neon"}}, "/preferences/theme"),
        ({"bio": "a\x00b"}, "/bio"),
    ],
)
def test_patch_names_the_field(client, person, data, pointer):
    response = patch(client, data)
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer


def test_me_is_not_sent_twice(client, person):
    etag = client.get(URL)["ETag"]
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_me_costs_few_queries(client, person, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(URL)
