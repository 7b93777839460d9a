import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import profile_sections
from accounts.profile_sections import ProfileSection
from accounts.services.handle import change_handle
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FULL = {
    "profile__bio": "Cooks on Sundays <b>",
    "profile__city": "Graz",
    "profile__country": "AT",
    "profile__links": ["https://example.com/mei"],
    "profile__diets": ["vegan"],
    "profile__sports": ["yoga"],
    "profile__level": "advanced",
    "profile__allergies": ["milk"],
    "profile__severe_allergies": ["milk"],
}
EVERYONE = ["Cooks on Sundays &lt;b&gt;", "example.com/mei"]
MEMBERS = ["Graz, Austria", "Vegan", "Yoga", "Advanced"]
OWNER = ["Milk", "severe"]


@pytest.fixture
def person():
    return UserFactory(handle="mei", name="Mei Lin", **FULL)


def shown(response):
    html = response.content.decode()
    return [text for text in (*EVERYONE, *MEMBERS, *OWNER) if text in html]


def test_stranger_sees_what_everyone_may(client, person):
    response = client.get("/@mei")
    assert response.status_code == 200
    assert shown(response) == EVERYONE


def test_member_sees_more(client, person):
    client.force_login(UserFactory())
    assert shown(client.get("/@mei?as=me")) == EVERYONE + MEMBERS


@pytest.mark.parametrize(
    ("eyes", "expected"),
    [
        ("me", EVERYONE + MEMBERS + OWNER),
        ("member", EVERYONE + MEMBERS),
        ("stranger", EVERYONE),
        ("nonsense", EVERYONE + MEMBERS + OWNER),
    ],
)
def test_owner_looks_through_other_eyes(client, person, eyes, expected):
    client.force_login(person)
    assert shown(client.get(f"/@mei?as={eyes}")) == expected


def test_visibility_of_another_time_hides(client, person):
    person.profile.visibility = {"bio": "friends", "links": "nobody"}
    person.profile.save()
    assert shown(client.get("/@mei")) == []


def test_old_handle_leads_to_the_new(client, person):
    change_handle(user=person, handle="mei_lin", now=timezone.now())
    response = client.get("/@mei")
    assert (response.status_code, response.url) == (301, "/@mei_lin")
    assert client.get("/@MEI_LIN").url == "/@mei_lin"


@pytest.mark.parametrize("state", [{"is_active": False}, {"deletion_requested_at": timezone.now()}])
def test_who_is_gone_looks_like_nobody(client, state):
    person = UserFactory(handle="mei", **state)
    change = {"handle": "mei"}
    assert client.get("/@mei").status_code == 404
    person.former_handles.create(handle="old_mei")
    assert client.get("/@old_mei").status_code == 404
    assert change


def test_unknown_handle_is_not_found(client, db):
    assert client.get("/@nobody_here").status_code == 404


def test_person_decides_about_search_engines(client, person):
    listed = client.get("/@mei")
    assert "X-Robots-Tag" not in listed
    assert b'"@type": "ProfilePage"' in listed.content
    assert b"Graz" not in listed.content
    assert b"</b>" not in listed.content
    person.preferences.is_listed_in_search_engines = False
    person.preferences.save()
    hidden = client.get("/@mei")
    assert hidden["X-Robots-Tag"] == "noindex"
    assert b"ld+json" not in hidden.content


def test_other_apps_add_their_sections(client, person, monkeypatch):
    monkeypatch.setattr(profile_sections, "_sections", {})
    seen = []

    def context(owner, viewer):
        seen.append(viewer.is_authenticated)
        return {"title": f"Meals of {owner.name}"}

    profile_sections.register(ProfileSection("meals", "tests/section.html", context))
    profile_sections.register(ProfileSection("empty", "tests/section.html", lambda owner, viewer: None))
    with pytest.raises(ValueError, match="twice"):
        profile_sections.register(ProfileSection("meals", "tests/section.html", context))
    assert profile_sections.sections_for(person, person) == [("tests/section.html", {"title": "Meals of Mei Lin"})]


def test_profile_costs_few_queries(client, person, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/@mei")


def test_me_leads_to_the_own_page(client, person):
    assert client.get("/me").url.startswith(reverse("account_login"))
    client.force_login(person)
    assert client.get("/me").url == "/@mei"


def test_city_suggestions(client, person):
    assert client.get("/settings/cities?q=graz").status_code == 302
    client.force_login(person)
    found = client.get("/settings/cities?q=graz").json()["suggestions"]
    assert found[0] == {"label": "Graz, Austria", "value": "Graz, Austria"}
    assert client.get("/settings/cities").json() == {"suggestions": []}
