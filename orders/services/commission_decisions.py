"""What staff decide on commissions, each with a reason that the creator reads (AFF-9)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.common.money import rounded
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from orders import rules
from orders.enums import Account, CommissionStatus, MovementKind
from orders.events import (
    CommissionHeld,
    CommissionReleased,
    CommissionVoided,
    EarningsAdjusted,
    RateSet,
)
from orders.models import Commission, CommissionAdjustment, CommissionRate
from orders.services import ledger
from orders.services.commission_rows import move, owed, take_back


@transaction.atomic
def hold_commission(*, commission_id: int, actor: User, reason: str, now: datetime) -> Commission:
    """Locks the row. Raises NotAllowedError, IllegalTransitionError, DomainError without a reason."""
    commission, said = _decided(commission_id, actor, reason)
    move(commission, CommissionStatus.HOLD)
    return _saved(commission, said, CommissionHeld, actor)


@transaction.atomic
def release_commission(*, commission_id: int, actor: User, reason: str, now: datetime) -> Commission:
    """Back to the holding period: it is approved when that is over. Raises as `hold_commission`."""
    commission, said = _decided(commission_id, actor, reason)
    if commission.status != CommissionStatus.HOLD:
        raise DomainError(_("Only what is held can be released."), code="not_held")
    move(commission, CommissionStatus.PENDING)
    commission.reason = ""
    commission.save(update_fields=["status", "reason"])
    _tell(CommissionReleased, commission, actor, said)
    return commission


@transaction.atomic
def void_commission(*, commission_id: int, actor: User, reason: str, now: datetime) -> Commission:
    """It will not be paid. What is part of a payout is refused with the payout. Raises as `hold_commission`."""
    commission, said = _decided(commission_id, actor, reason)
    if commission.payout_id is not None:
        raise DomainError(_("It is part of a payout. Refuse the payout first."), code="in_a_payout")
    back = owed(commission)
    if back > 0:
        take_back(commission, back, key=f"commission-refused:{commission.pk}", reason=said, now=now)
    else:
        move(commission, CommissionStatus.VOIDED)
    return _saved(commission, said, CommissionVoided, actor)


@transaction.atomic
def set_rate(
    *, creator: User, rate: Decimal, valid_from: datetime, actor: User, reason: str, now: datetime
) -> CommissionRate:
    """For orders placed from then on; never for the past (AFF-7). Raises NotAllowedError, DomainError."""
    if not rules.may_set_rates(actor) or actor.pk == creator.pk:
        raise NotAllowedError(_("You cannot set this rate."))
    if not 0 <= rate <= 1:
        raise DomainError(_("Give a fraction from 0 to 1: 0.10 is ten per cent."), field="rate")
    if valid_from < now:
        raise DomainError(_("A rate begins now or later; what was ordered keeps its rate."), field="valid_from")
    said = clean_reason(reason)
    row = CommissionRate.objects.create(
        creator=creator, rate=rate, valid_from=valid_from, reason=said[:300], set_by=actor, set_at=now
    )
    fact = RateSet(creator_id=creator.pk, rate=str(rate), valid_from=valid_from.isoformat(), reason=said)
    record(fact, actor=actor, subject=creator)
    return row


@transaction.atomic
def adjust_earnings(
    *, creator: User, amount: Decimal, currency: str, actor: User, reason: str, key: str, now: datetime
) -> CommissionAdjustment:
    """A correction of staff, up or down, paid with the next payout; once per `key`.

    Raises NotAllowedError, DomainError.
    """
    if not rules.may_decide_on_commissions(actor) or actor.pk == creator.pk:
        raise NotAllowedError(_("You cannot correct these earnings."))
    amount = rounded(amount, currency)
    if not amount:
        raise DomainError(_("Give an amount other than zero."), field="amount")
    said = clean_reason(reason)
    row = CommissionAdjustment.objects.create(
        creator=creator, key=f"staff:{key}"[:80], amount=amount, currency=currency, reason=said[:300], booked_at=now
    )
    entries = [(Account.COMMISSIONS, amount, None), (Account.CREATOR_PAYABLE, -amount, creator)]
    kind = MovementKind.COMMISSION if amount > 0 else MovementKind.COMMISSION_REVERSAL
    ledger.book(key=row.key, kind=kind, order=None, currency=currency, entries=entries, now=now, note=said)
    fact = EarningsAdjusted(
        adjustment_id=row.pk, creator_id=creator.pk, amount=str(amount), currency=currency, reason=said
    )
    record(fact, actor=actor, subject=creator)
    return row


def _decided(commission_id: int, actor: User, reason: str) -> tuple[Commission, str]:
    rows = Commission.objects.select_for_update(no_key=True, of=("self",)).select_related("creator", "order")
    commission = rows.get(pk=commission_id)
    if not rules.may_decide_on_commissions(actor) or commission.creator_id == actor.pk:
        raise NotAllowedError(_("You cannot decide on this commission."))
    return commission, clean_reason(reason)[:300]


def _saved(commission: Commission, said: str, fact: type[Any], actor: User) -> Commission:
    commission.reason = said
    commission.save(update_fields=["status", "reason"])
    _tell(fact, commission, actor, said)
    return commission


def _tell(fact: type[Any], commission: Commission, actor: User, said: str) -> None:
    payload = fact(commission_id=commission.pk, creator_id=commission.creator_id, reason=said)
    record(payload, actor=actor, subject=commission)
