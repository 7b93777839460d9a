"""How codes are written, and what people type instead (ORD-8)."""

import re
import secrets
import unicodedata

from fitfoodie.common.ids import ALPHABET

GENERATED_LENGTH = 12
MAX_LENGTH = 40
_WRITTEN = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,39}")
# Cyrillic and Greek capitals that look like Latin ones, and the many dashes.
_LOOKS_LIKE = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—―−", "ABESIJKMHOPCTYXABEZHIKMNOPTYX-------")

_READ_AS = str.maketrans("ILOU", "110V")


def normalized(text: str) -> str:
    """As it is stored: capitals, no spaces, wide and foreign look-alikes as the plain letter. Never raises."""
    plain = unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH]).upper().translate(_LOOKS_LIKE)
    return "".join(char for char in plain if char.isprintable() and not char.isspace())[:MAX_LENGTH]


def is_well_written(code: str) -> bool:
    return _WRITTEN.fullmatch(code) is not None


def spellings(text: str) -> list[str]:
    """What may be meant, the likeliest first: generated codes hold no I, L, O, U, so those are read as 1, 1, 0, V."""
    typed = normalized(text)
    head, tail = typed[:-GENERATED_LENGTH], typed[-GENERATED_LENGTH:]
    return list(dict.fromkeys([typed, head + tail.translate(_READ_AS)]))


def generated(prefix: str = "") -> str:
    """Unguessable: 60 random bits after the prefix, in letters and digits that are not mistaken for others."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(GENERATED_LENGTH)).upper()
    return f"{prefix}-{drawn}" if prefix else drawn
