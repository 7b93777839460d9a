"""People as the components of pages draw them."""

from typing import Any

from django.utils.translation import gettext as _

from social.views.rows import card


def person(who: Any) -> dict[str, Any]:
    """Of somebody read with `profile__photo`; whoever left the house for good is "Deleted user"."""
    return card(who) if who is not None else {"name": _("Deleted user"), "handle": "", "url": "", "avatar": ""}
