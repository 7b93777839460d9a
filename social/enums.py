from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowState(models.TextChoices):
    """A private person is asked first (CRE-1)."""

    REQUESTED = "requested", _("Requested")
    ACCEPTED = "accepted", _("Following")


class ConnectionState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    ACCEPTED = "accepted", _("Friends")


class WhoMayComment(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    NOBODY = "nobody", _("Nobody")


class ShareChannel(models.TextChoices):
    LINK = "link", _("Link")
    QR = "qr", _("QR code")
    NATIVE = "native", _("Share sheet of the device")
