import pytest

from meals.models import Meal
from meals.tests.importing.recipes import RECIPE, page

pytestmark = pytest.mark.django_db
URL = "/api/v1/meals/import"


@pytest.mark.parametrize(
    "body", [{"json_ld": RECIPE}, {"html": page()}, {"html": page(), "url": "https://rosa.test/a"}]
)
def test_import_answers_the_draft(signed_in, ada, body):
    response = signed_in(ada).post(URL, body)
    assert response.status_code == 201
    answer = response.json()
    assert (answer["title"], answer["status"], answer["servings"]) == ("Bean stew", "draft", 4)
    assert Meal.objects.get().creator == ada


def test_same_source_again_answers_the_same_meal(signed_in, ada):
    first = signed_in(ada).post(URL, {"json_ld": RECIPE})
    again = signed_in(ada).post(URL, {"json_ld": RECIPE})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_recipe_without_servings_is_told_whole(signed_in, ada):
    recipe = {"@type": "Recipe", "name": "Butter", "recipeIngredient": ["100 g butter"]}
    answer = signed_in(ada).post(URL, {"json_ld": recipe}).json()
    assert answer["servings"] is None
    assert answer["nutrition"]["per"] == "recipe"
    assert answer["nutrition"]["calories"] == 717
    assert Meal.objects.get().calories is None


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/url", "one_source"),
        ({"json_ld": RECIPE, "html": page()}, "/url", "one_source"),
        ({"url": "nowhere"}, "/url", "invalid"),
        ({"url": "http://127.0.0.1/"}, "/url", "refused_address"),
        ({"json_ld": {"@type": "Person"}}, "/json_ld", "no_recipe"),
        ({"html": "<p>"}, "/html", "no_recipe"),
        ({"json_ld": RECIPE, "publish": True}, "/publish", "unknown_field"),
    ],
)
def test_bad_input_names_the_field(signed_in, ada, body, pointer, code):
    response = signed_in(ada).post(URL, body)
    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [(pointer, code)]
    assert not Meal.objects.exists()


def test_visitor_must_sign_in(api):
    assert api.post(URL, {"json_ld": RECIPE}).status_code == 401
