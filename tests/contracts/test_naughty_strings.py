"""Strings that have broken other systems go through every text field of every endpoint: no 500 (F21, F22)."""

import copy
import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from fitfoodie.common.api.rendering import dumps
from meals.models import Meal
from tests.contracts.conftest import access_token
from tests.contracts.test_examples import _examples, addressed

FOLDER = Path(os.environ.get("FITFOODIE_DATA", "../shared/data")) / "naughty-strings"
pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"FITFOODIE_DATA names no folder with naughty-strings ({FOLDER})"),
]
FREE_TEXT = {
    "title": str,
    "summary": str,
    "notes": str,
    "source_name": str,
    "source_author": str,
    "source_licence": str,
    "ingredients": list,
    "steps": list,
    "tags": list,
}
QUERY_FIELDS = ("q", "tag", "creator", "diet", "ordering", "cursor", "max_calories", "page_size", "colour")


@pytest.fixture(scope="module")
def strings():
    return [text for text in json.loads((FOLDER / "blns.json").read_text()) if isinstance(text, str)]


@pytest.fixture
def client(world):
    return APIClient(
        raise_request_exception=False,
        headers={"Authorization": f"Bearer {access_token(world.ada)}", "If-Match": "*"},
    )


def _send(client, verb, path, body):
    response = client.generic(verb.upper(), path, dumps(body), content_type="application/json")
    assert response.status_code < 500, (path, body)
    return response


def test_free_text_is_kept_as_text(client, world, strings):
    """Cleaned of what cannot be shown, and otherwise the very characters: escaping belongs to whoever displays it."""
    for text in strings:
        body = {name: text if kind is str else [text] for name, kind in FREE_TEXT.items()} | {"title": f"a{text}"}
        response = _send(client, "post", "/api/v1/meals", body)
        assert response.status_code in (201, 400), body
        if response.status_code == 201:
            read = client.get(response["Location"])
            assert (read.status_code, read["Content-Type"]) == (200, "application/json")
            assert read.json() == response.json()
    assert Meal.objects.count() > len(strings) / 2


def _text_paths(value, path=()):
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _text_paths(inner, (*path, key))


def _with(body, path, text):
    changed = copy.deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return changed


def test_every_text_field_takes_or_refuses_every_string(world, document, strings):
    """One field at a time, so that a refused field does not shield the next; each field meets every twentieth."""
    for number, (operation_id, verb, path, _, name, body) in enumerate(_examples(document)):
        who, url = addressed(world, operation_id, name, path)
        headers = {"Authorization": f"Bearer {access_token(getattr(world, who))}", "If-Match": "*"}
        sender = APIClient(raise_request_exception=False, headers=headers)
        for offset, field in enumerate(_text_paths(body)):
            for text in strings[(number + offset) % 20 :: 20]:
                _send(sender, verb, url, _with(body, field, text))


def test_every_address_takes_or_refuses_every_string(client, strings):
    for number, text in enumerate(strings):
        name = QUERY_FIELDS[number % len(QUERY_FIELDS)]
        escaped = quote(text, safe="")
        urls = (f"/api/v1/meals?{name}={escaped}", f"/api/v1/meals/suggest?q={escaped}", f"/api/v1/meals/{escaped}")
        assert client.get(urls[number % 3]).status_code < 500, urls
    assert client.get("/api/v1/meals", headers={"FitFoodie-Version": "x", "If-None-Match": "x"}).status_code == 400
