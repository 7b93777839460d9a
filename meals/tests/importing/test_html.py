import pytest

from meals.importing.html import read_html
from meals.importing.recipe import NotARecipeError
from meals.tests.importing.recipes import RECIPE, page


def test_page_of_an_unknown_site_is_read_by_its_structured_data():
    found = read_html(page(), url="https://rosa.test/bean-stew")
    content = found.content
    assert found.source_key == content.source_url == "https://rosa.test/bean-stew"
    assert (content.title, content.servings, content.minutes) == ("Bean stew", 4, 70)
    assert content.ingredients == ["400 g beans", "1 onion"]
    assert content.steps[0] == "Soak the beans."
    assert (content.source_author, content.language) == ("Rosa", "en")
    assert found.image == "https://rosa.test/bean-stew.jpg"


def test_pasted_page_has_no_address_of_its_own():
    recipe = {key: value for key, value in RECIPE.items() if key != "url"}
    assert read_html(page(recipe)).content.source_url == ""


def test_markup_of_strangers_never_reaches_the_content():
    hostile = RECIPE | {"name": "<img src=x onerror=alert(1)>Stew", "recipeIngredient": ["<b>1</b> egg"]}
    content = read_html(page(hostile)).content
    assert (content.title, content.ingredients) == ("Stew", ["1 egg"])


@pytest.mark.parametrize("text", ["", "<html></html>", "not a page", "<script type='application/ld+json'>{</script>"])
@pytest.mark.parametrize(("url", "field"), [("https://a.test/x", "url"), ("", "html")])
def test_page_without_a_recipe_is_refused_with_the_way_out(text, url, field):
    with pytest.raises(NotARecipeError) as refused:
        read_html(text, url=url)
    assert refused.value.field == field
