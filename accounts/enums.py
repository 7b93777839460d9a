from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The value is also the name of the group that carries the permissions."""

    USER = "user", _("Member")
    CREATOR = "creator", _("Creator")
    INSTRUCTOR = "instructor", _("Instructor")
    MODERATOR = "moderator", _("Moderator")
    SUPPORT = "support", _("Support")
    ADMIN = "admin", _("Administrator")


class Visibility(models.TextChoices):
    """Who sees a field of a profile."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members")
    NOBODY = "nobody", _("Only me")


class Level(models.TextChoices):
    BEGINNER = "beginner", _("Beginner")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Theme(models.TextChoices):
    SYSTEM = "system", _("Like my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Units(models.TextChoices):
    METRIC = "metric", _("Metric (g, ml, °C)")
    US = "us", _("US (oz, cups, °F)")
