import json

import pytest

from meals.importing.json_ld import read_all_json_ld, read_json_ld
from meals.importing.recipe import NotARecipeError
from meals.tests.importing.recipes import RECIPE


def test_recipe_is_read_field_by_field():
    found = read_json_ld(json.dumps(RECIPE))
    content = found.content
    assert found.source_key == "https://rosa.test/bean-stew"
    assert found.image == "https://rosa.test/bean-stew.jpg"
    assert found.missing == ()
    assert (content.title, content.summary) == ("Bean stew", "Thick & warm.")
    assert (content.servings, content.prep_minutes, content.cook_minutes, content.minutes) == (4, 10, 60, 70)
    assert content.ingredients == ["400 g beans", "1 onion"]
    assert content.steps == ["Soak the beans.", "The next day:", "Boil them.", "Eat."]
    assert content.tags == ["beans", "winter", "Dinner"]
    assert (content.source_author, content.source_name) == ("Rosa", "Rosa's Table")
    assert (content.source_url, content.source_licence) == ("https://rosa.test/bean-stew", "CC0")


@pytest.mark.parametrize(
    "document",
    [
        [RECIPE],
        {"@graph": [{"@type": "WebPage"}, RECIPE]},
        {"@type": "WebPage", "mainEntity": RECIPE},
        RECIPE | {"@type": ["Recipe", "NewsArticle"]},
        RECIPE | {"@type": "https://schema.org/Recipe"},
    ],
)
def test_recipe_is_found_wherever_it_stands(document):
    assert read_json_ld(document).content.title == "Bean stew"


def test_steps_as_one_text_become_lines():
    recipe = RECIPE | {"recipeInstructions": "Soak.\nBoil.<br>Eat."}
    assert read_json_ld(recipe).content.steps == ["Soak.", "Boil.", "Eat."]


def test_what_the_source_does_not_say_is_named():
    found = read_json_ld({"@type": "Recipe", "name": "Bare", "recipeIngredient": ["1 egg"]})
    assert found.missing == ("steps", "servings", "minutes")
    assert found.source_key.startswith("json-ld:")
    assert found.content.servings is None


@pytest.mark.parametrize("document", ["{", "[]", '{"@type": "Person"}', "[" * 100_000, "null", '"Recipe"'])
def test_document_without_a_recipe_is_refused_by_field(document):
    with pytest.raises(NotARecipeError) as refused:
        read_json_ld(document)
    assert (refused.value.code, refused.value.field) == ("no_recipe", "json_ld")


def test_graph_that_is_nested_without_end_is_left():
    deep: dict[str, object] = RECIPE
    for _ in range(50):
        deep = {"part": deep}
    with pytest.raises(NotARecipeError):
        read_json_ld(deep)


def test_every_recipe_of_an_export_is_read():
    document = json.dumps([RECIPE, RECIPE | {"name": "Second", "url": "https://rosa.test/2"}])
    assert [found.content.title for found in read_all_json_ld(document)] == ["Bean stew", "Second"]


def test_export_without_recipes_is_refused():
    with pytest.raises(NotARecipeError):
        read_all_json_ld("[]")
