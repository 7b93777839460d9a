"""F18, SEC-4: the list of devices, and signing one or all of them out."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.auth.sessions import device_name
from accounts.middleware import SEEN_INTERVAL
from accounts.tests.auth.conftest import AppClient
from accounts.tests.factories import PASSWORD

URL = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def browser(member):
    browser = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77")
    browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    return browser


@pytest.fixture
def phone(member):
    phone = AppClient()
    phone.sign_in(member)
    return phone


def test_list_works(browser, phone):
    response = phone.api("get", "me/sessions")
    assert response.status_code == 200
    shown = [(d["name"], d["is_app"], d["ip"], d["is_current"]) for d in response.json()["results"]]
    assert shown == [
        ("FitFoodieApp on iPhone", True, "198.51.100.x", True),
        ("Firefox on Linux", False, "203.0.113.x", False),
    ]
    assert (response.json()["next"], response.json()["previous"]) == (None, None)


def test_list_by_session_cookie(browser, phone):
    results = browser.get("/api/v1/me/sessions").json()["results"]
    assert [d["is_current"] for d in results] == [True, False]
    assert results[0]["name"] == "Firefox on Linux"


def test_list_anonymous(client, db):
    assert client.get("/api/v1/me/sessions").status_code == 401


def test_list_shows_nobody_else(phone, stranger):
    other = AppClient()
    other.sign_in(stranger)
    assert len(other.api("get", "me/sessions").json()["results"]) == 1


def test_list_costs_the_same_for_one_and_three(phone, member, django_assert_num_queries):
    with django_assert_num_queries(2):
        phone.api("get", "me/sessions")
    for name in ("One", "Two"):
        AppClient(user_agent=name).sign_in(member)
    with django_assert_num_queries(2):
        assert len(phone.api("get", "me/sessions").json()["results"]) == 3


def test_end_one_works_on_the_next_request(browser, phone):
    device = next(d for d in browser.get("/api/v1/me/sessions").json()["results"] if d["is_app"])
    response = phone.api("delete", f"me/sessions/{device['id']}")
    assert response.status_code == 204
    assert phone.api("get", "me/sessions").status_code == 401
    assert browser.get("/api/v1/me/sessions").status_code == 200


def test_end_one_anonymous(client, db):
    assert client.delete("/api/v1/me/sessions/abc").status_code == 401


def test_end_one_of_a_stranger(phone, browser, stranger):
    other = AppClient()
    other.sign_in(stranger)
    device = phone.api("get", "me/sessions").json()["results"][0]["id"]
    assert other.api("delete", f"me/sessions/{device}").status_code == 404
    assert phone.api("get", "me/sessions").status_code == 200


def test_end_one_unknown(phone):
    assert phone.api("delete", "me/sessions/no-such-device").status_code == 404


def test_end_others_keeps_this_one(browser, phone, member):
    assert phone.api("delete", "me/sessions").status_code == 204
    assert phone.api("get", "me/sessions").status_code == 200
    assert browser.get(URL).status_code == 302


def test_end_others_by_cookie_needs_the_csrf_token(member):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(member)
    assert careful.delete("/api/v1/me/sessions").status_code == 403


def test_page_works(browser, phone):
    page = browser.get(URL).content.decode()
    assert "Firefox on Linux" in page
    assert "FitFoodieApp on iPhone" in page
    assert page.count("This device, now") == 1


def test_page_ends_another_device(browser, phone):
    device = next(d for d in browser.get(URL).context["devices"] if d.is_app)
    response = browser.post(f"{URL}end/", {"device": device.id})
    assert response["Location"] == URL
    assert phone.api("get", "me/sessions").status_code == 401


def test_page_ends_this_device(browser):
    device = browser.get(URL).context["devices"][0]
    assert browser.post(f"{URL}end/", {"device": device.id})["Location"] == "/"
    assert browser.get(URL).status_code == 302


def test_page_ends_unknown_device(browser):
    assert browser.post(f"{URL}end/", {"device": "nonsense"}).status_code == 404


def test_page_ends_all_others(browser, phone):
    browser.post(f"{URL}end-others/")
    assert phone.api("get", "me/sessions").status_code == 401
    assert browser.get(URL).status_code == 200


def test_page_refuses_get_for_changes(browser):
    assert browser.get(f"{URL}end/").status_code == browser.get(f"{URL}end-others/").status_code == 405


def test_last_seen_is_written_at_most_every_five_minutes(browser, member, time_machine, django_assert_num_queries):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    browser.get(URL)
    first = member.usersession_set.get().last_seen_at
    time_machine.shift(SEEN_INTERVAL - 1)
    browser.get(URL)
    assert member.usersession_set.get().last_seen_at == first
    time_machine.shift(2)
    browser.get(URL)
    assert member.usersession_set.get().last_seen_at > first


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/126.0 Safari/537 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/126.0 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17.0 Mobile Safari/604", "Safari on iPhone"),
        ("FitFoodie/2.1", "FitFoodie"),
        ("", "Unknown browser"),
        ("Mozilla/5.0", "Unknown browser"),
    ],
)
def test_device_name(user_agent, name):
    assert device_name(user_agent) == name
