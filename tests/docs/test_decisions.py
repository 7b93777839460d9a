"""Every decision has its number, its status and its line in the index."""

import re

import pytest

from tests.docs.reading import ROOT, links

FOLDER = ROOT / "docs" / "adr"
DECISIONS = sorted(path for path in FOLDER.glob("[0-9]*.md") if not path.name.startswith("0000"))


def test_every_decision_is_in_the_index():
    assert sorted(t for t in links(FOLDER / "README.md") if re.match(r"\d{4}-", t)) == sorted(
        path.name for path in FOLDER.glob("[0-9]*.md")
    )


def test_numbers_are_given_once():
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_states_number_status_and_sections(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} ")
    assert re.match(r"Status: (proposed|accepted|superseded by \d{4}) · \d{4}-\d{2}$", lines[2])
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
        "## Turned down",
    ]
