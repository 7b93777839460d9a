import re

import pytest
from django.urls import reverse

from accounts.models import Preferences, Profile, User
from accounts.tests.factories import UserFactory
from accounts.views.settings import SECTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = UserFactory(handle="mei", name="Mei Lin")
    client.force_login(person)
    return person


def save(client, section, form, **fields):
    return client.post(f"/settings/{section}/", {"form": form, **fields})


VISIBILITY = dict.fromkeys(["photo", "bio", "links", "city", "sports", "level", "diets", "allergies"], "nobody")


@pytest.mark.parametrize("section", ["", *[f"{section.name}/" for section in SECTIONS]])
def test_settings_need_a_sign_in(client, section):
    response = client.get(f"/settings/{section}")
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("section", ["", *[f"{section.name}/" for section in SECTIONS]])
def test_settings_open(client, person, section, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert client.get(f"/settings/{section}").status_code == 200


def test_unknown_section_is_not_found(client, person):
    assert client.get("/settings/nonsense/").status_code == 404


def test_profile_is_saved_and_confirmed(client, person):
    response = save(
        client,
        "profile",
        "profile",
        name="Mei",
        bio="Hello",
        place="graz, austria",
        links="https://example.com/a\n\nhttps://example.com/b",
        level="beginner",
        sports=["yoga", "running"],
        diets=["vegan"],
        severe_allergies=["milk"],
    )
    assert (response.status_code, response.url) == (302, "/settings/profile/")
    assert b"Saved." in client.get(response.url).content
    profile = Profile.objects.get(user=person)
    assert User.objects.get(pk=person.pk).name == "Mei"
    assert (profile.city, profile.country) == ("Graz", "AT")
    assert profile.links == ["https://example.com/a", "https://example.com/b"]
    assert sorted(profile.sports) == ["running", "yoga"]
    assert profile.allergies == {"milk"}


def test_form_shows_what_is_stored(client):
    client.force_login(
        UserFactory(
            profile__sports=["yoga"],
            profile__diets=["vegan"],
            profile__allergies=["milk"],
            profile__city="Graz",
            profile__country="AT",
            profile__level="beginner",
        )
    )
    html = client.get("/settings/profile/").content.decode()
    checked = re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)" checked', html)
    assert checked == [("sports", "yoga"), ("diets", "vegan"), ("allergies", "milk")]
    assert 'value="Graz, Austria"' in html
    assert '<option value="beginner" selected' in html


def test_place_we_do_not_know_stays_as_typed(client, person):
    save(client, "profile", "profile", name="Mei", place="Little Hamlet")
    profile = Profile.objects.get(user=person)
    assert (profile.city, profile.country) == ("Little Hamlet", "")


def test_wrong_profile_keeps_what_was_typed(client, person):
    response = save(client, "profile", "profile", name="", bio="Long story", links="ftp://example.com")
    assert response.status_code == 200
    html = response.content.decode()
    assert "Long story" in html
    assert "ftp://example.com" in html
    assert "Enter a whole address that begins with https://" in html
    assert Profile.objects.get(user=person).bio == ""


def test_htmx_gets_the_section_and_a_toast(client, person):
    response = client.post("/settings/units/", {"form": "units", "units": "us"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "Saved." in response["HX-Trigger"]
    assert Preferences.objects.get(user=person).units == "us"


def test_handle_is_changed(client, person):
    assert save(client, "account", "handle", handle="mei_lin").status_code == 302
    assert User.objects.get(pk=person.pk).handle == "mei_lin"


def test_taken_handle_is_explained(client, person):
    UserFactory(handle="taken")
    response = save(client, "account", "handle", handle="taken")
    assert "@taken is taken" in response.content.decode()


def test_third_handle_says_when(client, person):
    save(client, "account", "handle", handle="mei2")
    save(client, "account", "handle", handle="mei3")
    assert "The next change is possible on" in client.get("/settings/account/").content.decode()


def test_visibility_is_saved_alone(client, person):
    assert save(client, "privacy", "visibility", **VISIBILITY).status_code == 302
    assert Profile.objects.get(user=person).visibility == VISIBILITY
    assert Preferences.objects.get(user=person).is_listed_in_search_engines
    assert save(client, "privacy", "search-engines").status_code == 302
    assert not Preferences.objects.get(user=person).is_listed_in_search_engines


def test_visibility_out_of_the_list_is_refused(client, person):
    assert save(client, "privacy", "visibility", **(VISIBILITY | {"bio": "friends"})).status_code == 200
    assert Profile.objects.get(user=person).visibility == {}


@pytest.mark.parametrize("form", ["", "theme", "nonsense"])
def test_form_of_another_section_saves_nothing(client, person, form):
    assert save(client, "units", form, units="us", theme="dark").status_code == 200
    stored = Preferences.objects.get(user=person)
    assert (stored.units, stored.theme) == ("metric", "system")


def test_theme_follows_to_a_second_device(client, person):
    save(client, "appearance", "theme", theme="dark")
    client.cookies["theme"] = "light"
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()


def test_language_and_time_zone_hold_on_the_next_request(client, person):
    save(client, "language", "language", language="de")
    response = client.get("/settings/")
    assert response["Content-Language"] == "de"
    assert '<html lang="de"' in response.content.decode()
    save(client, "time-zone", "time-zone", time_zone="Asia/Tokyo")
    assert Preferences.objects.get(user=person).time_zone == "Asia/Tokyo"
    assert save(client, "time-zone", "time-zone", time_zone="Mars/Olympus").status_code == 200


def test_footer_choices_reach_the_account(client, person):
    assert client.post("/theme", {"theme": "dark", "next": "/settings/"}).url == "/settings/"
    client.post("/i18n/setlang/", {"language": "de", "next": "/settings/"})
    stored = Preferences.objects.get(user=person)
    assert (stored.theme, stored.language) == ("dark", "de")
    client.post("/theme", {"theme": "neon"})
    client.post("/i18n/setlang/", {"language": "tlh"})
    stored = Preferences.objects.get(user=person)
    assert (stored.theme, stored.language) == ("dark", "de")


def test_footer_choices_of_a_stranger_stay_on_the_device(client):
    assert client.post("/theme", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert client.get("/theme").status_code == 405


def test_start_creating(client, person):
    assert b"content guidelines" in client.get("/create/start/").content
    assert "Please accept" in client.post("/create/start/", {}).content.decode()
    response = client.post("/create/start/", {"accepts_guidelines": "on"})
    assert response.status_code == 302
    assert b"You are a creator" in client.get(response.url).content


def test_start_creating_before_the_email_is_confirmed(client):
    client.force_login(UserFactory(verified=False))
    response = client.post("/create/start/", {"accepts_guidelines": "on"})
    assert "confirm your e-mail address" in response.content.decode()
