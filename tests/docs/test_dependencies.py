"""docs/dependencies.md has one line for each line of the two lists, and no line for what is gone."""

import re
from importlib.metadata import PackageNotFoundError, metadata

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


def licence_of(name):
    """What the package says of itself, in one line; empty where it says nothing a program can read."""
    try:
        said = metadata(name)
    except PackageNotFoundError:  # for another platform
        return ""
    classifiers = [line for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    return said.get("License-Expression") or "; ".join(line.split(" :: ")[-1] for line in classifiers)


@pytest.mark.parametrize("heading", LISTS.values())
def test_licences_are_those_of_the_packages(heading):
    rows = {row[0].strip("`"): row[4] for row in table_rows(PAGE, heading)}
    said = {name: metadata(name).get("License-Expression") for name in rows}
    assert {name: rows[name] for name, licence in said.items() if licence} == {n: x for n, x in said.items() if x}


def test_nothing_that_ships_obliges_the_product_to_a_licence():
    names = [
        re.match(r"[\w.-]+", line)[0]
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if line[:1].isalnum()
    ]
    licences = {name: licence_of(name) for name in names}
    strong = re.compile(r"\bA?GPL|Affero|GNU General Public", re.IGNORECASE)
    offered = {
        name: text for name, text in licences.items() if strong.search(text) and not re.search(r" OR |MIT|BSD", text)
    }
    assert offered == {}
