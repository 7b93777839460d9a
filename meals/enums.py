from django.db import models
from django.utils.translation import gettext_lazy as _


class MealStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


# The only moves there are; every other is refused with the legal ones listed.
MEAL_TRANSITIONS: dict[MealStatus, frozenset[MealStatus]] = {
    MealStatus.DRAFT: frozenset({MealStatus.SCHEDULED, MealStatus.PUBLISHED, MealStatus.ARCHIVED}),
    MealStatus.SCHEDULED: frozenset({MealStatus.DRAFT, MealStatus.SCHEDULED, MealStatus.PUBLISHED}),
    MealStatus.PUBLISHED: frozenset({MealStatus.DRAFT, MealStatus.ARCHIVED}),
    MealStatus.ARCHIVED: frozenset({MealStatus.DRAFT, MealStatus.PUBLISHED}),
}


class Audience(models.TextChoices):
    """Who may see a published meal."""

    EVERYONE = "everyone", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    PRIVATE = "private", _("Only me")


class NutritionSource(models.TextChoices):
    COMPUTED = "computed", _("Computed from the ingredients")
    BY_HAND = "by_hand", _("Entered by the creator")


class ImportKind(models.TextChoices):
    URL = "url", _("Web address")
    HTML = "html", _("Pasted page")
    JSON_LD = "json_ld", _("JSON-LD")
    JSON_LINES = "json_lines", _("JSON Lines")
