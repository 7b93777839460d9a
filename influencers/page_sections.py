"""What other apps show on a creator's page beside meals and collections: codes, classes. They register here when the
apps are ready; this app knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class PageSection:
    """`context(creator, viewer)` gives the template what it shows as `section`, or None when there is nothing to show.

    It is asked only for viewers who may see what the creator publishes.
    """

    name: str
    title: Any
    template: str
    context: "Callable[[User, User | AnonymousUser], dict[str, Any] | None]"
    position: int = 100


_sections: dict[str, PageSection] = {}


def register(section: PageSection) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if section.name in _sections:
        raise ValueError(f"The section {section.name} of creators' pages is registered twice.")
    _sections[section.name] = section


def page_sections() -> list[PageSection]:
    return sorted(_sections.values(), key=lambda section: (section.position, section.name))
