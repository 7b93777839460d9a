"""What one can do with a person on their page. Other apps register here when the apps are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class ProfileAction:
    """`context(person, viewer)` gives the template, drawn under the name, what it shows; None draws nothing.

    While the owner looks through the eyes of others, `viewer` is a visitor and `is_preview` of the page is true.
    """

    name: str
    template: str
    context: "Callable[[User, User | AnonymousUser], dict[str, Any] | None]"
    position: int = 100


_actions: dict[str, ProfileAction] = {}


def register(action: ProfileAction) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    if action.name in _actions:
        raise ValueError(f"The profile action {action.name} is registered twice.")
    _actions[action.name] = action


def actions_for(person: "User", viewer: "User | AnonymousUser") -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each action that has something to offer, in order."""
    ordered = sorted(_actions.values(), key=lambda action: (action.position, action.name))
    found = ((action.template, action.context(person, viewer)) for action in ordered)
    return [(template, context) for template, context in found if context is not None]
