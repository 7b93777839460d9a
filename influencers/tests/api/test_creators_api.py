"""Creators, badge, collections and bulk changes by API. Owner ada, stranger ben, reader sam."""

import pytest
from rest_framework.test import APIClient

from influencers.models import Collection, CreatorPage, VerificationApplication
from influencers.services.collections import create_collection
from influencers.services.verification import decide_application
from influencers.tests.factories_creators import NOW, make_listed_creator, verify
from meals.models import Meal
from meals.tests.factories import make_meal

pytestmark = pytest.mark.django_db
API = "/api/v1/influencers"
EVIDENCE = {"legal_name": "Ada", "statement": "I cook.", "website": "https://ada.example.org/"}


@pytest.fixture
def as_ada(ada):
    client = APIClient()
    client.force_login(ada)
    return client


@pytest.fixture
def as_sam(sam):
    client = APIClient()
    client.force_login(sam)
    return client


def test_list_is_by_standing(client, ada, ben, mia):
    verify(ben, mia)
    body = client.get(API).json()
    assert [(row["handle"], row["verified"]) for row in body["results"]] == [("ben", True), ("ada", False)]
    assert [row["handle"] for row in client.get(f"{API}?q=ada").json()["results"]] == ["ada"]
    assert client.get(f"{API}?sort=x").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_one_question(client, db, django_assert_num_queries, count):
    for number in range(count):
        make_listed_creator(f"cook{number}")
    with django_assert_num_queries(1):
        client.get(API)


def test_pages_by_cursor(client, db):
    for number in range(3):
        make_listed_creator(f"cook{number}")
    first = client.get(f"{API}?page_size=2").json()
    second = client.get(first["next"]).json()
    handles = [row["handle"] for row in first["results"] + second["results"]]
    assert sorted(handles) == ["cook0", "cook1", "cook2"]


def test_one_creator_with_collections(client, ada, sam):
    make_meal(ada, "Soup", publish=True)
    create_collection(user=ada, title="Soups", now=NOW, meals=["soup"])
    body = client.get(f"{API}/ada").json()
    assert body["collections"][0]["meals"] == ["soup"]
    assert client.get(f"{API}/sam").status_code == 404
    assert client.get(f"{API}/nobody").status_code == 404


def test_private_creator_is_a_card(client, ada):
    CreatorPage.objects.filter(user=ada).update(headline="Hidden", about="Hidden")
    ada.profile.is_private = True
    ada.profile.save()
    body = client.get(f"{API}/ada").json()
    assert (body["headline"], body["about"], body["collections"]) == ("", "", [])


def test_former_handle_leads_on(as_ada, client, ada):
    as_ada.patch("/api/v1/me", {"handle": "famous"}, format="json")
    answer = client.get(f"{API}/ada")
    assert (answer.status_code, answer["Location"]) == (301, f"{API}/famous")


def test_own_page(as_ada, as_sam, client):
    body = as_ada.patch(f"{API}/me", {"headline": "Hi", "about": "**x**", "links": ["https://a.example.org"]}, "json")
    assert body.json()["about_html"] == "<p><strong>x</strong></p>\n"
    assert as_ada.get(f"{API}/me").json()["links"] == ["https://a.example.org"]
    assert as_ada.patch(f"{API}/me", {"is_verified": True}, "json").status_code == 400
    assert as_ada.patch(f"{API}/me", {"links": ["ftp://x"]}, "json").status_code == 400
    assert as_sam.patch(f"{API}/me", {"headline": "Hi"}, "json").status_code == 403
    assert as_sam.get(f"{API}/me").status_code == 403
    assert client.get(f"{API}/me").status_code == 401


def test_badge_by_api(as_ada, as_sam, client, mia):
    address = f"{API}/me/verification"
    assert as_ada.get(address).status_code == 404
    assert as_ada.delete(address).status_code == 404
    answer = as_ada.post(address, EVIDENCE | {"id_reference": "P-1"}, "json")
    assert answer.status_code == 201
    assert answer.json()["status"] == "open"
    assert "P-1" not in answer.content.decode()
    assert as_ada.post(address, EVIDENCE, "json").json()["code"] == "already_applied"
    assert as_ada.delete(address).json()["status"] == "withdrawn"
    assert as_ada.post(address, {"legal_name": "x"}, "json").status_code == 400
    assert as_sam.post(address, EVIDENCE, "json").status_code == 403
    assert client.get(address).status_code == 401


def test_appeal_by_api(as_ada, ada, mia):
    as_ada.post(f"{API}/me/verification", EVIDENCE, "json")
    application = VerificationApplication.objects.get()
    address = f"{API}/me/verification/appeal"
    assert as_ada.post(address, {"text": "Hm."}, "json").status_code == 409
    decide_application(application_id=application.pk, reviewer=mia, approve=False, reason="No.", now=NOW)
    body = as_ada.post(address, {"text": "Look again."}, "json").json()
    assert body["decisions"][0]["reason"] == "No."
    assert body["decisions"][0]["appeal"]["state"] == "open"
    assert body["may_appeal"] is False


def test_collections_by_api(as_ada, as_sam, ada, ben, client):
    make_meal(ada, "Soup", publish=True)
    make_meal(ben, "Stew", publish=True)
    address = f"{API}/me/collections"
    assert as_ada.post(address, {"title": "Soups", "meals": ["soup"]}, "json").status_code == 201
    assert as_ada.post(address, {"title": "Soups", "meals": ["stew"]}, "json").status_code == 400
    assert [row["slug"] for row in as_ada.get(address).json()["results"]] == ["soups"]
    assert as_ada.patch(f"{address}/soups", {"meals": [], "is_public": False}, "json").json()["meals"] == []
    assert as_sam.patch(f"{address}/soups", {"title": "Mine"}, "json").status_code == 404
    assert as_sam.post(address, {"title": "Mine"}, "json").status_code == 403
    assert as_ada.delete(f"{address}/soups").status_code == 204
    assert not Collection.objects.exists()
    assert client.get(address).status_code == 401


def test_bulk_says_what_became_of_each(as_ada, ada, ben, client):
    make_meal(ada, "Soup")
    make_meal(ada, "Stew", publish=True)
    make_meal(ben, "Theirs")
    items = [{"kind": "meal", "id": slug} for slug in ("soup", "stew", "theirs")] + [{"kind": "cat", "id": "tom"}]
    answer = as_ada.post(f"{API}/me/bulk", {"action": "publish", "items": items}, "json")
    assert [(row["id"], row["done"], row["code"]) for row in answer.json()["outcomes"]] == [
        ("soup", True, ""),
        ("stew", False, "illegal_transition"),
        ("theirs", False, "not_found"),
        ("tom", False, "not_found"),
    ]
    assert Meal.objects.get(slug="soup").status == "published"
    assert as_ada.post(f"{API}/me/bulk", {"action": "explode", "items": items}, "json").status_code == 400
    assert as_ada.post(f"{API}/me/bulk", {"action": "schedule", "items": items}, "json").status_code == 400
    assert as_ada.post(f"{API}/me/bulk", {"action": "publish", "items": []}, "json").status_code == 400
    assert client.post(f"{API}/me/bulk", {}).status_code == 401
