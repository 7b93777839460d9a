from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How a conversation stands between its two people, in the eyes of one of them. Only `open` takes new words."""

    OPEN = "open", _("Open")
    # Blocked either way, no match and no friendship any more: one word for all, so that it does not tell which.
    CLOSED = "closed", _("Closed")
    UNAVAILABLE = "unavailable", _("Account unavailable")
    DELETED = "deleted", _("Deleted account")


class Deletion(models.TextChoices):
    """Who took the words of a message away."""

    SENDER = "sender", _("Taken back by its sender")
    STAFF = "staff", _("Removed by a moderator")
