"""What somebody who works for a studio finds on their own page: the way to their week and to the chains."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.profile_actions import ProfileAction
from classes.enums import StaffRole
from classes.rules import held_roles


def places_of(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """For the owner's eyes alone: nobody else asks, and nothing is asked for them."""
    held = held_roles(viewer) if viewer == person else ()
    return {"teaches": any(one.role == StaffRole.INSTRUCTOR for one in held)} if held else None


ACTION = ProfileAction("classes.host", "classes/_profile_host.html", places_of, position=20)
