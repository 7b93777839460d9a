"""Objecting to a decision on the badge: once, answered by somebody else."""

from datetime import datetime

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers import rules
from influencers.enums import APPEALABLE, LIVE, AppealState, DecisionKind
from influencers.events import AppealDecided, VerificationAppealed
from influencers.models import VerificationAppeal, VerificationApplication, VerificationDecision
from influencers.models.verification import MAX_STATEMENT
from influencers.services.verification import MAX_REASON, locked_application, settle

logger = structlog.get_logger(__name__)


@transaction.atomic
def appeal(*, decision_id: int, actor: User, text: str, now: datetime) -> VerificationAppeal:
    """Object to a declined request or to a badge taken away, once a decision.

    Locks person and application. Raises VerificationDecision.DoesNotExist for decisions on others (SEC-9),
    ConflictError when it was appealed against, replaced by a newer decision, or is nothing to object to.
    """
    decision = VerificationDecision.objects.get(pk=decision_id, application__applicant=actor)
    application = locked_application(decision.application_id)
    _require_appealable(application, decision)
    said = clean_reason(text, field="text", longest=MAX_STATEMENT, keeps_lines=True)
    filed = _file(decision, said, now)
    payload = VerificationAppealed(
        application_id=application.pk, user_id=actor.pk, decision_id=decision.pk, appeal_id=filed.pk
    )
    record(payload, actor=actor, subject=application)
    return filed


@transaction.atomic
def decide_appeal(*, appeal_id: int, reviewer: User, overturn: bool, answer: str, now: datetime) -> VerificationAppeal:
    """Let the decision stand, or give the badge after all; never by whoever decided first (logged, 403).

    Locks person and application, then the appeal. Raises NotAllowedError, ConflictError when it is answered, or when
    the person has asked anew meanwhile.
    """
    said = clean_reason(answer, field="answer", longest=MAX_REASON, keeps_lines=True)
    decision = VerificationDecision.objects.get(appeal=appeal_id)
    application = locked_application(decision.application_id)
    found = VerificationAppeal.objects.select_for_update().get(pk=appeal_id)
    _require_other_reviewer(application, decision, reviewer)
    _require_open(found)
    found.state = AppealState.OVERTURNED if overturn else AppealState.UPHELD
    found.decided_by, found.decided_at, found.answer = reviewer, now, said
    found.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    payload = AppealDecided(
        application_id=application.pk,
        user_id=application.applicant_id,
        decision_id=decision.pk,
        appeal_id=found.pk,
        is_overturned=overturn,
        answer=said,
    )
    record(payload, actor=reviewer, subject=application)
    if overturn:
        settle(application, DecisionKind.APPROVED, reviewer=reviewer, reason=said, now=now)
    return found


def _require_appealable(application: VerificationApplication, decision: VerificationDecision) -> None:
    if decision.kind not in APPEALABLE:
        raise ConflictError(_("There is nothing to object to."), code="not_appealable")
    if application.decisions.last() != decision:
        raise ConflictError(_("A newer decision has replaced this one."), code="not_appealable")
    others = VerificationApplication.objects.filter(applicant=application.applicant, status__in=LIVE)
    if others.exists():
        message = _("You have asked anew; that request is decided first.")
        raise ConflictError(message, code="not_appealable")


def _file(decision: VerificationDecision, text: str, now: datetime) -> VerificationAppeal:
    try:
        with transaction.atomic():
            return VerificationAppeal.objects.create(decision=decision, text=text, filed_at=now)
    except IntegrityError:
        message = _("You have appealed against this decision already.")
        raise ConflictError(message, code="already_appealed") from None


def _require_other_reviewer(
    application: VerificationApplication, decision: VerificationDecision, reviewer: User
) -> None:
    if rules.may_decide_appeal(reviewer, applicant_id=application.applicant_id, first_reviewer_id=decision.reviewer_id):
        return
    logger.warning("appeal_refused", application=application.public_id, reviewer_id=reviewer.pk)
    raise NotAllowedError(_("Another reviewer has to answer this appeal."), code="same_reviewer")


def _require_open(found: VerificationAppeal) -> None:
    if found.state != AppealState.OPEN:
        who = found.decided_by.name if found.decided_by else _("Somebody")
        message = _("%(who)s has answered already: %(what)s.")
        raise ConflictError(message % {"who": who, "what": found.get_state_display()}, code="already_decided")
