from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.models import TimestampedModel
from meals.enums import ImportKind
from meals.models.meal import Meal


class MealImport(TimestampedModel):
    """One recipe brought in from elsewhere: where from, and what was not understood of it (REC-4)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meal_imports")
    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind.choices)
    # The same address, or the same id inside a file, leads to the same meal.
    source_key = models.CharField(_("source"), max_length=1000)
    meal = models.OneToOneField(Meal, null=True, on_delete=models.SET_NULL, related_name="imported_by")
    payload = models.JSONField(default=dict)
    problems = models.JSONField(_("not understood"), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "source_key"], name="meals_mealimport_once")]

    def __str__(self) -> str:
        return self.source_key
