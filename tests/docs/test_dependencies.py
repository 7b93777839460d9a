"""docs/dependencies.md has one line for each line of the two lists, and no line for what is gone."""

import re

import pytest

from tests.docs.reading import ROOT, table_rows

PAGE = ROOT / "docs" / "dependencies.md"
LISTS = {"requirements.in": "What the product runs on", "requirements-dev.in": "What it is developed with"}


def names_in(file_name):
    lines = (ROOT / file_name).read_text().splitlines()
    wanted = [line.strip() for line in lines if line.strip() and not line.startswith(("#", "-"))]
    return [re.match(r"[\w.-]+", line)[0].lower() for line in wanted]


@pytest.mark.parametrize(("file_name", "heading"), LISTS.items())
def test_every_requirement_has_its_line(file_name, heading):
    documented = [row[0].strip("`").lower() for row in table_rows(PAGE, heading)]
    assert sorted(documented) == sorted(names_in(file_name))


@pytest.mark.parametrize("heading", LISTS.values())
def test_every_line_is_complete(heading):
    assert [row for row in table_rows(PAGE, heading) if len(row) != 5 or not all(row)] == []
