"""What other apps show on a person's page. They register here when the apps are ready; this app knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class ProfileSection:
    """`context(person, viewer)` gives the template what it shows, or None when there is nothing to show.

    It must hide by itself what the viewer may not see; `viewer` is a stranger while the owner looks through the eyes
    of one.
    """

    name: str
    template: str
    context: "Callable[[User, User | AnonymousUser], dict[str, Any] | None]"
    position: int = 100


_sections: dict[str, ProfileSection] = {}


def register(section: ProfileSection) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if section.name in _sections:
        raise ValueError(f"The profile section {section.name} is registered twice.")
    _sections[section.name] = section


def sections_for(person: "User", viewer: "User | AnonymousUser") -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each section that has something to show, in order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.position, section.name))
    found = ((section.template, section.context(person, viewer)) for section in ordered)
    return [(template, context) for template, context in found if context is not None]
