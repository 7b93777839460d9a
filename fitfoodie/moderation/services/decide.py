"""What moderators do with a case: take it up, decide it. A decision acts, says why and answers every report in one
transaction (MOD-4). Nobody decides on their own things, their own reports, or people who rank above them (MOD-7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.people import deactivate
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from fitfoodie.moderation import rules
from fitfoodie.moderation.enums import CaseState, Category, Outcome
from fitfoodie.moderation.events import CaseDecided, CaseRefused, CaseTaken, ReportDecided
from fitfoodie.moderation.models import Case
from fitfoodie.moderation.services.report import locked_case
from fitfoodie.moderation.targets import target_named
from fitfoodie.moderation.validators import clean_answer, clean_category

# How long a moderator has a case to themselves.
CLAIM_HOLDS = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`reason` is read by whose it is, `answer` by those who reported; `ground` is the rule it was held against."""

    outcome: str
    reason: str
    ground: str = ""
    answer: str = ""


def take_case(*, case_id: int, actor: User, now: datetime) -> Case:
    """Take it up, for half an hour. Locks the case.

    Raises NotAllowedError (the attempt is recorded), ConflictError with the name of who has it or what was decided.
    """
    with transaction.atomic():
        case = locked_case(case_id)
        refused = _refused(case, actor, attempt="take")
        if not refused:
            _need_free(case, actor, now)
            return _taken(case, actor, now)
    raise NotAllowedError(_REFUSALS[refused]())


def decide_case(*, case_id: int, actor: User, decision: Decision, now: datetime) -> Case:
    """Act, say why, close the case and answer its reports, all or nothing. Locks the case, then the thing.

    A thing that was hidden until somebody has looked is shown again unless it is taken down or its owner suspended.
    Raises NotAllowedError (the attempt is recorded), ConflictError with who has the case, what was decided first, or
    because the thing is gone, DomainError without a reason or ground, and what the service that acts raises.
    """
    with transaction.atomic():
        case = locked_case(case_id)
        refused = _refused(case, actor, attempt="decide")
        if not refused:
            _need_free(case, actor, now)
            return _decided(case, actor, _checked(decision, case), now)
    raise NotAllowedError(_REFUSALS[refused]())


def outcomes_for(case: Case) -> list[Outcome]:
    """Those that this kind of thing can have: a person is warned or suspended, not taken down."""
    is_removable = target_named(case.target_type).take_down is not None
    return [outcome for outcome in Outcome if is_removable or outcome != Outcome.REMOVED]


def _refused(case: Case, actor: User, *, attempt: str) -> str:
    """Why this moderator may not; recorded in the caller's transaction, which must then commit."""
    actor = User.objects.get(pk=actor.pk)
    because = "" if rules.may_moderate(actor) else "permission"
    has_reported = case.reports.filter(reporter=actor).exists()
    because = because or rules.conflict_of(actor, owner=case.owner, has_reported=has_reported)
    if because:
        record(CaseRefused(case_id=case.pk, attempt=attempt, because=because), actor=actor, subject=case)
    return because


_REFUSALS = {
    "permission": lambda: _("You cannot decide on reports."),
    "own": lambda: _("It is yours: another moderator decides."),
    "reporter": lambda: _("You reported it yourself: another moderator decides."),
    "rank": lambda: _("It belongs to somebody who ranks above you."),
}


def _need_free(case: Case, actor: User, now: datetime) -> None:
    if case.is_decided:
        message = _("%(who)s decided it already: %(outcome)s.")
        said = {"who": _name(case.decided_by), "outcome": case.get_outcome_display()}
        raise ConflictError(message % said, code="already_decided")
    is_held = case.claimed_at is not None and case.claimed_at > now - CLAIM_HOLDS
    if is_held and case.claimed_by_id not in (None, actor.pk):
        raise ConflictError(_("%(who)s is looking at it.") % {"who": _name(case.claimed_by)}, code="claimed")


def _name(person: User | None) -> str:
    return person.name if person is not None else _("Somebody")


def _taken(case: Case, actor: User, now: datetime) -> Case:
    is_new = case.claimed_by_id != actor.pk
    case.claimed_by, case.claimed_at, case.state = actor, now, CaseState.REVIEW
    case.save(update_fields=["claimed_by", "claimed_at", "state"])
    if is_new:
        record(CaseTaken(case_id=case.pk), actor=actor, subject=case)
    return case


def _checked(decision: Decision, case: Case) -> Decision:
    if decision.outcome not in outcomes_for(case):
        raise DomainError(_("Choose what is to happen."), code="invalid_choice", field="outcome")
    needs_ground = decision.outcome != Outcome.NO_ACTION or decision.ground
    return Decision(
        outcome=Outcome(decision.outcome),
        ground=_ground(decision.ground) if needs_ground else "",
        reason=clean_reason(decision.reason),
        answer=clean_answer(decision.answer),
    )


def _ground(value: str) -> Category:
    try:
        return clean_category(value)
    except DomainError:
        message = _("Say which rule it was held against.")
        raise DomainError(message, code="invalid_choice", field="ground") from None


def _decided(case: Case, actor: User, decision: Decision, now: datetime) -> Case:
    _act(case, actor, decision, now)
    case.state, case.decided_by, case.decided_at = CaseState.DECIDED, actor, now
    case.outcome, case.ground = decision.outcome, decision.ground
    case.reason, case.answer = decision.reason, decision.answer
    case.save()
    fact = CaseDecided(
        case_id=case.pk,
        target_type=case.target_type,
        target_id=case.target_id,
        owner_id=case.owner_id,
        outcome=str(case.outcome),
        ground=str(case.ground),
        reason=case.reason,
    )
    record(fact, actor=actor, subject=case)
    for report in case.reports.order_by("pk"):
        answered = ReportDecided(report_id=report.pk, case_id=case.pk, outcome=str(case.outcome))
        record(answered, actor=actor, subject=report)
    return case


def _act(case: Case, actor: User, decision: Decision, now: datetime) -> None:
    target = target_named(case.target_type)
    is_there = target.unseen(case.target_id) is not None
    if decision.outcome == Outcome.SUSPENDED:
        _suspend(case.owner, actor, decision.reason, now)
    elif decision.outcome == Outcome.REMOVED and target.take_down is not None:
        if not is_there:
            raise _gone()
        target.take_down(case.target_id, actor, decision.reason, now)
    elif case.held_at is not None and target.release is not None and is_there:
        target.release(case.target_id, actor, decision.reason, now)


def _suspend(owner: User | None, actor: User, reason: str, now: datetime) -> None:
    if owner is None:
        raise _gone()
    deactivate(user=owner, actor=actor, reason=reason, now=now)


def _gone() -> ConflictError:
    return ConflictError(_("It is not there any more. Choose another outcome."), code="target_gone")
