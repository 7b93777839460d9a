from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Gender(models.TextChoices):
    UNSAID = "", _("Not said")
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    NON_BINARY = "non_binary", _("Non-binary")


class Goal(models.TextChoices):
    """Append only: the order is stored."""

    HEALTH = "health", _("Stay healthy")
    STRENGTH = "strength", _("Get stronger")
    ENDURANCE = "endurance", _("Go longer")
    WEIGHT = "weight", _("Lose weight")
    SKILL = "skill", _("Learn the technique")
    RACE = "race", _("Train for a race")
    COMPANY = "company", _("Have company")
    MOBILITY = "mobility", _("Move freely")


class Skill(models.IntegerChoices):
    """How well somebody does one sport; the same words as `accounts.enums.Level`."""

    BEGINNER = 1, _("Beginner")
    INTERMEDIATE = 2, _("Intermediate")
    ADVANCED = 3, _("Advanced")


class Verb(models.TextChoices):
    LIKE = "like", pgettext_lazy("verb", "Like")
    PASS = "pass", pgettext_lazy("verb", "Pass")
    SUPER_LIKE = "super_like", _("Super like")


LIKES = frozenset({Verb.LIKE, Verb.SUPER_LIKE})


class Component(models.TextChoices):
    """The five parts of a score, in the order in which they are shown; names are the API's."""

    LEVEL = "level", _("Level")
    INTERESTS = "interests", _("Sports")
    LOCATION = "location", _("Distance")
    SCHEDULE = "schedule", _("Times")
    HISTORY = "history", _("What you liked")
