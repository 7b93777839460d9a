"""The demo world as it stands in its files."""

import tomllib
from pathlib import Path
from typing import Any

PASSWORD = "fitfoodie-demo"  # noqa: S105  public on purpose: these people exist in development only
_DATA = Path(__file__).parent / "data"


def people() -> list[dict[str, Any]]:
    return _rows("people", "person")


def meals() -> list[dict[str, Any]]:
    files = ("meals_breakfast", "meals_bowls", "meals_dinner", "meals_light")
    return [meal for name in files for meal in _rows(name, "meal")]


def reviews() -> list[dict[str, Any]]:
    return _rows("reviews", "review")


def follows() -> list[dict[str, Any]]:
    return _rows("community", "follow")


def let_in() -> list[dict[str, Any]]:
    """Requests to follow that a private person accepted."""
    return _rows("community", "let_in")


def friends() -> list[dict[str, Any]]:
    return _rows("community", "friends")


def asks() -> list[dict[str, Any]]:
    """Requests for friendship that nobody has answered."""
    return _rows("community", "asks")


def likes() -> list[dict[str, Any]]:
    return _rows("conversations", "likes")


def threads() -> list[dict[str, Any]]:
    return _rows("conversations", "thread")


def pages() -> list[dict[str, Any]]:
    return _rows("creators", "page")


def collections() -> list[dict[str, Any]]:
    return _rows("creators", "collection")


def applications() -> list[dict[str, Any]]:
    return _rows("creators", "application")


def posts() -> list[dict[str, Any]]:
    return _rows("posts", "post")


def codes() -> list[dict[str, Any]]:
    return _rows("market", "code")


def links() -> list[dict[str, Any]]:
    return _rows("market", "link")


def orders() -> list[dict[str, Any]]:
    return _rows("orders", "order")


def chains() -> list[dict[str, Any]]:
    return _rows("chains", "chain")


def studios() -> list[dict[str, Any]]:
    return _rows("chains", "studio")


def class_types() -> list[dict[str, Any]]:
    return _rows("chains", "class_type")


def series() -> list[dict[str, Any]]:
    return _rows("chains", "series")


def crowd() -> dict[str, Any]:
    """The lists from which people are drawn."""
    found: dict[str, Any] = _read("crowd")
    return found


def fitness() -> list[dict[str, Any]]:
    return _rows("crowd", "profile")


def chats() -> list[dict[str, Any]]:
    return _rows("chats", "chat")


def addresses() -> dict[str, dict[str, str]]:
    """By the key of the person."""
    found: dict[str, dict[str, str]] = _read("orders")["address"]
    return found


def _rows(file: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read(file)[name]
    return found


def _read(name: str) -> Any:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
