import pytest

from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.search import services as search
from meals.tests.factories import make_meal


def test_suggestions_complete_titles_of_public_meals(api, ada, soup, draft):
    search.rebuild("meals")
    assert api.get("/api/v1/meals/suggest?q=red").json() == {"suggestions": ["Red lentil soup"]}
    assert api.get("/api/v1/meals/suggest?q=secret").json() == {"suggestions": []}
    assert api.get("/api/v1/meals/suggest").json() == {"suggestions": []}


def test_suggest_refuses_what_is_too_long(api, db):
    assert api.get("/api/v1/meals/suggest?q=" + "x" * 300).status_code == 400


def test_facets_count_public_meals(api, soup, draft):
    body = api.get("/api/v1/meals/facets").json()
    tags = next(facet for facet in body["facets"] if facet["name"] == "tag")
    assert body["total"] == 1
    assert tags["options"] == [{"value": "soup", "label": "Soup", "count": 1, "selected": False}]


def test_facets_refuse_what_they_cannot_read(api, db):
    assert api.get("/api/v1/meals/facets?min_rating=x").status_code == 400


def test_tags_of_public_meals_are_listed_by_use(api, ada, soup):
    make_meal(ada, "Other", publish=True, tags=["Soup", "Warm"])
    make_meal(ada, "Draft", tags=["Hidden"])
    assert [tag["slug"] for tag in api.get("/api/v1/tags").json()["results"]] == ["soup", "warm"]


@pytest.mark.parametrize(("route", "terms"), [("diets", Diet), ("allergens", Allergen)])
def test_vocabulary_is_listed_in_its_order(api, db, route, terms):
    body = api.get(f"/api/v1/{route}").json()
    assert [term["value"] for term in body["results"]] == terms.values
    assert (body["next"], body["previous"]) == (None, None)
    page = api.get(f"/api/v1/{route}?page=2&page_size=2").json()
    assert [term["value"] for term in page["results"]] == terms.values[2:4]
