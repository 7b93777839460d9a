"""Reports, and the case that all reports of one thing make together."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.why import MAX_REASON
from fitfoodie.moderation.enums import CaseState, Category, Outcome
from fitfoodie.moderation.validators import MAX_ANSWER, MAX_NOTE

_DECIDED = CaseState.DECIDED.value


class Case(models.Model):
    """One thing that was reported, and what became of it. A thing has one undecided case at most (MOD-1).

    The decision stands in the same row as the state: there is no action without a statement (MOD-4).
    """

    target_type = models.CharField(_("kind"), max_length=50)
    target_id = models.PositiveBigIntegerField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="cases_about", verbose_name=_("of")
    )
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    # Distinct people: all who are not signed in count as one.
    reporter_count = models.PositiveIntegerField(_("reporters"), default=0)
    opened_at = models.DateTimeField(_("first reported"))
    # When enough trusted people reported it, it was hidden until somebody has looked.
    held_at = models.DateTimeField(_("hidden meanwhile"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    ground = models.CharField(_("ground"), max_length=12, choices=Category.choices, blank=True)
    # For whose it is; for the reporters there is the answer.
    reason = models.CharField(_("statement of reasons"), max_length=MAX_REASON, blank=True)
    answer = models.CharField(_("answer to the reporters"), max_length=MAX_ANSWER, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"], condition=~Q(state=_DECIDED), name="moderation_case_one_undecided"
            ),
            models.CheckConstraint(
                condition=~Q(state=_DECIDED) | (Q(decided_at__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
                name="moderation_case_decided_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-reporter_count", "opened_at"], condition=~Q(state=_DECIDED), name="moderation_case_queue"
            ),
            models.Index(fields=["owner", "-decided_at"], name="moderation_case_owner"),
        ]
        permissions = [("decide_case", _("Can decide on what was reported"))]

    def __str__(self) -> str:
        return f"{self.target_type} {self.target_id}"

    @property
    def is_decided(self) -> bool:
        return self.state == CaseState.DECIDED


class Report(models.Model):
    """What one person said of a thing. Its state and outcome are those of its case; its public id is the receipt."""

    public_id = models.CharField(_("receipt"), max_length=12, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    # Nobody: filed without an account, which is possible for what breaks the law (MOD-11).
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports_filed"
    )
    # Of a reporter without an account who wants an answer; erased some time after it.
    email = models.EmailField(_("e-mail address"), blank=True)
    category = models.CharField(_("what is wrong"), max_length=12, choices=Category.choices)
    note = models.TextField(_("in their words"), max_length=MAX_NOTE, blank=True)
    filed_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            # A case takes reports until it is decided, so this is one open report a person, thing and category.
            models.UniqueConstraint(fields=["reporter", "case", "category"], name="moderation_report_once"),
        ]
        indexes = [
            models.Index(fields=["reporter", "-id"], name="moderation_report_reporter"),
            models.Index(fields=["case"], condition=~Q(email=""), name="moderation_report_email"),
        ]

    def __str__(self) -> str:
        return self.public_id
