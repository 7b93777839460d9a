from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Level, Theme, Units
from accounts.validators import validate_country, validate_links, validate_sports, validate_time_zone
from fitfoodie.common.dietary import Allergen, Diet
from fitfoodie.common.fields import ChoiceSetField
from fitfoodie.common.models import TimestampedModel


class Profile(TimestampedModel):
    """What a person says about themselves. `visibility` maps field names to `Visibility` values."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    photo = models.OneToOneField("accounts.ProfilePhoto", null=True, blank=True, on_delete=models.SET_NULL)
    bio = models.TextField(_("about me"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)])
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    links = models.JSONField(_("links"), default=list, blank=True, validators=[validate_links])
    diets = ChoiceSetField(Diet, verbose_name=_("how I eat"))
    allergies = ChoiceSetField(Allergen, verbose_name=_("allergies"))
    severe_allergies = ChoiceSetField(Allergen, verbose_name=_("severe allergies"))
    sports = models.JSONField(_("sports"), default=list, blank=True, validators=[validate_sports])
    level = models.CharField(_("training level"), max_length=12, choices=Level.choices, blank=True)
    visibility = models.JSONField(default=dict, blank=True)
    # Only those whose request was accepted see what the person publishes and says about themselves.
    is_private = models.BooleanField(_("private profile"), default=False)
    # A creator whose identity was checked; the decision is the verification's, never a form's (SEC-10).
    is_verified = models.BooleanField(_("verified"), default=False)

    def __str__(self) -> str:
        return f"Profile of {self.user_id}"


class Preferences(TimestampedModel):
    """How the product behaves for a person, on every device."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    theme = models.CharField(_("theme"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    units = models.CharField(_("units"), max_length=8, choices=Units.choices, default=Units.METRIC)
    daily_calories = models.PositiveIntegerField(
        _("daily calories"), null=True, blank=True, validators=[MinValueValidator(800), MaxValueValidator(8000)]
    )
    is_listed_in_search_engines = models.BooleanField(_("let search engines list my profile"), default=True)

    def __str__(self) -> str:
        return f"Preferences of {self.user_id}"
