from django.db import models
from django.utils.translation import gettext_lazy as _


class Food(models.Model):
    """A food of the USDA table. Nutrients are per 100 g; null is unknown, never zero (REC-2)."""

    usda_id = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=250)
    group = models.CharField(_("food group"), max_length=80)
    calories = models.DecimalField(_("energy (kcal)"), max_digits=8, decimal_places=3, null=True)
    protein_g = models.DecimalField(_("protein (g)"), max_digits=8, decimal_places=3, null=True)
    carbs_g = models.DecimalField(_("carbohydrate (g)"), max_digits=8, decimal_places=3, null=True)
    fat_g = models.DecimalField(_("fat (g)"), max_digits=8, decimal_places=3, null=True)
    # The other nutrients by USDA name, for pages that show more.
    nutrients = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["name"], name="meals_food_name")]

    def __str__(self) -> str:
        return self.name


class FoodPortion(models.Model):
    """A household measure: `amount` × `measure` weighs `grams`."""

    food = models.ForeignKey(Food, on_delete=models.CASCADE, related_name="portions")
    position = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=8, decimal_places=3)
    measure = models.CharField(max_length=120)
    grams = models.DecimalField(max_digits=9, decimal_places=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["food", "position"], name="meals_foodportion_position")]

    def __str__(self) -> str:
        return f"{self.amount} {self.measure} = {self.grams} g"
