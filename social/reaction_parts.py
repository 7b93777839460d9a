"""What reactions tell the apps below, which know nothing of them."""

from accounts import export_parts
from social.services.own_reactions import PART


def register() -> None:
    export_parts.register(PART)
