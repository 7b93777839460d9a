"""What an author says of a post, on its way from a form or a request to the services."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PostContent:
    """What is None is not mentioned: an edit leaves it as it is. `meals` are addresses (slugs), in order."""

    text: str | None = None
    audience: str | None = None
    who_may_comment: str | None = None
    meals: tuple[str, ...] | None = None

    def columns(self) -> dict[str, Any]:
        """The mentioned fields that stand in the row itself."""
        given = {"text": self.text, "audience": self.audience, "who_may_comment": self.who_may_comment}
        return {name: value for name, value in given.items() if value is not None}
