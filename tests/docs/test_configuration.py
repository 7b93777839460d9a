"""docs/configuration.md and .env.example name every variable that the settings read, and no other."""

import ast
import re
from collections import defaultdict

from tests.docs.reading import ROOT, table_rows

PAGE = ROOT / "docs" / "configuration.md"
APPS = ("fitfoodie", "accounts", "social", "meals", "influencers", "classes", "orders", "matching", "chat")
READERS = {"str", "int", "float", "bool", "list", "dict", "decimal", "email", "db_url"}


def variables_read():
    """Each variable of the settings with its defaults as an operator would write them; None where it is computed."""
    found = defaultdict(set)
    for path in sorted((ROOT / "fitfoodie" / "settings").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if is_read(node):
                # What development makes easy is said in words.
                default = None if path.name == "development.py" else default_of(node)
                found[node.args[0].value].add(default)
    return found


def is_read(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr in READERS) == ("env", True)
    )


def default_of(call):
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if "default" not in keywords:
        return "required"
    try:
        value = ast.literal_eval(keywords["default"])
    except ValueError:
        return None
    return as_written(value)


def as_written(value):
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ",".join(value)
    return "" if value in (None, {}) else str(value)


def documented():
    rows = table_rows(PAGE, "What the settings read")
    return {name.strip("`"): default for name, default, *_meaning in rows}


def test_table_names_every_variable_and_no_other():
    assert sorted(documented()) == sorted(variables_read())


def test_table_states_the_defaults():
    stated = documented()
    wrong = [
        (name, default)
        for name, defaults in variables_read().items()
        for default in defaults - {None, ""}
        if default not in stated.get(name, "").replace("`", "")
    ]
    assert wrong == []


def test_example_file_speaks_of_variables_that_exist():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    other = {row[0].strip("`") for row in table_rows(PAGE, "What else is read")}
    assert named - set(variables_read()) - other == set()


def test_checks_named_on_the_page_exist():
    modules = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "tests" not in p.parts]
    source = "\n".join(path.read_text() for path in modules)
    named = {row[0].strip("`") for row in table_rows(PAGE, "Values that are refused")}
    assert named == set(re.findall(r"id=\"([a-z]+\.[EW]\d{3})\"", source))


def test_jobs_page_shows_the_schedule(settings):
    shown = {row[0].strip("`") for row in table_rows(ROOT / "docs" / "jobs.md", "The schedule")}
    assert shown == set(settings.CELERY_BEAT_SCHEDULE)
