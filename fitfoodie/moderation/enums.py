from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a reporter says is wrong, and on which ground a moderator decides."""

    SPAM = "spam", _("Advertising or spam")
    HARASSMENT = "harassment", _("Bullying or harassment")
    HATE = "hate", _("Hate against a group of people")
    NUDITY = "nudity", _("Nudity or sexual content")
    DANGEROUS = "dangerous", _("Dangerous advice on food, training or health")
    ALLERGEN = "allergen", _("An allergen is missing or wrong")
    COPYRIGHT = "copyright", _("It copies somebody’s work")
    ILLEGAL = "illegal", _("It breaks the law")
    OTHER = "other", _("Something else")


class CaseState(models.TextChoices):
    OPEN = "open", _("waiting")
    REVIEW = "in_review", _("in review")
    DECIDED = "decided", _("decided")


class Outcome(models.TextChoices):
    NO_ACTION = "no_action", _("No action")
    REMOVED = "removed", _("Taken down")
    WARNED = "warned", _("Warned")
    SUSPENDED = "suspended", _("Account suspended")


# To tell a moderator without words what is meant is not enough: here somebody must explain.
NEEDS_NOTE = frozenset({Category.ILLEGAL, Category.OTHER})
