import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.template.loader import render_to_string
from django.urls import reverse

from fitfoodie.common.context_processors import site, theme_of
from fitfoodie.common.views import server_error

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, settings):
    settings.SITE_GALLERY = True

    def get(**cookies):
        client.cookies.load(cookies)
        response = client.get("/design/")
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_frame_starts_with_a_skip_link(page):
    first = re.search(r"<body[^>]*>\s*(<a [^>]+>)", page()).group(1)
    assert first == '<a class="skip" href="#main">'


def test_frame_scripts_carry_the_nonce_of_the_policy(client, settings):
    settings.SITE_GALLERY = True
    response = client.get("/design/")
    nonces = set(re.findall(r'<script [^>]*nonce="([^"]+)"', response.content.decode()))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", "dark"), ("light", "light"), ("system", ""), ('"><script>', "")]
)
def test_frame_theme_follows_the_cookie(rf, cookie, shown):
    request = rf.get("/")
    request.COOKIES["theme"] = cookie
    request.user = AnonymousUser()
    assert theme_of(request) == shown


def test_frame_theme_is_written_on_the_root(page):
    assert 'data-theme="dark"' in page(theme="dark")
    assert "data-theme=" not in re.search(r"<html[^>]*>", page(theme="system")).group()


def test_frame_theme_falls_back_to_the_account(rf, django_user_model):
    request = rf.get("/")
    request.user = django_user_model(email="maya@demo.test", handle="maya", name="Maya")
    assert theme_of(request) == ""
    request.user.preferences = type(django_user_model._meta.get_field("preferences").related_model())(theme="dark")
    assert theme_of(request) == "dark"


def test_frame_links_only_to_what_exists(rf, settings):
    settings.SITE_PLACES = [
        {"route": "home", "label": "Home", "icon": "eat"},
        {"route": "nowhere:list", "label": "Nowhere", "icon": "train"},
    ]
    request = rf.get("/")
    request.user = AnonymousUser()
    items = site(request)["nav_items"]
    assert [(item["label"], item["url"], item["current"]) for item in items] == [("Home", "/", True)]


def test_frame_hides_places_of_members_from_visitors(rf, settings, django_user_model):
    settings.SITE_PLACES = [{"route": "home", "icon": "eat"}, {"route": "design", "icon": "me", "signed_in": True}]
    request = rf.get("/")
    assert [item["route"] for item in site(request)["nav_items"]] == ["home"]
    request.user = django_user_model(email="maya@demo.test", handle="maya", name="Maya")
    assert [item["route"] for item in site(request)["nav_items"]] == ["home", "design"]


def test_frame_place_is_current_for_pages_under_it(rf, settings):
    settings.SITE_PLACES = [
        {"route": "design", "label": "D", "icon": "eat"},
        {"route": "home", "label": "H", "icon": "me"},
    ]
    request = rf.get("/design/suggestions")
    assert [item["current"] for item in site(request)["nav_items"]] == [True, False]


def parts_of(rf, path, user):
    request = rf.get(path)
    request.user = user
    found = site(request)["place_parts"]
    return [(part["route"], part["current"]) for part in found.get("links", ())]


def test_frame_shows_the_parts_of_the_place_to_members(rf, django_user_model):
    maya = django_user_model(email="maya@demo.test", handle="maya", name="Maya")
    shown = [("classes:list", False), ("matching:classes", False), ("matching:deck", True), ("classes:mine", False)]
    assert parts_of(rf, "/partners/matches/", maya) == shown
    assert parts_of(rf, "/partners/matches/", AnonymousUser()) == []


def test_frame_shows_no_parts_where_the_page_is_in_none(rf, django_user_model):
    maya = django_user_model(email="maya@demo.test", handle="maya", name="Maya")
    assert parts_of(rf, "/host/", maya) == []
    assert parts_of(rf, "/meals/", maya) == []


def test_set_theme_stores_the_choice_and_returns(client):
    response = client.post(reverse("theme"), {"theme": "dark", "next": "/design/"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/design/"
    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "javascript:alert(1)", ""])
def test_set_theme_never_leaves_the_site(client, target):
    assert client.post(reverse("theme"), {"theme": "dark", "next": target}).headers["Location"] == "/"


def test_set_theme_unknown_value_sets_nothing(client):
    assert "theme" not in client.post(reverse("theme"), {"theme": "<b>"}).cookies


def test_set_theme_by_get_is_refused(client):
    assert client.get(reverse("theme")).status_code == 405


def test_gallery_is_for_development_only(client, settings):
    settings.SITE_GALLERY = False
    assert client.get("/design/").status_code == 404
    assert client.get("/design/suggestions").status_code == 404


def test_gallery_suggestions_find_by_part(client, settings):
    settings.SITE_GALLERY = True
    assert client.get("/design/suggestions", {"q": "lent"}).json() == {"suggestions": ["Lentil bowl", "Lentil soup"]}


def test_messages_become_toasts(rf):
    class Message:
        level, level_tag = constants.SUCCESS, "success"

        def __str__(self):
            return "Saved <b>"

    html = render_to_string("base.html", {"messages": [Message()]})
    assert re.search(r'role="status".*<div class="toast success"', html, re.DOTALL)
    assert "Saved &lt;b&gt;" in html


@pytest.mark.parametrize("code", [400, 403, 404, 410, 429, 500])
def test_error_page_says_what_to_do_and_quotes_the_reference(code, rf):
    html = render_to_string(f"{code}.html", {"request_id": "abc-123"})
    assert "abc-123" in html
    assert 'href="/"' in html
    assert "<h1>" in html


def test_error_page_of_a_failure_needs_neither_request_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(None)
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


def test_not_found_page_is_ours(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert b"Nothing on this plate" in response.content
