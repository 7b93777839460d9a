"""What creators earn: from the paid order to the approved commission, and back when money goes back (AFF-7 to AFF-9).

Every function runs in the transaction of its caller, under the lock of the order.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from fitfoodie.common.money import ZERO, rounded
from fitfoodie.events.services import Fact, record, record_all
from orders.enums import (
    Account,
    CommissionStatus,
    MovementKind,
    OrderStatus,
    RefundStatus,
    WhyNotPaid,
)
from orders.events import CommissionApproved, CommissionEarned
from orders.models import Commission, EarningsFreeze, LineAttribution, Order, OrderLine, Refund, RefundLine
from orders.services import ledger
from orders.services.attribution import attribute_order
from orders.services.bursts import bursting_links, is_same_buyer_again
from orders.services.commission_rows import SETTLED_AT_NOTHING, move, owed, take_back
from orders.services.freezing import live_freeze, tell_frozen
from orders.services.funded_discounts import settle_funded_discounts
from orders.services.self_referral import Verdict, held, own, paid_by_themselves

__all__ = [
    "approve_due_commissions",
    "attribute_order",
    "earn_commissions",
    "reduce_commissions",
    "void_commissions",
]

MAX_APPROVED_AT_ONCE = 1000


@transaction.atomic
def earn_commissions(*, order: Order, now: datetime) -> list[Commission]:
    """One commission for each attributed line of an order that was just paid; a second call adds nothing (AFF-8)."""
    if order.is_test:
        return []
    settle_funded_discounts(order=order, now=now)
    attributed = LineAttribution.objects.filter(line__order=order, line__commissions=None).order_by("line__position")
    rows = list(attributed.select_related("line", "click", "creator", "link", "promo"))
    if not rows:
        return []
    verdicts = _verdicts(order, rows, now)
    freezes = _live_freezes({row.creator_id for row in rows})
    earned = Commission.objects.bulk_create(
        [_commission(row, order, verdicts[row.pk], freezes.get(row.creator_id), now) for row in rows]
    )
    _book_earned(order, earned, now)
    _tell_first_frozen(earned, freezes)
    record_all([_earned_fact(commission) for commission in earned])
    return earned


@transaction.atomic
def reduce_commissions(*, refund: Refund, now: datetime) -> None:
    """After a refund has succeeded: each line's commission falls in proportion to what of the line was paid back.

    Counted from the whole refunded so far, so that a line refunded bit by bit ends at exactly nothing.
    """
    order = refund.payment.order
    if order.is_test:
        return
    settle_funded_discounts(order=order, now=now)
    lines = list(refund.lines.values_list("line_id", flat=True))
    for commission in _locked(order, line_ids=lines):
        back = _due_back(commission) - _taken_back(commission)
        if back > 0:
            key = f"commission-refund:{commission.pk}:{refund.pk}"
            take_back(commission, back, key=key, reason=WhyNotPaid.REFUNDED.value, now=now)


@transaction.atomic
def void_commissions(*, order: Order, reason: str = "", now: datetime) -> None:
    """The order will not be carried out: nothing of it is earned. `reason` is the order's own and may name people, so
    the creator reads a general one."""
    if order.is_test:
        return
    settle_funded_discounts(order=order, now=now)
    for commission in _locked(order):
        back = Decimal(commission.amount) - _taken_back(commission)
        if back > 0:
            key = f"commission-void:{commission.pk}"
            take_back(commission, back, key=key, reason=WhyNotPaid.NOT_COMPLETED.value, now=now)


def approve_due_commissions(*, now: datetime) -> int:
    """Those whose holding period is over and whose order was completed, each on its own; returns how many (AFF-9).

    Two runs at once share the work; the state is read again under the lock.
    """
    due = Commission.objects.filter(
        status=CommissionStatus.PENDING, approvable_at__lte=now, order__status=OrderStatus.COMPLETED
    )
    ids = list(due.order_by("approvable_at", "pk").values_list("pk", flat=True)[:MAX_APPROVED_AT_ONCE])
    return sum(_approve_if_due(pk, now) for pk in ids)


@transaction.atomic
def _approve_if_due(pk: int, now: datetime) -> bool:
    rows = Commission.objects.filter(pk=pk, status=CommissionStatus.PENDING, approvable_at__lte=now)
    commission = rows.select_for_update(skip_locked=True, no_key=True).first()
    if commission is None:
        return False
    freeze = live_freeze(commission.creator_id)
    if freeze is not None:  # it was earned while the freeze was being decided
        _freeze(commission, freeze)
        commission.save(update_fields=["status", "frozen_from", "frozen_reason"])
        return False
    move(commission, CommissionStatus.APPROVED)
    commission.save(update_fields=["status"])
    amount = owed(commission)
    ledger.book(
        key=f"commission-approval:{commission.pk}",
        kind=MovementKind.COMMISSION_APPROVAL,
        order=commission.order,
        currency=commission.currency,
        entries=[
            (Account.COMMISSION_PENDING, amount, commission.creator),
            (Account.CREATOR_PAYABLE, -amount, commission.creator),
        ],
        now=now,
    )
    record(
        CommissionApproved(
            commission_id=commission.pk,
            creator_id=commission.creator_id,
            order_id=commission.order_id,
            amount=str(amount),
            currency=commission.currency,
        ),
        actor=None,
        subject=commission,
    )
    return True


def _verdicts(order: Order, rows: list[LineAttribution], now: datetime) -> dict[int, Verdict]:
    """What each begins as: what was known at placement, and what the payment and the crowd add to it."""
    paid = paid_by_themselves(order=order, creator_ids=[row.creator_id for row in rows])
    links = bursting_links(link_ids={row.link_id for row in rows if row.link_id}, now=now)
    visitors = {row.click.visitor for row in rows if row.click}
    again = is_same_buyer_again(order=order, visitors=visitors, now=now)
    return {row.pk: _verdict(row, paid=paid, is_burst=again or row.link_id in links) for row in rows}


def _verdict(row: LineAttribution, *, paid: set[int], is_burst: bool) -> Verdict:
    known = Verdict(CommissionStatus(row.status), row.reason)
    if known.status == CommissionStatus.SELF_REFERRAL:
        return known
    if row.creator_id in paid:
        return own(WhyNotPaid.OWN_PAYMENT)
    if known.status == CommissionStatus.PENDING and is_burst:
        return held(WhyNotPaid.BURST)
    return known


def base_of(line: OrderLine) -> Decimal:
    """What the line brought after discounts, without tax, delivery and fees (AFF-7)."""
    return Decimal(line.total) - Decimal(line.tax)


def _live_freezes(creator_ids: Iterable[int]) -> dict[int, EarningsFreeze]:
    live = EarningsFreeze.objects.filter(creator_id__in=list(creator_ids), lifted_at=None)
    return {freeze.creator_id: freeze for freeze in live.select_related("creator", "frozen_by")}


def _tell_first_frozen(earned: Iterable[Commission], freezes: dict[int, EarningsFreeze]) -> None:
    """Who had earned nothing when they were suspended hears of it once there is something."""
    frozen = Counter(row.creator_id for row in earned if row.status == CommissionStatus.FROZEN)
    for creator_id, count in frozen.items():
        if freezes[creator_id].told_at is None:
            tell_frozen(freezes[creator_id], count=count)


def _commission(
    row: LineAttribution, order: Order, verdict: Verdict, freeze: EarningsFreeze | None, now: datetime
) -> Commission:
    base = base_of(row.line)
    amount = ZERO
    if verdict.status != CommissionStatus.SELF_REFERRAL:
        amount = rounded(base * Decimal(row.rate), order.currency)
        if not amount:
            verdict = Verdict(CommissionStatus.VOIDED, WhyNotPaid.NOTHING_PAID.value)
    commission = Commission(
        line=row.line,
        creator=row.creator,
        order=order,
        via=row.via,
        link=row.link,
        click=row.click,
        promo=row.promo,
        base=base,
        rate=row.rate,
        amount=amount,
        currency=order.currency,
        status=verdict.status,
        reason=verdict.reason,
        earned_at=now,
        approvable_at=now + timedelta(days=settings.COMMISSION_HOLDING_DAYS),
    )
    if freeze is not None and verdict.status not in SETTLED_AT_NOTHING:
        _freeze(commission, freeze)
    return commission


def _freeze(commission: Commission, freeze: EarningsFreeze) -> None:
    commission.frozen_from, commission.frozen_reason = commission.status, freeze.reason
    move(commission, CommissionStatus.FROZEN)


def _book_earned(order: Order, earned: Iterable[Commission], now: datetime) -> None:
    rows = [commission for commission in earned if commission.amount]
    entries = [
        *((Account.COMMISSIONS, Decimal(row.amount), None) for row in rows),
        *((Account.COMMISSION_PENDING, -Decimal(row.amount), row.creator) for row in rows),
    ]
    if entries:
        ledger.book(
            key=f"commission:{order.pk}",
            kind=MovementKind.COMMISSION,
            order=order,
            currency=order.currency,
            entries=entries,
            now=now,
        )


def _locked(order: Order, *, line_ids: list[int] | None = None) -> list[Commission]:
    rows = Commission.objects.filter(order=order).exclude(status__in=SETTLED_AT_NOTHING)
    if line_ids is not None:
        rows = rows.filter(line_id__in=line_ids)
    locked = rows.select_for_update(no_key=True, of=("self",)).select_related("line", "creator", "order")
    return list(locked.order_by("pk"))


def _due_back(commission: Commission) -> Decimal:
    line = commission.line
    done = RefundLine.objects.filter(line=line, refund__status=RefundStatus.SUCCEEDED)
    refunded = Decimal(done.aggregate(sum=Sum("amount"))["sum"] or 0)
    if refunded >= line.total:
        return Decimal(commission.amount)
    return rounded(Decimal(commission.amount) * refunded / Decimal(line.total), commission.currency)


def _taken_back(commission: Commission) -> Decimal:
    """Before the payout in the row itself, after it in rows of their own."""
    later = sum((Decimal(amount) for amount in commission.adjustments.values_list("amount", flat=True)), ZERO)
    return Decimal(commission.reversed) - later


def _earned_fact(commission: Commission) -> Fact:
    payload = CommissionEarned(
        commission_id=commission.pk,
        creator_id=commission.creator_id,
        order_id=commission.order_id,
        line_id=commission.line_id,
        status=CommissionStatus(commission.status).value,
        reason=commission.reason,
        amount=str(commission.amount),
        currency=commission.currency,
    )
    return Fact(payload, None, commission)
