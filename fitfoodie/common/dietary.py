"""The vocabulary of diets and allergens, shared by people (what they avoid) and meals (what they hold)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Allergen(models.TextChoices):
    """The fourteen of Regulation (EU) No 1169/2011, Annex II. Stored by position: append only."""

    GLUTEN = "gluten", _("Gluten")
    CRUSTACEANS = "crustaceans", _("Crustaceans")
    EGGS = "eggs", _("Eggs")
    FISH = "fish", _("Fish")
    PEANUTS = "peanuts", _("Peanuts")
    SOYBEANS = "soybeans", _("Soybeans")
    MILK = "milk", _("Milk")
    NUTS = "nuts", _("Tree nuts")
    CELERY = "celery", _("Celery")
    MUSTARD = "mustard", _("Mustard")
    SESAME = "sesame", _("Sesame")
    SULPHITES = "sulphites", _("Sulphites")
    LUPIN = "lupin", _("Lupin")
    MOLLUSCS = "molluscs", _("Molluscs")


class Diet(models.TextChoices):
    """What a meal can honestly be said to fit. Stored by position: append only."""

    VEGAN = "vegan", _("Vegan")
    VEGETARIAN = "vegetarian", _("Vegetarian")
    PESCATARIAN = "pescatarian", _("Pescatarian")
    GLUTEN_FREE = "gluten_free", _("Gluten-free")
    DAIRY_FREE = "dairy_free", _("Dairy-free")
    NUT_FREE = "nut_free", _("Nut-free")
    EGG_FREE = "egg_free", _("Egg-free")
    LOW_CARB = "low_carb", _("Low carb")
    HIGH_PROTEIN = "high_protein", _("High protein")
    LOW_CALORIE = "low_calorie", _("Low calorie")
    HIGH_FIBER = "high_fiber", _("High in fibre")
