"""What every reader makes of its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from fitfoodie.common.errors import DomainError
from meals.content import MealContent


class NotARecipeError(DomainError):
    """The source holds nothing that can be read as a recipe; the message says what to try instead."""

    code = "no_recipe"


@dataclass(frozen=True, kw_only=True)
class ReadRecipe:
    """`content` as written by the stranger; `missing` names the fields the source did not tell.

    `image` is an address, or a file name beside a JSON Lines file, or empty. `original` is kept, so that
    a better reader may try again.
    """

    source_key: str
    content: MealContent
    missing: tuple[str, ...] = ()
    image: str = ""
    original: Mapping[str, Any] | None = None


def key_of(kind: str, content: MealContent) -> str:
    """The source key of a recipe without an address: the same text again is the same recipe, but two people's pancakes
    are two recipes."""
    written = repr((content.title, content.ingredients, content.steps)).encode(errors="replace")
    return f"{kind}:{blake2b(written, digest_size=12).hexdigest()}"
