"""What every move of a commission shares: the table of moves, where it stands in the books, taking some of it back."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from fitfoodie.common.errors import IllegalTransitionError
from fitfoodie.events.services import record
from orders.enums import COMMISSION_TRANSITIONS, Account, CommissionStatus, MovementKind, WhyNotPaid
from orders.events import CommissionReduced
from orders.models import Commission, CommissionAdjustment
from orders.services import ledger

# Nothing is owed on these, and nothing can be taken back from them.
SETTLED_AT_NOTHING = frozenset({CommissionStatus.VOIDED, CommissionStatus.SELF_REFERRAL})


def move(commission: Commission, to: CommissionStatus) -> None:
    """Raises IllegalTransitionError with the legal moves. The caller holds the row's lock and saves."""
    status = CommissionStatus(commission.status)
    if to not in COMMISSION_TRANSITIONS[status]:
        message = _("This cannot be done with a commission that is “%(status)s”.") % {"status": status.label}
        raise IllegalTransitionError(message, legal=[move.value for move in COMMISSION_TRANSITIONS[status]])
    commission.status = to


def owed(commission: Commission) -> Decimal:
    return Decimal(commission.amount) - Decimal(commission.reversed)


def account_of(commission: Commission) -> Account:
    """Where the books keep what is owed on it."""
    standing = commission.frozen_from if commission.status == CommissionStatus.FROZEN else commission.status
    return Account.CREATOR_PAYABLE if standing == CommissionStatus.APPROVED else Account.COMMISSION_PENDING


def take_back(commission: Commission, back: Decimal, *, key: str, reason: str, now: datetime) -> None:
    """`back` of what is owed, once per `key`. Under the lock of the row.

    What is paid, or part of a payout that is under way, stays as it is: a negative row settles it with the next payout.
    """
    is_after_payout = commission.payout_id is not None
    account = Account.CREATOR_PAYABLE if is_after_payout else account_of(commission)
    _book_back(commission, back, account=account, key=key, now=now)
    if is_after_payout:
        _adjust(commission, -back, key=key, reason=reason, now=now)
    else:
        _reverse(commission, back, reason=reason)
    fact = CommissionReduced(
        commission_id=commission.pk,
        creator_id=commission.creator_id,
        order_id=commission.order_id,
        amount=str(back),
        currency=commission.currency,
        is_voided=commission.status == CommissionStatus.VOIDED,
        is_after_payout=is_after_payout,
    )
    record(fact, actor=None, subject=commission)


def _reverse(commission: Commission, back: Decimal, *, reason: str) -> None:
    commission.reversed = Decimal(commission.reversed) + back
    if commission.reversed >= commission.amount:
        move(commission, CommissionStatus.VOIDED)
        commission.reason = reason
    commission.save(update_fields=["reversed", "status", "reason"])


def _adjust(commission: Commission, amount: Decimal, *, key: str, reason: str, now: datetime) -> None:
    CommissionAdjustment.objects.create(
        creator=commission.creator,
        commission=commission,
        key=key,
        amount=amount,
        currency=commission.currency,
        reason=reason or WhyNotPaid.REFUNDED.value,
        booked_at=now,
    )


def _book_back(commission: Commission, back: Decimal, *, account: Account, key: str, now: datetime) -> None:
    ledger.book(
        key=key,
        kind=MovementKind.COMMISSION_REVERSAL,
        order=commission.order,
        currency=commission.currency,
        entries=[(account, back, commission.creator), (Account.COMMISSIONS, -back, None)],
        now=now,
    )
