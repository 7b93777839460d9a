"""Freezing what a creator has earned, and letting it go again; never deleting it (AFF-10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from influencers.enums import AppealState
from orders import rules
from orders.enums import CommissionStatus, FreezeCause, PayoutStatus
from orders.events import EarningsFrozen, EarningsUnfrozen
from orders.models import Commission, EarningsAppeal, EarningsFreeze, Payout
from orders.services.commission_rows import move
from orders.services.payouts import let_go

_FREEZABLE = (CommissionStatus.PENDING, CommissionStatus.HOLD, CommissionStatus.APPROVED)
MAX_REASON = 500


@transaction.atomic
def freeze_earnings(*, creator_id: int, actor: User, reason: str, now: datetime) -> EarningsFreeze:
    """A decision of staff about the money alone; the account stays as it is.

    Locks the creator and their open commissions. Raises NotAllowedError, DomainError without a reason, ConflictError
    when they are frozen already.
    """
    _require_decider(actor, creator_id)
    said = clean_reason(reason)[:MAX_REASON]
    creator = locked_creator(creator_id)
    if live_freeze(creator_id):
        raise ConflictError(_("These earnings are frozen already."), code="already_frozen")
    key = f"staff:{actor.pk}:{creator.pk}:{now.isoformat()}"
    return _freeze(creator, FreezeCause.STAFF, key=key, actor=actor, reason=said, now=now)


@transaction.atomic
def lift_freeze(*, freeze_id: int, actor: User, reason: str, now: datetime) -> EarningsFreeze:
    """Staff let the earnings go. Raises NotAllowedError, DomainError without a reason, ConflictError when they have."""
    freeze = EarningsFreeze.objects.get(pk=freeze_id)
    _require_decider(actor, freeze.creator_id)
    said = clean_reason(reason)[:MAX_REASON]
    locked_creator(freeze.creator_id)
    freeze.refresh_from_db()
    if freeze.lifted_at is not None:
        raise ConflictError(_("This freeze is lifted already."), code="not_frozen")
    lift(freeze, actor=actor, reason=said, now=now)
    return freeze


@transaction.atomic
def follow_suspension(*, creator_id: int, actor: User | None, reason: str, key: str, now: datetime) -> None:
    """Freeze or let go, as the account stands now, once for each `key`. Somebody who is closing their account is paid
    out instead, and what staff froze by itself is theirs to lift.

    A freeze that was lifted stays lifted, though the fact it followed from is delivered again. Locks the creator.
    """
    creator = locked_creator(creator_id)
    live = live_freeze(creator_id)
    if rules.is_suspended(creator):
        is_new = live is None and not EarningsFreeze.objects.filter(key=key).exists()
        if is_new and (rules.has_creator_role(creator) or Commission.objects.filter(creator=creator).exists()):
            said = reason[:MAX_REASON] or _("The account is suspended.")
            _freeze(creator, FreezeCause.SUSPENSION, key=key, actor=actor, reason=said, now=now)
    elif creator.is_active and live is not None and live.cause == FreezeCause.SUSPENSION:
        lift(live, actor=actor, reason=reason[:MAX_REASON] or _("The account is open again."), now=now)


def live_freeze(creator_id: int) -> EarningsFreeze | None:
    return EarningsFreeze.objects.filter(creator_id=creator_id, lifted_at=None).first()


def locked_creator(creator_id: int) -> User:
    """The row under which payouts are asked for, and freezes begin and end. Raises User.DoesNotExist."""
    return User.objects.select_for_update(no_key=True).get(pk=creator_id)


def lift(freeze: EarningsFreeze, *, actor: User | None, reason: str, now: datetime) -> None:
    """Each commission goes back to where it stood; an appeal that still waits has got what it asked for. The caller has
    locked the creator."""
    freeze.lifted_at, freeze.lifted_by, freeze.lift_reason = now, actor, reason
    freeze.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    EarningsAppeal.objects.filter(freeze=freeze, state=AppealState.OPEN).update(
        state=AppealState.OVERTURNED, decided_by=actor, decided_at=now, answer=reason
    )
    frozen = Commission.objects.select_for_update().filter(creator=freeze.creator, status=CommissionStatus.FROZEN)
    rows = list(frozen.order_by("pk"))
    for commission in rows:
        move(commission, CommissionStatus(commission.frozen_from))
        commission.frozen_from = commission.frozen_reason = ""
    _save(rows)
    if rows:
        fact = EarningsUnfrozen(creator_id=freeze.creator_id, count=len(rows), reason=reason, freeze_id=freeze.pk)
        record(fact, actor=actor, subject=freeze.creator)


def tell_frozen(freeze: EarningsFreeze, *, count: int) -> None:
    """Said when there is something that stands still, so that nobody gets a letter about nothing."""
    fact = EarningsFrozen(creator_id=freeze.creator_id, count=count, reason=freeze.reason, freeze_id=freeze.pk)
    record(fact, actor=freeze.frozen_by, subject=freeze.creator)


def _require_decider(actor: User, creator_id: int) -> None:
    if not rules.may_decide_on_commissions(actor) or actor.pk == creator_id:
        raise NotAllowedError(_("You cannot decide on these earnings."))


def _freeze(
    creator: User, cause: FreezeCause, *, key: str, actor: User | None, reason: str, now: datetime
) -> EarningsFreeze:
    """The creator is locked. A payout under way is let go."""
    freeze = EarningsFreeze.objects.create(
        creator=creator, cause=cause, key=key, reason=reason, frozen_by=actor, frozen_at=now
    )
    for payout in Payout.objects.filter(creator=creator, status=PayoutStatus.REQUESTED):
        let_go(payout_id=payout.pk, actor=actor, reason=reason, now=now)
    rows = list(Commission.objects.select_for_update().filter(creator=creator, status__in=_FREEZABLE).order_by("pk"))
    for commission in rows:
        commission.frozen_from, commission.frozen_reason = commission.status, reason
        move(commission, CommissionStatus.FROZEN)
    _save(rows)
    if rows:
        tell_frozen(freeze, count=len(rows))
    return freeze


def _save(rows: list[Commission]) -> None:
    Commission.objects.bulk_update(rows, ["status", "frozen_from", "frozen_reason"], batch_size=500)
