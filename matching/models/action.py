"""What people said of each other, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from matching.enums import Verb


class MatchAction(models.Model):
    """One verb of one person about another; the one that counts is the one not undone (MAT-1).

    Rows are kept when undone: what was spent of the day's super likes stays spent (MAT-6).
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="match_actions")
    target = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="match_actions_received"
    )
    verb = models.CharField(max_length=10, choices=Verb.choices)
    acted_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    # From when somebody who was passed may be shown again; None is never (MAT-7).
    returns_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("match action")
        verbose_name_plural = _("match actions")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "target"], condition=Q(undone_at=None), name="matching_action_one_counts"
            ),
            models.CheckConstraint(condition=~Q(actor=F("target")), name="matching_action_on_another"),
        ]
        indexes = [
            models.Index(fields=["actor", "-acted_at"], name="matching_action_of_actor"),
            models.Index(fields=["target", "verb", "-acted_at"], name="matching_action_on_target"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.verb} {self.target_id}"


class Match(models.Model):
    """Two people who like each other. `low` has the smaller id: the database itself refuses a second row of a pair
    (MAT-2). Ended by unmatching, blocking or leaving; an ended match is not made again."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    low = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="matches_as_low")
    high = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="matches_as_high")
    matched_at = models.DateTimeField(_("matched"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # When each of the two has seen that it is a match; until then the deck says so.
    low_seen_at = models.DateTimeField(null=True, blank=True)
    high_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="matching_match_pair_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="matching_match_low_first"),
        ]
        indexes = [models.Index(fields=["high", "-matched_at"], name="matching_match_of_high")]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}"
