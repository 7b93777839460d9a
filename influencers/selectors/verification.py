"""Where a person stands with the badge, told in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from influencers import rules
from influencers.enums import APPEALABLE, LIVE, WAITING, AppealState, DecisionKind, VerificationStatus, WebsiteCheck
from influencers.models import VerificationAppeal, VerificationApplication, VerificationDecision


@dataclass(frozen=True)
class Story:
    """The latest application with its decisions, oldest first; empty for who never asked."""

    application: VerificationApplication | None
    decisions: list[VerificationDecision]
    appeals: dict[int, VerificationAppeal]
    may_apply: bool

    @property
    def may_withdraw(self) -> bool:
        return self.application is not None and self.application.status in WAITING

    @property
    def appealable(self) -> VerificationDecision | None:
        """The decision that can be objected to now."""
        last = self.decisions[-1] if self.decisions else None
        if last is None or self.application is None or self.application.status in LIVE:
            return None
        return last if last.kind in APPEALABLE and last.pk not in self.appeals else None

    @property
    def open_appeal(self) -> VerificationAppeal | None:
        return next((each for each in self.appeals.values() if each.state == AppealState.OPEN), None)


def story_of(user: User) -> Story:
    """Three queries, whatever happened."""
    application = VerificationApplication.objects.filter(applicant=user).order_by("-id").first()
    if application is None:
        return Story(None, [], {}, may_apply=rules.may_apply(user))
    decisions = list(application.decisions.all())
    found = VerificationAppeal.objects.filter(decision__application=application)
    appeals = {each.decision_id: each for each in found}
    is_free = application.status not in LIVE and all(each.state != AppealState.OPEN for each in appeals.values())
    return Story(application, decisions, appeals, may_apply=is_free and rules.may_apply(user))


def timeline_of(story: Story) -> list[dict[str, Any]]:
    """What happened and what comes next, for the timeline component."""
    application = story.application
    if application is None:
        return []
    steps = [_step(_("You asked for the badge"), application.created_at)]
    steps += _website(application)
    for decision in story.decisions:
        steps += _decided(decision, story.appeals.get(decision.pk))
    return steps + _next(application, story)


def _step(title: str, at: datetime | None, note: str = "", state: str = "done") -> dict[str, Any]:
    return {"title": title, "at": at, "note": note, "state": state}


def _website(application: VerificationApplication) -> list[dict[str, Any]]:
    if application.website_checked_at is None:
        return []
    is_found = application.website_check in (WebsiteCheck.RELATED, WebsiteCheck.LINKED)
    note = application.website_note or str(WebsiteCheck(application.website_check).label)
    title = _("Your website leads back to you") if is_found else _("We looked at your website")
    return [_step(title, application.website_checked_at, note)]


_TITLES = {
    DecisionKind.APPROVED: lambda: _("You are verified"),
    DecisionKind.DECLINED: lambda: _("Your request was declined"),
    DecisionKind.REVOKED: lambda: _("The badge was taken away"),
}


def _decided(decision: VerificationDecision, appeal: VerificationAppeal | None) -> list[dict[str, Any]]:
    kind = DecisionKind(decision.kind)
    state = "done" if kind is DecisionKind.APPROVED else "stop"
    steps = [_step(_TITLES[kind](), decision.decided_at, decision.reason, state)]
    if appeal is not None:
        steps.append(_step(_("You appealed"), appeal.filed_at, appeal.text))
        if appeal.state == AppealState.UPHELD:
            steps.append(_step(_("The decision stands"), appeal.decided_at, appeal.answer, "stop"))
    return steps


def _next(application: VerificationApplication, story: Story) -> list[dict[str, Any]]:
    if application.status == VerificationStatus.REVIEW:
        note = _("The badge is hidden until a reviewer has looked at your new name or handle.")
        return [_step(_("Your name or handle changed"), application.applied_at, note, "now")]
    if application.status == VerificationStatus.OPEN:
        note = _("A reviewer looks at what you sent. You need not do anything.")
        return [_step(_("Waiting for a decision"), None, note, "now")]
    if application.status == VerificationStatus.WITHDRAWN:
        return [_step(_("You took the request back"), application.updated_at, "", "stop")]
    return [_step(_("Another reviewer looks at it"), None, "", "now")] if story.open_appeal else []
