"""What other apps add to the settings area: pages of their own, and parts of ours. They register here when the apps are
ready; this app knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class SettingsPage:
    """An entry of the list; the page behind `route` is the app's own and extends accounts/settings_base.html."""

    name: str
    title: str | Promise
    icon: str
    detail: str | Promise
    route: str
    # The section it stands behind.
    after: str


@dataclass(frozen=True)
class SettingsPart:
    """Drawn at the top of one of our sections; its forms go to addresses of the app."""

    name: str
    section: str
    template: str
    context: "Callable[[User], dict[str, Any]]"


_pages: dict[str, SettingsPage] = {}
_parts: dict[str, SettingsPart] = {}


def register_page(page: SettingsPage) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if page.name in _pages:
        raise ValueError(f"The settings page {page.name} is registered twice.")
    _pages[page.name] = page


def register_part(part: SettingsPart) -> None:
    """Raises ValueError for a name that is there."""
    if part.name in _parts:
        raise ValueError(f"The settings part {part.name} is registered twice.")
    _parts[part.name] = part


def pages_after(section: str) -> list[SettingsPage]:
    return [page for page in _pages.values() if page.after == section]


def parts_of(section: str, person: "User") -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each part."""
    return [(part.template, part.context(person)) for part in _parts.values() if part.section == section]
