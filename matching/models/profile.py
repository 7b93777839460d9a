from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classes.models import Studio
from fitfoodie.common.fields import ChoiceSetField
from fitfoodie.common.models import TimestampedModel
from matching.enums import Gender, Goal
from matching.week import BYTES, EMPTY

MAX_RADIUS_KM = 200


class FitnessProfile(TimestampedModel):
    """How somebody trains, and with whom they would: what the deck is made from.

    `latitude` and `longitude` are the exact point and leave this row for nobody but its owner; `cell_*` is what
    filters, sorts and shows (MAT-5). The `skill_*` columns repeat `skills` as bits (`matching.sport_bits`):
    `services.profile` writes both.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="fitness")
    # Sport to skill, 1 to 3: {"running": 2}.
    skills = models.JSONField(_("sports and levels"), default=dict, blank=True)
    goals = ChoiceSetField(Goal, verbose_name=_("goals"))
    # 42 bytes, `matching.week`, on the person's own clocks.
    week = models.BinaryField(_("when I train"), max_length=BYTES, default=EMPTY)
    born_on = models.DateField(_("born"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=12, choices=Gender.choices, blank=True)
    gym = models.ForeignKey(
        Studio, verbose_name=_("my gym"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    cell_latitude = models.FloatField(null=True, blank=True, editable=False)
    cell_longitude = models.FloatField(null=True, blank=True, editable=False)
    located_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the person left a cell, each within the last day, against jumping about with made-up positions (MAT-5).
    moves = models.JSONField(default=list, blank=True, editable=False)

    radius_km = models.PositiveSmallIntegerField(
        _("how far, km"), default=10, validators=[MinValueValidator(2), MaxValueValidator(MAX_RADIUS_KM)]
    )
    level_gap = models.PositiveSmallIntegerField(
        _("how many levels apart"), default=1, validators=[MaxValueValidator(2)]
    )
    same_gender_only = models.BooleanField(_("only people of my gender"), default=False)
    is_paused = models.BooleanField(_("pause: show me to nobody"), default=False)
    # Shown to those alone whom the person liked.
    is_incognito = models.BooleanField(_("incognito: show me only to people I liked"), default=False)
    # "Because you liked…" looks at nothing before this (MAT-10).
    learning_from = models.DateTimeField(null=True, blank=True, editable=False)
    # In the deck: whoever has said enough to be found; derived by the service from the columns above.
    is_ready = models.BooleanField(default=False, editable=False)

    skill_1_low = models.BigIntegerField(default=0, editable=False)
    skill_1_high = models.BigIntegerField(default=0, editable=False)
    skill_2_low = models.BigIntegerField(default=0, editable=False)
    skill_2_high = models.BigIntegerField(default=0, editable=False)
    skill_3_low = models.BigIntegerField(default=0, editable=False)
    skill_3_high = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("fitness profile")
        verbose_name_plural = _("fitness profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, cell_latitude=None, cell_longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    cell_latitude__isnull=False,
                    cell_longitude__isnull=False,
                ),
                name="matching_profile_whole_point",
            ),
            models.CheckConstraint(
                condition=Q(is_ready=False) | Q(cell_latitude__isnull=False, born_on__isnull=False),
                name="matching_profile_ready_is_placed",
            ),
        ]
        indexes = [models.Index(fields=["cell_latitude", "cell_longitude"], name="matching_profile_cell")]

    def __str__(self) -> str:
        return f"Fitness of {self.user_id}"
