"""What docs/api.md and docs/errors.md say is so."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from fitfoodie.common.api.problems import problem_types
from tests.contracts.conftest import access_token

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "api.md").read_text()


def _curls():
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    return [block.replace("\\\n", " ").strip() for block in blocks if block.startswith("curl")]


@pytest.mark.parametrize("command", _curls(), ids=range(len(_curls())))
def test_curl_example_works(world, command):
    words = shlex.split(command.replace("$SITE", "").replace("$TOKEN", access_token(world.ada)))[1:]
    options = {"-X": "GET", "-d": ""}
    headers, path, rest = {}, "", iter(words)
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word.startswith("-"):
            options[word] = next(rest)
        else:
            path = word
    response = APIClient(headers=headers).generic(options["-X"], path, options["-d"], content_type="application/json")
    assert response.status_code in (200, 201), response.content
    assert json.loads(response.content)


def test_limits_of_the_page_are_those_of_the_settings():
    for scope, limit in settings.API_RATE_LIMITS.items():
        if scope.startswith("anonymous_"):
            continue
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{scope}` |"))
        stranger = settings.API_RATE_LIMITS.get(f"anonymous_{scope}")
        shown = [text.strip() for text in row.split("|")[2:4]]
        assert shown == [_said(limit), _said(stranger) if stranger else "the same"]


def _said(limit):
    quota, _, window = limit.partition("/")
    return f"{quota} in {window} s"


def test_every_problem_is_in_the_catalogue_page():
    rows = [f"| {kind.status} | `{kind.code}` | {kind.title} | {kind.remedy} |" for kind in problem_types()]
    listed = [line for line in (DOCS / "errors.md").read_text().splitlines() if re.match(r"\| \d", line)]
    assert listed == rows
