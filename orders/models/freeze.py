"""Earnings that stand still, why, and what their creator says to it (AFF-10)."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from influencers.enums import AppealState
from orders.enums import FreezeCause

MAX_APPEAL = 2000


class EarningsFreeze(models.Model):
    """What a creator has earned is theirs and stands still until it is lifted; never deleted. One live one each."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="earnings_freezes")
    cause = models.CharField(_("because of"), max_length=10, choices=FreezeCause.choices)
    # What it follows from: a fact that is delivered twice freezes once.
    key = models.CharField(max_length=80, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    frozen_at = models.DateTimeField(_("frozen"))
    # When the letter with the reason and the way to appeal went out: somebody suspended reads nothing else of ours.
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lift_reason = models.CharField(_("why it was lifted"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("freeze of earnings")
        verbose_name_plural = _("freezes of earnings")
        constraints = [
            models.UniqueConstraint(fields=["creator"], condition=Q(lifted_at=None), name="orders_freeze_one_live"),
            models.CheckConstraint(condition=~Q(reason=""), name="orders_freeze_has_reason"),
        ]
        indexes = [models.Index(fields=["creator", "-id"], name="orders_freeze_creator")]

    def __str__(self) -> str:
        return f"{self.creator_id}: {self.get_cause_display()}"


class EarningsAppeal(models.Model):
    """The one objection to a freeze; somebody else than who froze answers it."""

    freeze = models.OneToOneField(EarningsFreeze, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(
        _("what was overlooked"), max_length=MAX_APPEAL, validators=[MaxLengthValidator(MAX_APPEAL)]
    )
    filed_at = models.DateTimeField(_("filed"))
    state = models.CharField(_("state"), max_length=10, choices=AppealState.choices, default=AppealState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal for frozen earnings")
        verbose_name_plural = _("appeals for frozen earnings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="orders_earningsappeal_answered",
            )
        ]
        indexes = [models.Index(fields=["filed_at"], condition=Q(state="open"), name="orders_earningsappeal_open")]

    def __str__(self) -> str:
        return f"{_('Appeal')} {self.freeze_id}"
