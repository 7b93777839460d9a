"""Every literal marked for translation, found without gettext: in Python by its syntax tree, in templates by Django's
own reduction of a template to calls of gettext."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CODE = ("accounts", "chat", "classes", "fitfoodie", "influencers", "matching", "meals", "orders", "social")
# How many arguments of each function are texts, and whether the first is a context.
FUNCTIONS = {"_": (1, False), "gettext": (1, False), "gettext_noop": (1, False), "ngettext": (2, False)}
FUNCTIONS |= {"pgettext": (1, True), "npgettext": (2, True)}
FUNCTIONS |= {f"{name}_lazy": shape for name, shape in FUNCTIONS.items() if name != "_"}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


class Text(NamedTuple):
    context: str | None
    singular: str
    plural: str


@cache
def marked_texts() -> dict[Text, str]:
    """Each text with the file it was first found in."""
    found: dict[Text, str] = {}
    for path, texts in (*_of_code(), *_of_templates()):
        for text in texts:
            found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def texts_of_code(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in FUNCTIONS:
            literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            yield from _text(_name(node.func), literals)


def texts_of_template(source: str) -> Iterator[Text]:
    for name, arguments in CALL.findall(templatize(source)):
        literals = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments, re.DOTALL)]
        yield from _text(name, literals)


def _of_code() -> Iterator[tuple[Path, Iterator[Text]]]:
    for path in sorted(file for top in CODE for file in (ROOT / top).rglob("*.py")):
        if "tests" not in path.parts:
            yield path, texts_of_code(path.read_text())


def _of_templates() -> Iterator[tuple[Path, Iterator[Text]]]:
    folders = [ROOT / "templates", *(ROOT / top for top in CODE)]
    for path in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in {".html", ".txt"}):
        if "tests" not in path.parts and "templates" in path.parts:
            yield path, texts_of_template(path.read_text())


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _text(name: str, literals: list[str]) -> Iterator[Text]:
    count, has_context = FUNCTIONS[name]
    if len(literals) < count + has_context:
        return
    context = literals.pop(0) if has_context else None
    yield Text(context, literals[0], literals[1] if count == 2 else "")
