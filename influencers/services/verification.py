"""Asking for the badge, and what reviewers decide. The applicant is locked before the application, everywhere: a new
name or handle is taken under the same lock, so no badge is given to a name that nobody looked at (CRE-5)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.badge import give_badge, take_badge
from fitfoodie.common.errors import ConflictError, IllegalTransitionError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers import rules
from influencers.enums import (
    LIVE,
    VERIFICATION_TRANSITIONS,
    AppealState,
    DecisionKind,
    VerificationStatus,
    WebsiteCheck,
)
from influencers.events import (
    VerificationApplied,
    VerificationApproved,
    VerificationClaimed,
    VerificationDeclined,
    VerificationQuestioned,
    VerificationRevoked,
    VerificationWithdrawn,
)
from influencers.models import VerificationAppeal, VerificationApplication, VerificationDecision
from influencers.services.standing import place_in_directory

logger = structlog.get_logger(__name__)

# How long a reviewer has an application to themselves.
CLAIM_HOLDS = timedelta(minutes=30)
MAX_REASON = 1000


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What an applicant brings: at least a website or a profile elsewhere that leads back to them."""

    legal_name: str
    statement: str
    website: str = ""
    socials: list[str] = field(default_factory=list)
    id_reference: str = ""


@transaction.atomic
def apply_for_badge(*, user: User, evidence: Evidence, now: datetime) -> VerificationApplication:
    """One live application a person. The website is looked at afterwards, by a worker.

    Locks the person. Raises NotAllowedError, ConflictError (`already_applied`), ValidationError by field.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if not rules.may_apply(person):
        raise NotAllowedError(_("The badge is for creators with a confirmed e-mail address."), code="creator_only")
    _refuse_second(person)
    application = VerificationApplication(
        applicant=person,
        legal_name=evidence.legal_name.strip(),
        statement=evidence.statement.strip(),
        website=evidence.website.strip(),
        website_check=WebsiteCheck.WAITING if evidence.website.strip() else WebsiteCheck.NONE,
        socials=list(evidence.socials),
        id_reference=evidence.id_reference.strip(),
        applied_at=now,
    )
    _check(application)
    _save_once(application)
    payload = VerificationApplied(
        application_id=application.pk, user_id=person.pk, has_website=bool(application.website)
    )
    record(payload, actor=user, subject=application)
    return application


@transaction.atomic
def withdraw_application(*, application_id: int, actor: User, now: datetime) -> VerificationApplication:
    """Take it back while it waits. Locks person and application. Raises NotAllowedError, IllegalTransitionError."""
    application = locked_application(application_id)
    if application.applicant_id != actor.pk:
        raise NotAllowedError(_("Only the person who asked may take it back."))
    _move(application, VerificationStatus.WITHDRAWN)
    application.save(update_fields=["status", "updated_at"])
    payload = VerificationWithdrawn(application_id=application.pk, user_id=actor.pk)
    record(payload, actor=actor, subject=application)
    return application


@transaction.atomic
def claim_application(*, application_id: int, reviewer: User, now: datetime) -> VerificationApplication:
    """Take it up, for half an hour. Raises NotAllowedError, ConflictError with the name of who has it."""
    application = locked_application(application_id)
    require_reviewer(application, reviewer)
    _require_waiting(application)
    _require_unclaimed(application, reviewer, now)
    if application.claimed_by_id != reviewer.pk:
        payload = VerificationClaimed(application_id=application.pk, user_id=application.applicant_id)
        record(payload, actor=reviewer, subject=application)
    application.claimed_by, application.claimed_at = reviewer, now
    application.save(update_fields=["claimed_by", "claimed_at", "updated_at"])
    return application


@transaction.atomic
def decide_application(
    *, application_id: int, reviewer: User, approve: bool, reason: str, now: datetime, seen: str = ""
) -> VerificationDecision:
    """Give the badge or decline it: decision, statement and badge are one transaction (MOD-4).

    `seen` is the name and handle that the reviewer looked at, as `name_seen` writes them: when the applicant has taken
    another meanwhile, nothing is decided. Locks person and application. Of two reviewers at once the second is told
    what the first decided. Raises NotAllowedError, ConflictError, DomainError without a reason.
    """
    said = clean_reason(reason, longest=MAX_REASON, keeps_lines=True)
    application = locked_application(application_id)
    require_reviewer(application, reviewer)
    _require_waiting(application)
    _require_unclaimed(application, reviewer, now)
    if seen and seen != name_seen(application.applicant):
        raise ConflictError(_("The applicant has a new name or handle. Look again before you decide."), code="renamed")
    kind = DecisionKind.APPROVED if approve else DecisionKind.DECLINED
    return settle(application, kind, reviewer=reviewer, reason=said, now=now)


@transaction.atomic
def revoke_badge(*, application_id: int, reviewer: User, reason: str, now: datetime) -> VerificationDecision:
    """Take the badge away, everywhere on the next request, and say why. Locks and raises like `decide_application`."""
    said = clean_reason(reason, longest=MAX_REASON, keeps_lines=True)
    application = locked_application(application_id)
    require_reviewer(application, reviewer)
    return settle(application, DecisionKind.REVOKED, reviewer=reviewer, reason=said, now=now)


def question_badge(person: User, now: datetime) -> None:
    """A verified creator took another name or handle: back to the reviewers. Called under the person's lock."""
    approved = VerificationApplication.objects.select_for_update().filter(
        applicant=person, status=VerificationStatus.APPROVED
    )
    for application in approved:
        _move(application, VerificationStatus.REVIEW)
        application.applied_at, application.claimed_by, application.claimed_at = now, None, None
        application.save(update_fields=["status", "applied_at", "claimed_by", "claimed_at", "updated_at"])
        payload = VerificationQuestioned(application_id=application.pk, user_id=person.pk)
        record(payload, actor=person, subject=application)
    place_in_directory(user_id=person.pk)


def name_seen(person: User) -> str:
    """What a badge vouches for, as a reviewer reads it."""
    return f"{person.name} @{person.handle}"


def locked_application(application_id: int) -> VerificationApplication:
    """The applicant first, then the application. Raises VerificationApplication.DoesNotExist."""
    rows = VerificationApplication.objects
    applicant_id = rows.values_list("applicant_id", flat=True).get(pk=application_id)
    person = User.objects.select_for_update().get(pk=applicant_id)
    application = rows.select_for_update().get(pk=application_id)
    application.applicant = person
    return application


def require_reviewer(application: VerificationApplication, reviewer: User) -> None:
    if not rules.may_decide(reviewer, applicant_id=application.applicant_id):
        logger.warning("verification_refused", application=application.public_id, reviewer_id=reviewer.pk)
        raise NotAllowedError(_("You cannot decide on this verification."))


def settle(
    application: VerificationApplication, kind: DecisionKind, *, reviewer: User, reason: str, now: datetime
) -> VerificationDecision:
    """Status, badge, statement and fact of one decision, whoever came to it. Call under the locks."""
    _move(application, VerificationStatus(kind.value))
    application.decided_at, application.claimed_by, application.claimed_at = now, None, None
    application.save(update_fields=["status", "decided_at", "claimed_by", "claimed_at", "updated_at"])
    person = application.applicant
    decision = VerificationDecision.objects.create(
        application=application,
        kind=kind,
        reviewer=reviewer,
        reason=reason,
        decided_at=now,
        name=person.name,
        handle=person.handle,
    )
    _pin(person, is_verified=kind is DecisionKind.APPROVED, now=now)
    fact = _FACTS[kind](application_id=application.pk, user_id=person.pk, decision_id=decision.pk, reason=reason)
    record(fact, actor=reviewer, subject=application)
    return decision


_FACTS = {
    DecisionKind.APPROVED: VerificationApproved,
    DecisionKind.DECLINED: VerificationDeclined,
    DecisionKind.REVOKED: VerificationRevoked,
}


def _pin(person: User, *, is_verified: bool, now: datetime) -> None:
    (give_badge if is_verified else take_badge)(user=person, now=now)
    place_in_directory(user_id=person.pk)


def _refuse_second(person: User) -> None:
    live = VerificationApplication.objects.filter(applicant=person, status__in=LIVE).first()
    if live is not None:
        raise _already(live)
    appeals = VerificationAppeal.objects.filter(decision__application__applicant=person, state=AppealState.OPEN)
    if appeals.exists():
        message = _("Your appeal is being looked at. You can ask again when it is answered.")
        raise ConflictError(message, code="already_applied")


def _already(live: VerificationApplication) -> ConflictError:
    if live.status == VerificationStatus.APPROVED:
        return ConflictError(_("You have the badge already."), code="already_applied")
    return ConflictError(_("You have asked already. We tell you as soon as it is decided."), code="already_applied")


def _check(application: VerificationApplication) -> None:
    application.clean_fields(exclude={"applicant", "claimed_by"})
    if not application.website and not application.socials:
        message = _("Name your website or a profile elsewhere: it shows that you are who people know.")
        raise ValidationError({"website": message})


def _save_once(application: VerificationApplication) -> None:
    """The constraint is the backstop of a double click."""
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError:
        raise ConflictError(
            _("You have asked already. We tell you as soon as it is decided."), code="already_applied"
        ) from None


def _require_waiting(application: VerificationApplication) -> None:
    if application.status in (VerificationStatus.OPEN, VerificationStatus.REVIEW):
        return
    last = application.decisions.select_related("reviewer").last()
    if last is None:
        raise ConflictError(_("This request was taken back."), code="already_decided")
    who = last.reviewer.name if last.reviewer else _("Somebody")
    message = _("%(who)s has decided already: %(what)s. “%(why)s”")
    raise ConflictError(
        message % {"who": who, "what": last.get_kind_display(), "why": last.reason}, code="already_decided"
    )


def _require_unclaimed(application: VerificationApplication, reviewer: User, now: datetime) -> None:
    holder, since = application.claimed_by, application.claimed_at
    if holder is None or since is None or holder.pk == reviewer.pk or since <= now - CLAIM_HOLDS:
        return
    raise ConflictError(_("%s is looking at this one.") % holder.name, code="claimed")


def _move(application: VerificationApplication, to: VerificationStatus) -> None:
    status = VerificationStatus(application.status)
    legal = VERIFICATION_TRANSITIONS[status]
    if to not in legal:
        raise IllegalTransitionError(
            _("This cannot be done with a verification that is “%(status)s”.") % {"status": status.label},
            legal=[move.value for move in legal],
        )
    application.status = to
