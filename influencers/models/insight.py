"""How often what creators publish is looked at. Kept by person for two days, as numbers after that."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentView(models.Model):
    """One person, one thing, one day in the zone of its owner. `viewer` is a digest that changes every day: it tells
    two people apart today and says nothing tomorrow."""

    subject_type = models.CharField(max_length=50)
    subject_id = models.BigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    viewer = models.CharField(max_length=32)
    views = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "day", "viewer"], name="influencers_contentview_once"
            ),
        ]
        indexes = [models.Index(fields=["owner", "day"], name="influencers_contentview_owner")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.day}"


class ContentDay(models.Model):
    """The same once nobody needs to be told apart any more: how many looked, and how often."""

    subject_type = models.CharField(max_length=50)
    subject_id = models.BigIntegerField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("creator")
    )
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    reach = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "day"], name="influencers_contentday_once"),
        ]
        indexes = [models.Index(fields=["owner", "day"], name="influencers_contentday_owner")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.day}"
