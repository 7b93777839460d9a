"""Asking for the badge, what was decided, and objecting to it (CRE-5)."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from influencers.enums import LIVE, AppealState, DecisionKind, VerificationStatus, WebsiteCheck
from influencers.querysets import AppealQuerySet, ApplicationQuerySet
from influencers.validators import validate_socials, validate_website

MAX_STATEMENT = 2000


class VerificationApplication(TimestampedModel):
    """One request for the badge with its evidence. A person has one live at most: waiting, in review, or approved."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verifications")
    status = models.CharField(
        _("state"), max_length=10, choices=VerificationStatus.choices, default=VerificationStatus.OPEN
    )
    legal_name = models.CharField(_("name on your documents"), max_length=120)
    statement = models.TextField(
        _("who you are and where people know you from"),
        max_length=MAX_STATEMENT,
        validators=[MaxLengthValidator(MAX_STATEMENT)],
    )
    website = models.URLField(_("your website"), max_length=200, blank=True, validators=[validate_website])
    website_check = models.CharField(
        _("link back"), max_length=10, choices=WebsiteCheck.choices, default=WebsiteCheck.NONE
    )
    website_checked_at = models.DateTimeField(null=True, blank=True)
    # What stood in the way of reading the site, in words for the applicant.
    website_note = models.CharField(max_length=300, blank=True)
    socials = models.JSONField(_("profiles elsewhere"), default=list, blank=True, validators=[validate_socials])
    # Never public; erased thirty days after the decision.
    id_reference = models.CharField(_("reference of an identity document"), max_length=60, blank=True)
    applied_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Who is looking at it, so that two reviewers do not read the same evidence.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(status__in=LIVE), name="influencers_verification_one_live"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("approved", "declined", "revoked")) | Q(decided_at__isnull=False),
                name="influencers_verification_decided_at_set",
            ),
        ]
        indexes = [
            models.Index(
                fields=["applied_at"], condition=Q(status__in=("open", "review")), name="influencers_verif_queue"
            ),
            models.Index(fields=["applicant", "-id"], name="influencers_verif_applicant"),
        ]
        permissions = [("review_verification", _("Can decide on verifications"))]

    def __str__(self) -> str:
        return f"{self.public_id} of {self.applicant_id}"


class VerificationDecision(models.Model):
    """Who decided what, when and why; kept for good. The reason is what the applicant is told (MOD-4)."""

    application = models.ForeignKey(VerificationApplication, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind.choices)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=1000)
    decided_at = models.DateTimeField(_("when"))
    # Whom the decision vouches for: the badge stands for exactly this name under this handle.
    name = models.CharField(_("name"), max_length=80)
    handle = models.CharField(_("handle"), max_length=30)

    class Meta:
        verbose_name = _("decision on a verification")
        verbose_name_plural = _("decisions on verifications")
        ordering = ["decided_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="influencers_decision_has_reason")]

    def __str__(self) -> str:
        return f"{self.kind} {self.application_id}"


class VerificationAppeal(models.Model):
    """The one objection to a decision; another reviewer answers it."""

    decision = models.OneToOneField(VerificationDecision, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(
        _("what was overlooked"), max_length=MAX_STATEMENT, validators=[MaxLengthValidator(MAX_STATEMENT)]
    )
    filed_at = models.DateTimeField(_("filed"))
    state = models.CharField(_("state"), max_length=10, choices=AppealState.choices, default=AppealState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="influencers_appeal_answered",
            )
        ]
        indexes = [models.Index(fields=["filed_at"], condition=Q(state="open"), name="influencers_appeal_open")]

    def __str__(self) -> str:
        return f"Appeal against {self.decision_id}"
