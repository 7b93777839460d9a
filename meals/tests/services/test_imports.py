import json
import threading
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import AnonymousUser

from fitfoodie.common.errors import NotAllowedError
from fitfoodie.common.http import FetchError
from fitfoodie.events.models import Event
from meals import services
from meals.importing.recipe import NotARecipeError
from meals.models import Meal, MealImport
from meals.structured_data import exported
from meals.tests.factories import NOW, make_meal
from meals.tests.importing.recipes import RECIPE, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    """A stranger's web site on this machine, which the guarded client may visit for once."""
    pages = {
        "/stew": ("text/html", page()),
        "/stew.json": ("application/ld+json", json.dumps(RECIPE)),
        "/no": ("text/html", ""),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            kind, text = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args):
            """Nothing on the console of the suite."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.OUTGOING_HTTP_ALLOW_PRIVATE = True
        settings.OUTGOING_HTTP_PORTS = [server.server_port]
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("path", ["/stew", "/stew.json"])
def test_address_becomes_a_draft_with_its_source(ada, site, path):
    imported = services.import_from_url(owner=ada, url=site + path, now=NOW)
    meal = imported.meal
    assert imported.is_new
    assert (meal.status, meal.creator, meal.title, meal.servings) == ("draft", ada, "Bean stew", 4)
    assert (meal.source_url, meal.source_author) == (site + path, "Rosa")
    assert imported.row.problems == [
        {"field": "ingredients", "code": "no_food", "text": line.text}
        for line in meal.ingredients.all()
        if line.unknown_reason == "no_food"
    ]


def test_same_address_again_offers_the_meal_there_is(ada, ben, site):
    first = services.import_from_url(owner=ada, url=f"{site}/stew", now=NOW)
    again = services.import_from_url(owner=ada, url=f"{site}/stew", now=NOW + timedelta(days=1))
    other = services.import_from_url(owner=ben, url=f"{site}/stew", now=NOW)
    assert (again.is_new, again.meal) == (False, first.meal)
    assert other.is_new
    assert Meal.objects.count() == 2


def test_address_is_read_anew_when_its_meal_was_thrown_away(ada, site):
    first = services.import_from_url(owner=ada, url=f"{site}/stew", now=NOW)
    services.delete_meal(meal_id=first.meal.pk, actor=ada, now=NOW)
    again = services.import_from_url(owner=ada, url=f"{site}/stew", now=NOW)
    assert again.is_new
    assert MealImport.objects.get().meal == again.meal


def test_address_without_a_recipe_is_refused_and_leaves_nothing(ada, site):
    with pytest.raises(NotARecipeError) as refused:
        services.import_from_url(owner=ada, url=f"{site}/no", now=NOW)
    assert refused.value.field == "url"
    assert not MealImport.objects.exists()


def test_private_address_is_refused(ada):
    with pytest.raises(FetchError) as refused:
        services.import_from_url(owner=ada, url="http://169.254.169.254/latest/meta-data", now=NOW)
    assert refused.value.code == "refused_address"


def test_stranger_may_not_import():
    with pytest.raises(NotAllowedError):
        services.import_from_json_ld(owner=AnonymousUser(), document=RECIPE, now=NOW)


def test_import_tells_its_exact_fact(ada):
    imported = services.import_from_json_ld(owner=ada, document=RECIPE, now=NOW)
    event = Event.objects.get(name="meals.meal.imported")
    assert event.data == {"meal_id": imported.meal.pk, "import_id": imported.row.pk, "kind": "json_ld"}


def test_missing_facts_and_unread_lines_are_kept_as_problems(ada):
    recipe = {"@type": "Recipe", "name": "Bare", "recipeIngredient": ["200 g butter", "1 jar of happiness"]}
    imported = services.import_from_json_ld(owner=ada, document=recipe, now=NOW)
    assert imported.row.problems == [
        {"field": "steps", "code": "missing", "text": ""},
        {"field": "servings", "code": "missing", "text": ""},
        {"field": "minutes", "code": "missing", "text": ""},
        {"field": "ingredients", "code": "no_food", "text": "1 jar of happiness"},
    ]
    assert imported.meal.servings is None
    assert imported.meal.calories is None


def test_pasted_page_keeps_the_address_it_is_said_to_be_from(ada):
    imported = services.import_from_html(owner=ada, page=page(), url="https://rosa.test/x", now=NOW)
    assert imported.meal.source_url == "https://rosa.test/x"


def test_export_imports_back_equal(ada, ben):
    meals = [
        make_meal(ada, "Lentil soup", servings=2, tags=["Soup"], notes="Keeps.", steps=["Start:", "Boil.", "Eat."]),
        make_meal(ada, "Sauce", ingredients=["For the base:", "1 onion"], nutrition={"calories": Decimal(120)}),
    ]
    contents = [services.content_of(meal) for meal in meals]
    document = json.dumps(
        [
            exported(meal, content.to_json(), base_url="https://eat.test")
            for meal, content in zip(meals, contents, strict=True)
        ]
    )
    imported = services.import_export(owner=ben, document=document, now=NOW)
    assert [services.content_of(one.meal) for one in imported] == contents
    assert {one.meal.creator for one in imported} == {ben}


def test_export_with_one_impossible_recipe_imports_none(ada):
    document = json.dumps([RECIPE, RECIPE | {"name": "", "url": "https://rosa.test/2"}])
    with pytest.raises(services.InvalidMealError):
        services.import_export(owner=ada, document=document, now=NOW)
    assert not Meal.objects.exists()


def test_what_json_has_not_and_a_database_refuses_is_left_out(ada):
    text = '{"@type": "Recipe", "name": "Odd\\ud800", "recipeIngredient": ["1 onion\\u0000"], "x": NaN, "y": "\\u0000"}'
    imported = services.import_from_json_ld(owner=ada, document=text, now=NOW)
    imported.row.refresh_from_db()
    assert imported.meal.title == "Odd"
    assert imported.row.payload == {
        "@type": "Recipe",
        "name": "Odd",
        "recipeIngredient": ["1 onion"],
        "x": None,
        "y": "",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "x"),
        ("price", {"amount": "5", "currency": "ABC"}),
        ("price", {"amount": "five", "currency": "EUR"}),
        ("price", {"amount": "5"}),
        ("nutrition", {"calories": "many"}),
        ("nutrition", [1]),
        ("diets", [["vegan"]]),
        ("diets", 5),
    ],
)
def test_export_that_was_bent_is_refused_by_field(ada, field, value):
    document = RECIPE | {"fitfoodie:content": {"title": "Bent", field: value}}
    with pytest.raises(NotARecipeError, match=field) as refused:
        services.import_from_json_ld(owner=ada, document=document, now=NOW)
    assert refused.value.field == "json_ld"


def test_recipes_without_an_address_are_told_apart_by_what_they_say(ada):
    """Two people's pancakes are two recipes; the same text again is the same."""
    thin, thick, thin_again = (
        services.import_from_json_ld(
            owner=ada, document={"@type": "Recipe", "name": "Pancakes", "recipeIngredient": [line]}, now=NOW
        )
        for line in ("200 g flour", "400 g flour", "200 g flour")
    )
    assert (thin.is_new, thick.is_new, thin_again.is_new) == (True, True, False)
    assert thin_again.meal == thin.meal
