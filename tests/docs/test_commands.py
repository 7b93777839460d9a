"""No page names a command, a target or a file that does not exist."""

import re

import pytest
from django.core.management import get_commands

from tests.docs.reading import ROOT, documents, inline_code, name_of, shell_lines

MANAGE = re.compile(r"manage\.py ([a-z][a-z_]*)")
MAKE = re.compile(r"(?:^|[ (])make ([a-z][a-z-]*)")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
TOP_LEVEL = {entry.name for entry in ROOT.iterdir()} - {"var"}
# A path of this repository: starts in one of its top-level folders, names a file or folder, holds no pattern.
PATH = re.compile(r"^[A-Za-z.][\w./-]*$")
# What a reader is asked to make: by the guide's running example, and by the steps of a deployment.
MADE = {
    "deploy/.env",
    "docs/adr/NNNN-title.md",
    "meals/api/views/cooking.py",
    "meals/services/cooking.py",
    "meals/tests/services/test_cooking.py",
    "templates/meals/meal_cooked.html",
}


def commands_in(path):
    return [*inline_code(path), *shell_lines(path)]


def looks_like_a_path(text):
    return "/" in text and PATH.match(text) and text.split("/")[0] in TOP_LEVEL and text not in MADE


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_management_commands_exist(path):
    named = {name for text in commands_in(path) for name in MANAGE.findall(text)}
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_make_targets_exist(path):
    named = {name for text in commands_in(path) for name in MAKE.findall(text)}
    assert named - TARGETS == set()


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_files_named_from_the_root_exist(path):
    named = {text.rstrip("/") for text in inline_code(path) if looks_like_a_path(text)}
    assert sorted(text for text in named if not (ROOT / text).exists() and not (ROOT / f"{text}.py").exists()) == []
