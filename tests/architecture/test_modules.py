"""What keeps the house readable: no rooms for odds and ends, imports inside functions only with their reason."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("fitfoodie", "accounts", "social", "meals", "influencers", "classes", "orders", "matching", "chat")
MODULES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
REASONS = re.compile(r"# noqa: PLC0415\s+(slow import|optional dependency|app ready)")


@pytest.mark.parametrize("name", ["utils", "helpers", "misc"])
def test_no_room_for_odds_and_ends(name):
    assert [path for path in MODULES if path.stem == name] == []


def unexplained_imports(path: Path) -> list[str]:
    """The lines of the file that import inside a function without a reason beside them."""
    source = path.read_text()
    lines = source.splitlines()
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    return [f"{path.relative_to(ROOT)}:{n.lineno}" for n in inside if not REASONS.search(lines[n.lineno - 1])]


def test_imports_inside_functions_give_one_of_three_reasons():
    product = [path for path in MODULES if "tests" not in path.parts]
    assert [line for path in product for line in unexplained_imports(path)] == []


def test_no_file_is_longer_than_400_lines():
    assert [str(path) for path in MODULES if len(path.read_text().splitlines()) > 400] == []


def test_no_signals_of_our_own():
    offenders = [
        str(path)
        for path in MODULES
        if "tests" not in path.parts and re.search(r"django\.dispatch|post_save|pre_save|@receiver", path.read_text())
    ]
    assert offenders == []
