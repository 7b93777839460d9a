"""What meeting people adds to the apps below."""

from accounts import export_parts
from matching.services.own_impressions import PART


def register() -> None:
    export_parts.register(PART)
