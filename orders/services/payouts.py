"""Paying creators what is approved: asked for by them, decided by staff, both with a second factor (SEC-11, N79)."""

from datetime import datetime
from decimal import Decimal

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from fitfoodie.common.money import ZERO
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from meals.validators import clean_line
from orders import rules
from orders.enums import Account, CommissionStatus, MovementKind, PayoutStatus
from orders.events import PayoutPaid, PayoutRefused, PayoutRequested
from orders.models import Commission, CommissionAdjustment, EarningsFreeze, Payout
from orders.services import ledger
from orders.services.commission_rows import move, owed

MAX_REFERENCE = 120


@transaction.atomic
def request_payout(*, creator: User, currency: str, now: datetime) -> Payout:
    """All that is approved and not yet in a payout, with the open adjustments, in one payout.

    Locks the creator, so that of two requests at once one is made; then the rows. Raises NotAllowedError
    `mfa_required`, ConflictError `payout_open` or `below_minimum`.
    """
    if not is_mfa_enabled(creator):
        raise NotAllowedError(_("Payouts need a second factor. Turn one on first."), code="mfa_required")
    locked = User.objects.select_for_update(no_key=True).get(pk=creator.pk)
    if not locked.is_active:
        raise NotAllowedError(_("Your account is suspended; what you earned is kept."))
    if _is_frozen(creator.pk):
        raise NotAllowedError(_("Your earnings are frozen; what you earned is kept."), code="earnings_frozen")
    payout = _collected(locked, currency, minimum=settings.PAYOUT_MINIMUM, now=now)
    _tell_requested(payout, actor=creator)
    return payout


@transaction.atomic
def request_final_payout(*, creator_id: int, currency: str, now: datetime) -> Payout | None:
    """For somebody who cannot ask: who leaves, before the account is closed, and who is suspended but whose earnings
    were let go on appeal. Whatever the amount; None when there is nothing to pay or it is frozen. Locks the creator."""
    creator = User.objects.select_for_update(no_key=True).get(pk=creator_id)
    can_ask = creator.is_active and creator.deletion_requested_at is None
    if can_ask or _is_frozen(creator_id):
        return None
    try:
        payout = _collected(creator, currency, minimum=ZERO, now=now)
    except ConflictError:
        return None
    _tell_requested(payout, actor=None)
    return payout


def request_final_payouts(*, now: datetime) -> int:
    """For everybody who cannot ask and has something approved; returns how many were made."""
    cannot_ask = Q(creator__deletion_requested_at__isnull=False) | Q(creator__is_active=False)
    frozen = EarningsFreeze.objects.filter(lifted_at=None).values("creator")
    due = Commission.objects.filter(cannot_ask, status=CommissionStatus.APPROVED, payout=None)
    pairs = list(due.exclude(creator__in=frozen).order_by().values_list("creator_id", "currency").distinct()[:500])
    made = [request_final_payout(creator_id=pk, currency=currency, now=now) for pk, currency in pairs]
    return sum(payout is not None for payout in made)


@transaction.atomic
def mark_paid(*, payout_id: int, actor: User, reference: str, now: datetime) -> Payout:
    """The money was sent; `reference` finds the transfer at the bank. Its rows never change again (AFF-9).

    Locks the payout, then its commissions. Raises NotAllowedError, IllegalTransitionError, DomainError.
    """
    payout = _undecided(payout_id, actor)
    payout.reference = clean_line(reference)
    if not payout.reference or len(payout.reference) > MAX_REFERENCE:
        raise DomainError(_("Give the reference of the transfer."), code="reference_needed", field="reference")
    _decide(payout, PayoutStatus.PAID, actor, now)
    for commission in _rows(payout):
        move(commission, CommissionStatus.PAID)
        commission.save(update_fields=["status"])
    amount = Decimal(payout.amount)
    ledger.book(
        key=f"payout:{payout.public_id}",
        kind=MovementKind.PAYOUT,
        order=None,
        currency=payout.currency,
        entries=[(Account.CREATOR_PAYABLE, amount, payout.creator), (Account.CASH, -amount, None)],
        now=now,
        note=payout.reference,
    )
    fact = PayoutPaid(
        payout_id=payout.pk,
        creator_id=payout.creator_id,
        amount=str(amount),
        currency=payout.currency,
        reference=payout.reference,
    )
    record(fact, actor=actor, subject=payout)
    return payout


@transaction.atomic
def refuse_payout(*, payout_id: int, actor: User, reason: str, now: datetime) -> Payout:
    """Its commissions are approved as before and can be asked for again. Raises as `mark_paid`."""
    payout = _undecided(payout_id, actor)
    return _let_go(payout, actor=actor, reason=clean_reason(reason), now=now)


@transaction.atomic
def let_go(*, payout_id: int, actor: User | None, reason: str, now: datetime) -> Payout:
    """The same for a decision that was made elsewhere, such as a suspension. Raises IllegalTransitionError."""
    return _let_go(_open_payout(payout_id), actor=actor, reason=reason, now=now)


def _collected(creator: User, currency: str, *, minimum: Decimal, now: datetime) -> Payout:
    if Payout.objects.filter(creator=creator, currency=currency, status=PayoutStatus.REQUESTED).exists():
        raise ConflictError(_("A payout is already on its way. Wait until it is decided."), code="payout_open")
    approved = Commission.objects.select_for_update().filter(creator=creator, currency=currency, payout=None)
    commissions = list(approved.filter(status=CommissionStatus.APPROVED).order_by("pk"))
    open_rows = CommissionAdjustment.objects.select_for_update().filter(creator=creator, currency=currency, payout=None)
    adjustments = list(open_rows.order_by("pk"))
    amount = sum(map(owed, commissions), ZERO) + sum((Decimal(row.amount) for row in adjustments), ZERO)
    if amount <= 0 or amount < minimum:
        message = _("You can be paid from %(minimum)s %(currency)s on; %(amount)s are approved so far.")
        values = {"minimum": minimum, "currency": currency, "amount": amount}
        raise ConflictError(message % values, code="below_minimum")
    payout = Payout.objects.create(creator=creator, amount=amount, currency=currency, requested_at=now)
    Commission.objects.filter(pk__in=[row.pk for row in commissions]).update(payout=payout)
    CommissionAdjustment.objects.filter(pk__in=[row.pk for row in adjustments]).update(payout=payout)
    return payout


def _is_frozen(creator_id: int) -> bool:
    return EarningsFreeze.objects.filter(creator_id=creator_id, lifted_at=None).exists()


def _undecided(payout_id: int, actor: User) -> Payout:
    """Decided by somebody who may, with a second factor, and never on their own money."""
    payout = _open_payout(payout_id)
    if not rules.may_decide_on_payouts(actor) or payout.creator_id == actor.pk:
        raise NotAllowedError(_("You cannot decide on this payout."))
    if not is_mfa_enabled(actor):
        raise NotAllowedError(_("Deciding on payouts needs a second factor. Turn one on first."), code="mfa_required")
    return payout


def _open_payout(payout_id: int) -> Payout:
    rows = Payout.objects.select_for_update(no_key=True, of=("self",)).select_related("creator")
    payout = rows.get(pk=payout_id)
    if payout.status != PayoutStatus.REQUESTED:
        status = PayoutStatus(payout.status).label
        raise IllegalTransitionError(_("This payout is decided: “%(status)s”.") % {"status": status}, legal=[])
    return payout


def _let_go(payout: Payout, *, actor: User | None, reason: str, now: datetime) -> Payout:
    payout.reason = reason[:500]
    _decide(payout, PayoutStatus.REFUSED, actor, now)
    Commission.objects.filter(payout=payout).update(payout=None)
    CommissionAdjustment.objects.filter(payout=payout).update(payout=None)
    fact = PayoutRefused(
        payout_id=payout.pk,
        creator_id=payout.creator_id,
        amount=str(payout.amount),
        currency=payout.currency,
        reason=payout.reason,
    )
    record(fact, actor=actor, subject=payout)
    return payout


def _decide(payout: Payout, to: PayoutStatus, actor: User | None, now: datetime) -> None:
    payout.status, payout.decided_by, payout.decided_at = to, actor, now
    payout.save(update_fields=["status", "decided_by", "decided_at", "reference", "reason", "updated_at"])


def _rows(payout: Payout) -> list[Commission]:
    return list(Commission.objects.select_for_update().filter(payout=payout).order_by("pk"))


def _tell_requested(payout: Payout, *, actor: User | None) -> None:
    fact = PayoutRequested(
        payout_id=payout.pk, creator_id=payout.creator_id, amount=str(payout.amount), currency=payout.currency
    )
    record(fact, actor=actor, subject=payout)
