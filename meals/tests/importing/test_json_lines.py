import json

import pytest

from meals.importing.json_lines import read_json_lines, read_row
from meals.importing.recipe import NotARecipeError
from meals.tests.importing.recipes import ROW


def test_row_is_read_field_by_field():
    found = read_row(ROW)
    content = found.content
    assert (found.source_key, found.image, found.missing) == ("mine:1", "stew.jpg", ())
    assert (content.title, content.summary, content.notes) == ("Bean stew", "Thick.", "Keeps three days.")
    assert content.ingredients == ["400 g white beans", "1 jar of happiness"]
    assert (content.steps, content.tags) == (["Boil."], ["beans"])
    assert (content.servings, content.prep_minutes, content.cook_minutes, content.minutes) == (4, 10, None, 10)
    assert content.source_url == "https://git.test/rosa/recipes/blob/abc/stews/bean%20stew.md"
    assert (content.source_name, content.source_author) == ("git.test/rosa/recipes", "Rosa")
    assert content.source_licence == "CC0"


def test_row_with_a_title_alone_says_what_is_missing():
    found = read_row({"title": "Bare"})
    assert found.missing == ("ingredients", "steps", "servings", "minutes")
    assert found.source_key.startswith("line:")


@pytest.mark.parametrize(
    ("row", "field"),
    [([], None), ({"id": "x"}, "title"), ({"title": "x", "steps": "Boil."}, "steps"), ({"title": {"a": 1}}, "title")],
)
def test_row_of_the_wrong_shape_is_refused_by_key(row, field):
    with pytest.raises(NotARecipeError) as refused:
        read_row(row)
    assert refused.value.field == field


def test_broken_lines_are_told_by_number_and_the_others_read():
    lines = [json.dumps(ROW), "", "{broken", json.dumps({"id": "x"}), "[" * 100_000, json.dumps(ROW | {"title": "Two"})]
    found = dict(read_json_lines(iter(lines)))
    assert sorted(found) == [1, 3, 4, 5, 6]
    assert [number for number, one in found.items() if isinstance(one, NotARecipeError)] == [3, 4, 5]
    assert "Line 3" in str(found[3])
    assert found[6].content.title == "Two"


def test_number_too_long_to_read_refuses_its_line_alone():
    lines = ['{"title": "One", "servings": ' + "1" * 5000 + "}", '{"title": "Two", "servings": NaN}']
    found = dict(read_json_lines(iter(lines)))
    assert str(found[1]) == "Line 1: a number has too many digits."
    assert (found[2].content.title, found[2].original["servings"]) == ("Two", None)
