"""What conversations tell the apps below: a button on a person's page, a part of the settings, the download."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts import export_parts, profile_actions, settings_parts
from accounts.models import User
from accounts.profile_actions import ProfileAction
from accounts.settings_parts import SettingsPart
from chat.policy import are_close
from chat.selectors.thread import shows_receipts
from chat.services.own_data import PART


def can_write(person: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    """To matches and friends; the page of whoever is blocked is not there at all."""
    if viewer.pk is None or viewer.pk == person.pk or not are_close(viewer.pk, person.pk):
        return None
    return {"handle": person.handle}


ACTION = ProfileAction("chat.write", "chat/_profile_action.html", can_write, position=110)
RECEIPTS = SettingsPart(
    "chat.receipts", "privacy", "chat/_privacy_part.html", lambda person: {"shows_receipts": shows_receipts(person)}
)


def register() -> None:
    export_parts.register(PART)
    profile_actions.register(ACTION)
    settings_parts.register_part(RECEIPTS)
