from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.fields import ChoiceSetField
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from meals.enums import Audience, MealStatus, NutritionSource
from meals.querysets import MealQuerySet
from social.models import Reactable

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Tag(models.Model):
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


def _per_serving(label: "StrPromise") -> "models.DecimalField[Decimal | str | None, Decimal | None]":
    return models.DecimalField(
        label, max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class Meal(Reactable, TimestampedModel):
    """A recipe somebody publishes, and, with a price, a dish somebody sells.

    Nutrition is per serving. The nutrition, trait, rating and cover columns are derived: `services` recompute them
    in the transaction of the change, so that a list of cards reads one table.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meals")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    notes = models.TextField(_("notes"), max_length=10000, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=MealStatus.choices, default=MealStatus.DRAFT)
    audience = models.CharField(_("who may see it"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    # Why staff took it down: until staff put it back, its creator can edit it but not show it.
    taken_down_reason = models.CharField(max_length=500, blank=True, editable=False)
    # Raised by every edit; what `If-Match` is held against (REC-9).
    version = models.PositiveIntegerField(default=1)

    # Null is a recipe that does not say: then nothing "per serving" is known either.
    servings = models.PositiveSmallIntegerField(
        _("servings"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    prep_minutes = models.PositiveIntegerField(_("preparation (min)"), null=True, blank=True)
    cook_minutes = models.PositiveIntegerField(_("cooking (min)"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("total time (min)"), null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="meals")

    diets = ChoiceSetField(Diet, verbose_name=_("diets"))
    allergens = ChoiceSetField(Allergen, verbose_name=_("allergens"))
    # False while any ingredient is unknown and the creator declared nothing: what is not listed may be there (REC-6).
    has_complete_traits = models.BooleanField(default=False)
    diets_source = models.CharField(
        _("diets from"), max_length=10, choices=NutritionSource.choices, default=NutritionSource.COMPUTED
    )
    allergens_source = models.CharField(
        _("allergens from"), max_length=10, choices=NutritionSource.choices, default=NutritionSource.COMPUTED
    )

    calories = _per_serving(_("energy (kcal)"))
    protein_g = _per_serving(_("protein (g)"))
    carbs_g = _per_serving(_("carbohydrate (g)"))
    fat_g = _per_serving(_("fat (g)"))
    fiber_g = _per_serving(_("fiber (g)"))
    sugar_g = _per_serving(_("sugar (g)"))
    saturated_fat_g = _per_serving(_("saturated fat (g)"))
    sodium_mg = _per_serving(_("sodium (mg)"))
    nutrition_source = models.CharField(
        max_length=10,
        choices=NutritionSource.choices,
        default=NutritionSource.COMPUTED,
        verbose_name=_("nutrition from"),
    )
    ingredients_known = models.PositiveSmallIntegerField(default=0)
    ingredients_total = models.PositiveSmallIntegerField(default=0)

    price = MoneyField(
        _("price"), max_digits=9, decimal_places=2, null=True, blank=True, default_currency=settings.DEFAULT_CURRENCY
    )
    portions_per_day = models.PositiveIntegerField(_("portions a day"), null=True, blank=True)

    cover = models.ForeignKey("meals.MealPhoto", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    rating_average = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    rating_count = models.PositiveIntegerField(default=0)
    save_count = models.PositiveIntegerField(default=0)

    source_url = models.URLField(_("source"), max_length=1000, blank=True)
    source_name = models.CharField(_("source name"), max_length=200, blank=True)
    source_author = models.CharField(_("original author"), max_length=200, blank=True)
    source_licence = models.CharField(_("licence"), max_length=200, blank=True)

    objects = MealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="meals_meal_published_at_set"
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(scheduled_for__isnull=False), name="meals_meal_scheduled_for_set"
            ),
            models.CheckConstraint(condition=Q(servings__gte=1), name="meals_meal_servings_positive"),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="meals_meal_price_positive"),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status="published", audience="everyone"),
                name="meals_meal_public_newest",
            ),
            models.Index(fields=["creator", "status", "-published_at"], name="meals_meal_creator"),
            models.Index(fields=["scheduled_for"], condition=Q(status="scheduled"), name="meals_meal_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meals:detail", kwargs={"slug": self.slug})

    @property
    def base_servings(self) -> int:
        """What amounts are scaled from; a recipe that does not say its servings is one whole."""
        return self.servings or 1

    @property
    def is_public(self) -> bool:
        """As `MealQuerySet.public` has it."""
        return self.status == MealStatus.PUBLISHED and self.audience == Audience.EVERYONE

    @property
    def is_orderable(self) -> bool:
        return self.price is not None and self.status == MealStatus.PUBLISHED

    @property
    def has_complete_nutrition(self) -> bool:
        return self.nutrition_source == NutritionSource.BY_HAND or (
            self.ingredients_total > 0 and self.ingredients_known == self.ingredients_total
        )


class Step(models.Model):
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=5000)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meal", "position"], name="meals_step_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:60]}"


class MealRevision(models.Model):
    """What a meal said at a version: history for readers, and the other side of a refused save (REC-9)."""

    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    content = models.JSONField()
    changed = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    # Whether others could see the meal while it said this; all else is the creator's alone (REC-8).
    is_shown = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meal", "version"], name="meals_mealrevision_version")]

    def __str__(self) -> str:
        return f"{self.meal_id} v{self.version}"
