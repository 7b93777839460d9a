"""The demo world as it stands in its files."""

import tomllib
from pathlib import Path
from typing import Any

PASSWORD = "fitfoodie-demo"  # noqa: S105  public on purpose: these people exist in development only
_DATA = Path(__file__).parent / "data"


def people() -> list[dict[str, Any]]:
    return _read("people")["person"]


def meals() -> list[dict[str, Any]]:
    files = ("meals_breakfast", "meals_bowls", "meals_dinner", "meals_light")
    return [meal for name in files for meal in _read(name)["meal"]]


def reviews() -> list[dict[str, Any]]:
    return _read("reviews")["review"]


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
