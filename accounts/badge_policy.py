"""What else becomes of a verification when its badge comes off. Other apps register here when the apps are ready; this
app knows none of them. Called in the transaction of the change, so that no badge outlives the name it vouched for
(CRE-5)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

# Takes the person, locked, and the instant.
Callback = Callable[["User", datetime], None]

_callbacks: list[Callback] = []


def on_renamed(callback: Callback) -> None:
    """Have `callback` called when a verified person takes another name or handle."""
    if callback not in _callbacks:
        _callbacks.append(callback)


def renamed(person: "User", now: datetime) -> None:
    for callback in _callbacks:
        callback(person, now)
