"""How the deck is ranked, and the log of what it showed."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WeightSet(models.Model):
    """Points of each component, 100 in all. The newest row holds; without one, the settings do. Only ever added."""

    level = models.PositiveSmallIntegerField(_("level"), validators=[MaxValueValidator(100)])
    interests = models.PositiveSmallIntegerField(_("sports"), validators=[MaxValueValidator(100)])
    location = models.PositiveSmallIntegerField(_("distance"), validators=[MaxValueValidator(100)])
    schedule = models.PositiveSmallIntegerField(_("times"), validators=[MaxValueValidator(100)])
    history = models.PositiveSmallIntegerField(_("what they liked"), validators=[MaxValueValidator(100)])
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    level=100
                    - models.F("interests")
                    - models.F("location")
                    - models.F("schedule")
                    - models.F("history")
                ),
                name="matching_weightset_sums_to_100",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="matching_weightset_has_reason"),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="matching_weightset_newest")]

    def __str__(self) -> str:
        return f"{self.level}/{self.interests}/{self.location}/{self.schedule}/{self.history}"


class Impression(models.Model):
    """Somebody was shown to somebody, once a day and pair: what was said of them and by which model (MAT-16)."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    shown_at = models.DateTimeField(_("shown"))
    position = models.PositiveSmallIntegerField(_("place in the deck"))
    score = models.PositiveSmallIntegerField(_("score"), validators=[MinValueValidator(0), MaxValueValidator(100)])
    components = models.JSONField(_("components"))
    model = models.CharField(_("model"), max_length=60)
    # The rules stood in for a model that was missing or slow (MAT-13).
    is_fallback = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        constraints = [
            models.UniqueConstraint(fields=["viewer", "candidate", "day"], name="matching_impression_once_a_day")
        ]
        indexes = [
            models.Index(fields=["day", "candidate"], name="matching_impression_of_day"),
            models.Index(fields=["candidate", "-shown_at"], name="matching_impression_of"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} to {self.viewer_id} on {self.day}"
