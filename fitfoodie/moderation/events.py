"""What happens to reports and cases. No payload says who reported: the actor of `report.filed` alone does, and the log
is read by staff (MOD-2). Receivers outside are never told."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("moderation.report.filed", label=_("Reported"))
class ReportFiled:
    report_id: int
    case_id: int
    target_type: str
    target_id: int
    category: str
    is_signed_in: bool


@event("moderation.report.decided", label=_("Report answered"))
class ReportDecided:
    """One for each report of a case, about the report: its reporter is told, nobody else."""

    report_id: int
    case_id: int
    outcome: str


@event("moderation.case.held", label=_("Hidden until somebody has looked"))
class CaseHeld:
    case_id: int
    target_type: str
    target_id: int
    owner_id: int | None


@event("moderation.case.taken", label=_("Case taken up"))
class CaseTaken:
    case_id: int


@event("moderation.case.decided", label=_("Case decided"), personal=("reason",))
class CaseDecided:
    """The statement of reasons: what, on which ground, why, and that a person decided (MOD-4)."""

    case_id: int
    target_type: str
    target_id: int
    owner_id: int | None
    outcome: str
    ground: str
    reason: str
    is_automated: bool = False


@event("moderation.case.refused", label=_("Decision of a moderator refused"))
class CaseRefused:
    """`attempt` is take or decide; `because` is permission, own, reporter or rank (MOD-7)."""

    case_id: int
    attempt: str
    because: str
