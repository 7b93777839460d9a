"""Code shown on the pages is code: it parses, and what it imports exists, but for the names a guide invents."""

import ast
import importlib

import pytest

from tests.docs.reading import ROOT, code_blocks, documents, name_of

# What the developer guide adds as it goes.
INVENTED = {"MealCooked", "thank_the_creator"}
OURS = ("fitfoodie", "accounts", "social", "meals", "influencers", "classes", "orders", "matching", "chat")


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_samples_parse_and_import_what_exists(path):
    missing = []
    for block in code_blocks(path, "python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in OURS:
                module = importlib.import_module(node.module)
                missing += [f"{node.module}.{n.name}" for n in node.names if not is_there(module, n.name)]
    assert missing == []


def is_there(module, name):
    if name in INVENTED or hasattr(module, name):
        return True
    return (ROOT / module.__name__.replace(".", "/") / f"{name}.py").exists()


def test_architecture_shows_the_contract():
    contract = (ROOT / "pyproject.toml").read_text().split('name = "Domains point down"', 1)[1]
    layers = contract.split("layers = [", 1)[1].split("]", 1)[0]
    shown = code_blocks(ROOT / "docs" / "architecture.md", "text")[0]
    assert shown.split("\n") == [*[line.strip().strip('",') for line in layers.strip().splitlines()], ""]
