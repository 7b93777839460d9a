import pytest

from fitfoodie.events.models import Event
from meals.tests.factories import make_meal
from orders.models import AffiliateLink
from orders.tests.factories_affiliate import make_link

LINKS = "/api/v1/affiliate-links"
pytestmark = pytest.mark.django_db


def test_making_a_link_answers_with_what_to_share(signed_in, ada, soup, settings):
    given = {"meal": soup.slug, "code": "Ada-Soup", "label": "My shelf", "utm": {"utm_source": "letter"}}
    answer = signed_in(ada).post(LINKS, given, format="json")
    link = AffiliateLink.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "code": "Ada-Soup",
        "url": f"{settings.SITE_URL}/r/Ada-Soup",
        "label": "My shelf",
        "meal": soup.slug,
        "path": "",
        "utm": {"utm_source": "letter"},
        "active": True,
        "clicks": 0,
        "created_at": answer.json()["created_at"],
        "disclosure_required": True,
    }
    assert answer["Location"] == f"{LINKS}/Ada-Soup"
    event = Event.objects.get(name="orders.link.created")
    assert (event.actor, event.data) == (ada, {"link_id": link.pk, "creator_id": ada.pk, "code": "Ada-Soup"})


def test_code_is_chosen_when_none_is_given(signed_in, ada):
    code = signed_in(ada).post(LINKS, {"path": "/meals/"}, format="json").json()["code"]
    assert len(code) == 7
    assert set(code) <= set("0123456789abcdefghjkmnpqrstvwxyz")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.test/",
        "https://evil.test/meals/",
        "/\\evil.test",
        "javascript:alert(1)",
        "meals/",
        "/meals/?next=//evil.test",
        "/meals/#x",
        "/accounts/login/",
        "/admin/",
        "/api/v1/meals",
        "/r/other",
        "/nothing/of/ours",
        "/meals/ x",
        "/meals//x",
        "/%5Cevil.test",
        "//[",
    ],
)
def test_only_pages_of_this_site_can_be_linked(signed_in, ada, path):
    answer = signed_in(ada).post(LINKS, {"path": path}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/path")
    assert not AffiliateLink.objects.exists()


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({}, "/meal"),
        ({"meal": "nothing"}, "/meal"),
        ({"path": "/meals/", "code": "ab"}, "/code"),
        ({"path": "/meals/", "code": "a b c"}, "/code"),
        ({"path": "/meals/", "utm": {"utm_nonsense": "x"}}, "/utm/utm_nonsense"),
        ({"path": "/meals/", "clicks": 7}, "/clicks"),
    ],
)
def test_bad_input_is_named(signed_in, ada, given, pointer):
    answer = signed_in(ada).post(LINKS, given, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


def test_draft_cannot_be_linked(signed_in, ada):
    answer = signed_in(ada).post(LINKS, {"meal": make_meal(ada, "Secret").slug}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_meal")


def test_code_that_is_taken_is_a_conflict_in_any_case(signed_in, ada, ben):
    make_link(ben, "SOUP")
    answer = signed_in(ada).post(LINKS, {"path": "/meals/", "code": "soup"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "code_taken")


def test_whoever_is_no_creator_or_unverified_makes_none(signed_in, api, ada, sam):
    given = {"path": "/meals/"}
    assert api.post(LINKS, given, format="json").status_code == 401
    assert signed_in(sam).post(LINKS, given, format="json").json()["code"] == "creator_only"
    ada.emailaddress_set.update(verified=False)
    assert signed_in(ada).post(LINKS, given, format="json").json()["code"] == "email_unverified"


def test_pausing_resuming_and_describing(signed_in, ada):
    link = make_link(ada)
    client = signed_in(ada)
    assert client.patch(f"{LINKS}/soup", {"active": False}, format="json").json()["active"] is False
    assert client.patch(f"{LINKS}/SOUP", {"active": True}, format="json").json()["active"] is True
    changed = client.patch(f"{LINKS}/soup", {"label": "Shelf", "utm": {"utm_medium": "mail"}}, format="json").json()
    assert (changed["label"], changed["utm"]) == ("Shelf", {"utm_medium": "mail"})
    payload = {"link_id": link.pk, "creator_id": ada.pk, "code": "soup"}
    told = Event.objects.filter(name__startswith="orders.link").order_by("pk")
    assert [(event.name, event.data) for event in told] == [
        ("orders.link.paused", payload),
        ("orders.link.resumed", payload),
        ("orders.link.changed", payload),
    ]


def test_where_it_leads_never_changes(signed_in, ada):
    make_link(ada)
    assert signed_in(ada).patch(f"{LINKS}/soup", {"path": "/"}, format="json").status_code == 400


@pytest.mark.parametrize("verb", ["get", "patch"])
def test_links_of_others_are_not_there(signed_in, api, ada, ben, verb):
    make_link(ada)
    assert getattr(signed_in(ben), verb)(f"{LINKS}/soup", format="json").status_code == 404
    assert getattr(api, verb)(f"{LINKS}/soup", format="json").status_code == 401
    assert signed_in(ben).get(f"{LINKS}/soup/qr").status_code == 404


def test_list_holds_ones_own_the_newest_first(signed_in, ada, ben):
    for creator, code in ((ada, "one"), (ada, "two"), (ben, "three")):
        make_link(creator, code)
    found = signed_in(ada).get(LINKS).json()["results"]
    assert [(row["code"], row["disclosure_required"]) for row in found] == [("two", True), ("one", True)]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_questions_for_one_and_three(signed_in, ada, django_assert_num_queries, count):
    for number in range(count):
        make_link(ada, f"code{number}")
    client = signed_in(ada)
    client.get(LINKS)
    with django_assert_num_queries(3):
        client.get(LINKS)


def test_qr_is_a_drawing_of_the_address(signed_in, ada, settings):
    make_link(ada)
    answer = signed_in(ada).get(f"{LINKS}/soup/qr")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert f"{settings.SITE_URL}/r/soup" in answer.content.decode()
