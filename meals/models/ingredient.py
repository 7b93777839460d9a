from django.db import models
from django.utils.translation import gettext_lazy as _

from meals.models.food import Food
from meals.models.meal import Meal


class IngredientLine(models.Model):
    """One line as written, and what was understood of it. `text` is never changed by us."""

    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="ingredients")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(_("section"), max_length=200, blank=True)
    text = models.CharField(_("as written"), max_length=500)
    # Fractions such as 1/3 have no finite decimal form: twelve places keep scaling exact for display (REC-1).
    quantity = models.DecimalField(max_digits=20, decimal_places=12, null=True, blank=True)
    quantity_max = models.DecimalField(max_digits=20, decimal_places=12, null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    food_name = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    size = models.CharField(max_length=40, blank=True)
    # False for a tool or a remark that slipped into the list: it stays as written and counts for nothing.
    is_food = models.BooleanField(default=True)
    food = models.ForeignKey(Food, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")
    # Weight of the line as written, for all servings; null is unknown (REC-3).
    grams = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    is_optional = models.BooleanField(default=False)
    # Why the line does not count, as a code of `meals.ingredients`; empty when it does.
    unknown_reason = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meal", "position"], name="meals_ingredientline_position")]

    def __str__(self) -> str:
        return self.text
