"""Who is there for whom, as far as other apps decide. They register conditions when the apps are ready; this app knows
none of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

# Takes the viewer (a person or a visitor), gives a condition on people.
Condition = Callable[[Any], Q]

_conditions: list[Condition] = []


def register(condition: Condition) -> None:
    if condition not in _conditions:
        _conditions.append(condition)


def there_for(viewer: Any) -> Q:
    """All registered conditions together."""
    found = Q()
    for condition in _conditions:
        found &= condition(viewer)
    return found


# Takes a person with a private profile and the viewer: whether they were let in.
Door = Callable[[Any, Any], bool]

_doors: list[Door] = []


def register_door(door: Door) -> None:
    if door not in _doors:
        _doors.append(door)


def is_let_in(person: Any, viewer: Any) -> bool:
    """Whether the viewer sees more than name, photo and totals. Oneself always; strangers when the profile is open."""
    if not person.profile.is_private or person.pk == viewer.pk:
        return True
    return any(door(person, viewer) for door in _doors)
