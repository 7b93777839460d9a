"""Walks every route of the site as each kind of person and says who gets in. The table it is held against is
`roles_matrix.txt` beside it; write it anew with `ROLES_MATRIX=write pytest tests/architecture/test_roles_matrix.py`,
then read the difference: it is a change of who may do what."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_suffix(".txt")
KINDS = ("anonymous", "member", "creator", "moderator", "support", "admin")
# What stands for each parameter of a route: a thing of somebody else's where there is one, else a thing there is not.
SAMPLES = {
    "handle": "somebody",
    "object_id": "1",
    "app_label": "accounts",
    "content_type_id": "1",
    "path": "nothing",
    "url": "nothing",
    "uidb36": "1",
    "idx": "1",
}
NOTHING = "00000000-0000-0000-0000-000000000000"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)+")


def routes() -> Iterator[tuple[str, str, object]]:
    """Method, route and view function of everything a browser or an app can call."""
    seen = set()
    for route, callback in _walk(get_resolver().url_patterns, ""):
        for method in _methods(route, callback):
            if (method, route) not in seen:
                seen.add((method, route))
                yield method, route, callback


def _walk(patterns, prefix: str) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def _methods(route: str, callback) -> tuple[str, ...]:
    """Views of the API say what they answer; a page is asked with GET, which never changes anything."""
    view = getattr(callback, "cls", None)
    if view is None or not route.startswith("api/v1/"):
        return ("GET",)
    allowed = {name.upper() for name in view.http_method_names}
    return tuple(m for m in METHODS if m in allowed and callable(getattr(view, m.lower(), None)))


def address(route: str) -> str:
    plain = PARAMETER.sub(lambda match: _sample(match.group(1), match.group(2) or match.group(3)), route)
    return "/" + re.sub(r"[\^$]|\\Z|\\(?=[./-])", "", plain).replace("(?:.*)", "").replace(".*", "nothing")


def _sample(converter: str | None, name: str) -> str:
    if name in SAMPLES:
        return SAMPLES[name]
    return {"int": "1", "uuid": NOTHING}.get(converter or "", "nothing")


def verdict(response) -> str:
    """in: served (or refused for what was sent); sign-in: shown the door; no: may not; hidden: looks like nothing."""
    status, target = response.status_code, response.headers.get("Location", "")
    if status == 401 or (status in {301, 302} and "/login/" in target):
        return "sign-in"
    if status == 403:
        return "no"
    return {404: "hidden", 405: "-"}.get(status, "in")


def read_table() -> dict[str, list[str]]:
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {" ".join(cells[:2]): cells[2:] for cells in map(str.split, lines)}


def write_table(found: dict[str, list[str]]) -> None:
    head = "# method route " + " ".join(KINDS) + "\n"
    lines = sorted(f"{key:<96} {' '.join(f'{cell:<9}' for cell in cells).rstrip()}" for key, cells in found.items())
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
