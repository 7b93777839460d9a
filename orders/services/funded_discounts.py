"""Discounts that a creator pays for: the sale books them on what we owe the creator, and here they become rows of the
creator's statement, so that the statement says all that the books say (AFF-11)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from orders.enums import Account, MovementKind
from orders.models import CommissionAdjustment, Entry, Order
from orders.services import ledger

_REASONS = {
    MovementKind.SALE: gettext_noop("Discount that your code gave"),
    MovementKind.REFUND: gettext_noop("Discount of your code, given back with a refund"),
}
_OWED = (Account.COMMISSION_PENDING, Account.CREATOR_PAYABLE)


@transaction.atomic
def settle_funded_discounts(*, order: Order, now: datetime) -> None:
    """Each entry of a sale or refund that falls to a creator becomes one adjustment, once. Under the order's lock.

    It is owed at once, so it moves to the account that payouts are made from.
    """
    theirs = Entry.objects.filter(movement__order=order, movement__kind__in=_REASONS, account__in=_OWED)
    entries = list(theirs.exclude(party=None).select_related("movement", "party").order_by("pk"))
    if not entries:
        return
    known = set(CommissionAdjustment.objects.filter(key__in=map(_key, entries)).values_list("key", flat=True))
    for entry in entries:
        if entry.party is not None and _key(entry) not in known:
            _settle(entry, entry.party, order, now)


def _key(entry: Entry) -> str:
    return f"funded:{entry.pk}"


def _settle(entry: Entry, creator: User, order: Order, now: datetime) -> None:
    amount = Decimal(entry.amount)
    CommissionAdjustment.objects.create(
        creator=creator,
        key=_key(entry),
        amount=-amount,
        currency=entry.movement.currency,
        reason=_REASONS[MovementKind(entry.movement.kind)],
        booked_at=now,
    )
    if entry.account == Account.COMMISSION_PENDING:
        ledger.book(
            key=_key(entry),
            kind=MovementKind.COMMISSION_APPROVAL,
            order=order,
            currency=entry.movement.currency,
            entries=[
                (Account.COMMISSION_PENDING, -amount, entry.party),
                (Account.CREATOR_PAYABLE, amount, entry.party),
            ],
            now=now,
        )
