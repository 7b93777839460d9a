"""The register of personal data: `data_inventory.toml`, read once."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

RULES = frozenset({"erase", "anonymize", "keep"})


@dataclass(frozen=True)
class Entry:
    """The rules of one table; the head of the file says what each part means."""

    model: str
    links: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    export: str = ""
    secret: tuple[str, ...] = ()

    @property
    def rules(self) -> dict[str, str]:
        return self.links | self.personal


@lru_cache(maxsize=1)
def inventory() -> dict[str, Entry]:
    """Entries by model label, in the order of the file."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {
        label: Entry(model=label, **{**parts, "secret": tuple(parts.get("secret", ()))})
        for label, parts in tomllib.loads(text).items()
    }
