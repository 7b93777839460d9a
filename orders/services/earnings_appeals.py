"""Objecting to a freeze of one's earnings: once, answered by somebody else (AFF-10)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers.enums import AppealState
from orders import rules
from orders.events import EarningsAppealDecided, EarningsAppealed
from orders.models import EarningsAppeal, EarningsFreeze
from orders.models.freeze import MAX_APPEAL
from orders.services.freezing import MAX_REASON, lift, locked_creator


@transaction.atomic
def appeal_freeze(*, freeze_id: int, text: str, now: datetime) -> EarningsAppeal:
    """For whoever holds the link of the letter, or is signed in as the creator: the door has looked.

    Locks the creator. Raises DomainError on the text, ConflictError when it is lifted or appealed against already.
    """
    freeze = EarningsFreeze.objects.select_related("creator").get(pk=freeze_id)
    said = clean_reason(text, field="text", longest=MAX_APPEAL)
    locked_creator(freeze.creator_id)
    freeze.refresh_from_db(fields=["lifted_at"])
    if freeze.lifted_at is not None:
        raise ConflictError(_("Your earnings are free again: there is nothing to object to."), code="not_frozen")
    filed = _file(freeze, said, now)
    payload = EarningsAppealed(appeal_id=filed.pk, freeze_id=freeze.pk, creator_id=freeze.creator_id)
    record(payload, actor=freeze.creator, subject=freeze)
    return filed


@transaction.atomic
def decide_appeal(*, appeal_id: int, actor: User, overturn: bool, answer: str, now: datetime) -> EarningsAppeal:
    """Let the freeze stand or lift it, with the reason that the creator reads; never by who froze, nor by the creator.

    Locks the creator, then the appeal. Raises NotAllowedError, DomainError without an answer, ConflictError when it is
    answered.
    """
    said = clean_reason(answer, field="answer", longest=MAX_REASON)
    freeze = EarningsFreeze.objects.select_related("creator").get(appeal=appeal_id)
    if not rules.may_decide_on_freeze(actor, creator_id=freeze.creator_id, first_decider_id=freeze.frozen_by_id):
        raise NotAllowedError(_("Somebody else has to answer this appeal."), code="same_decider")
    locked_creator(freeze.creator_id)
    found = EarningsAppeal.objects.select_for_update().get(pk=appeal_id)
    _require_open(found)
    found.state = AppealState.OVERTURNED if overturn else AppealState.UPHELD
    found.decided_by, found.decided_at, found.answer = actor, now, said
    found.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    payload = EarningsAppealDecided(
        appeal_id=found.pk,
        freeze_id=freeze.pk,
        creator_id=freeze.creator_id,
        is_overturned=overturn,
        answer=said,
    )
    record(payload, actor=actor, subject=freeze)
    if overturn:
        lift(freeze, actor=actor, reason=said, now=now)
    return found


def _file(freeze: EarningsFreeze, text: str, now: datetime) -> EarningsAppeal:
    try:
        with transaction.atomic():
            return EarningsAppeal.objects.create(freeze=freeze, text=text, filed_at=now)
    except IntegrityError:
        message = _("You have appealed against this decision already.")
        raise ConflictError(message, code="already_appealed") from None


def _require_open(found: EarningsAppeal) -> None:
    if found.state != AppealState.OPEN:
        message = _("This appeal is answered already: %(what)s.")
        raise ConflictError(message % {"what": found.get_state_display()}, code="already_decided")
