"""What the README promises a stranger: the people it names exist, the addresses it lists answer."""

import re

import pytest

from fitfoodie.demo import world
from tests.docs.reading import ROOT, table_rows

README = ROOT / "README.md"
ADDRESSES = [path for row in table_rows(README, "Where to go") for path in re.findall(r"`(/[^`]*)`", row[0])]


def test_people_are_those_of_the_demo_world():
    named = set(re.findall(r"`([a-z]+@[a-z]+\.(?:test|example))`", README.read_text()))
    assert named == {person["email"] for person in world.people()}
    assert f"`{world.PASSWORD}`" in README.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_answer(client, settings, address):
    settings.SITE_GALLERY = True
    assert client.get(address).status_code in {200, 302}


def test_keys_of_a_recipe_are_those_that_are_read():
    named = {key for row in table_rows(README, "Bringing recipes in") for key in re.findall(r"`([a-z_]+)`", row[0])}
    source = (ROOT / "meals/importing/json_lines.py").read_text()
    read = set(re.findall(r'row\.get\("([a-z_]+)"\)', source)) | {"source", "source_path", "source_commit"}
    assert named | {"url"} == read
