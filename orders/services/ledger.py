"""The books: what happened to money, as entries that sum to zero. Debit is positive."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from fitfoodie.common.money import ZERO, rounded
from orders.enums import Account, Funder, MovementKind, RefundStatus
from orders.models import Entry, LineDiscount, Movement, Order, OrderLine, Payment, Redemption, Refund, RefundLine

Row = tuple[Account, Decimal, User | None]


class UnbalancedError(ValueError):
    """Entries that do not sum to zero: a bug of the caller, never the fault of whoever asked."""


def book(
    *,
    key: str,
    kind: MovementKind,
    order: Order | None,
    currency: str,
    entries: Iterable[Row],
    now: datetime,
    note: str = "",
) -> Movement | None:
    """Write one movement. None when `key` is booked already, or when nothing moved; raises UnbalancedError.

    Entries on the same account and party are added up. The caller holds the lock of what is booked; without it, the
    second of two at once fails with IntegrityError.
    """
    rows = _added_up(entries)
    if sum((amount for _account, amount, _party in rows), ZERO):
        raise UnbalancedError(f"{key}: {rows}")
    if not rows or Movement.objects.filter(key=key).exists():
        return None
    movement = Movement(key=key, kind=kind, order=order, currency=currency, note=note[:300], booked_at=now)
    return _write(movement, rows)


@transaction.atomic(savepoint=False)
def _write(movement: Movement, rows: Iterable[Row]) -> Movement:
    movement.save(force_insert=True)
    Entry.objects.bulk_create(
        Entry(movement=movement, account=account, amount=amount, party=party) for account, amount, party in rows
    )
    return movement


def book_sale(*, order: Order, now: datetime) -> Movement | None:
    """What a paid order brings: under the order's lock, once per order. Test money is not booked (ORD-18).

    Sales and delivery stand before discounts and without tax, so that what was given away shows and by whom it is paid.
    """
    if order.is_test:
        return None
    lines = list(order.lines.all())
    tax_on_lines = sum((Decimal(line.tax) for line in lines), ZERO)
    tax_on_delivery = Decimal(order.tax) - tax_on_lines
    return book(
        key=f"sale:{order.pk}",
        kind=MovementKind.SALE,
        order=order,
        currency=order.currency,
        entries=[
            (Account.CASH, Decimal(order.total), None),
            *_discounts(lines),
            *_delivery_discount(order, Decimal(order.delivery_discount)),
            (Account.TAX, -Decimal(order.tax), None),
            (Account.DELIVERY, tax_on_delivery - Decimal(order.delivery), None),
            (Account.SALES, tax_on_lines - Decimal(order.subtotal), None),
        ],
        now=now,
    )


def book_capture(*, payment: Payment, now: datetime) -> Movement | None:
    """Money that arrived and pays for nothing: we owe it (ORD-13)."""
    if payment.order.is_test:
        return None
    captured = Decimal(payment.captured)
    return book(
        key=f"capture:{payment.pk}",
        kind=MovementKind.CAPTURE,
        order=payment.order,
        currency=payment.currency,
        entries=[(Account.CASH, captured, None), (Account.CUSTOMERS, -captured, None)],
        now=now,
    )


def book_refund(*, refund: Refund, now: datetime) -> Movement | None:
    """The reverse of the part of the sale that is undone, when the money has gone back. Under the order's lock.

    Shares of tax and discounts are those of the whole refunded so far less those booked before, so that a line refunded
    bit by bit comes out at exactly what was booked for it.
    """
    payment, order = refund.payment, refund.payment.order
    if order.is_test:
        return None
    amount = Decimal(refund.amount)
    owed = (Account.CUSTOMERS, amount, None)
    return book(
        key=f"refund:{refund.pk}",
        kind=MovementKind.REFUND,
        order=order,
        currency=payment.currency,
        entries=[(Account.CASH, -amount, None), *([owed] if payment.is_surplus else _undone(refund, order))],
        now=now,
        note=refund.reason,
    )


def tax_of_refund(refund: Refund, order: Order) -> Decimal:
    """The tax that goes back with it, as booked; also for orders that are not booked. Before it is settled."""
    return sum((amount for account, amount, _party in _undone(refund, order) if account == Account.TAX), ZERO)


def _undone(refund: Refund, order: Order) -> list[Row]:
    rows: list[Row] = []
    for part in refund.lines.select_related("line"):
        rows += _line_undone(part, order)
    if refund.delivery_amount:
        rows += _delivery_undone(refund, order)
    return rows


def _line_undone(part: RefundLine, order: Order) -> list[Row]:
    line, before = part.line, _booked_before(part)
    after = before + Decimal(part.amount)

    def share(whole: Decimal) -> Decimal:
        return share_between(whole, before, after, Decimal(line.total), order.currency)

    tax = share(Decimal(line.tax))
    discounts: list[Row] = []
    for discount in _discounts_of([line]):
        discounts += _funded(discount.funder, discount.redemption, -share(Decimal(discount.amount)))
    given = sum((amount for _account, amount, _party in discounts), ZERO)
    return [
        (Account.TAX, tax, None),
        *discounts,
        (Account.SALES, Decimal(part.amount) - tax - given, None),
    ]


def _delivery_undone(refund: Refund, order: Order) -> list[Row]:
    paid = Decimal(order.delivery) - Decimal(order.delivery_discount)
    done = Refund.objects.filter(payment__order=order, status=RefundStatus.SUCCEEDED).exclude(pk=refund.pk)
    before = sum((Decimal(amount) for amount in done.values_list("delivery_amount", flat=True)), ZERO)
    after = before + Decimal(refund.delivery_amount)
    tax_on_lines = sum((Decimal(tax) for tax in order.lines.values_list("tax", flat=True)), ZERO)
    tax = share_between(Decimal(order.tax) - tax_on_lines, before, after, paid, order.currency)
    waived = share_between(Decimal(order.delivery_discount), before, after, paid, order.currency)
    return [
        (Account.TAX, tax, None),
        *_delivery_discount(order, -waived),
        (Account.DELIVERY, Decimal(refund.delivery_amount) - tax + waived, None),
    ]


def share_between(whole: Decimal, before: Decimal, after: Decimal, total: Decimal, currency: str) -> Decimal:
    """The share of `whole` that falls to the stretch from `before` to `after` of `total`. Stretches add up exactly."""
    if not total:
        return ZERO
    return rounded(whole * after / total, currency) - rounded(whole * before / total, currency)


def _booked_before(part: RefundLine) -> Decimal:
    done = RefundLine.objects.filter(line=part.line, refund__status=RefundStatus.SUCCEEDED).exclude(pk=part.pk)
    return sum((Decimal(amount) for amount in done.values_list("amount", flat=True)), ZERO)


def _discounts(lines: Iterable[OrderLine]) -> list[Row]:
    rows: list[Row] = []
    for discount in _discounts_of(lines):
        rows += _funded(discount.funder, discount.redemption, Decimal(discount.amount))
    return rows


def _discounts_of(lines: Iterable[OrderLine]) -> Iterable[LineDiscount]:
    return LineDiscount.objects.filter(line__in=list(lines)).select_related("redemption__promo__creator").order_by("pk")


def _delivery_discount(order: Order, amount: Decimal) -> list[Row]:
    if not amount:
        return []
    codes = order.redemptions.filter(promo__funder=order.delivery_discount_funder).select_related("promo__creator")
    code = codes.filter(promo__kind="free_delivery").order_by("pk").first()
    return _funded(order.delivery_discount_funder, code, amount)


def _funded(funder: str, redemption: Redemption | None, amount: Decimal) -> list[Row]:
    """A creator who pays for a discount pays it out of what we owe them; the platform pays for every other."""
    creator = redemption.promo.creator if redemption is not None else None
    if funder == Funder.CREATOR and creator is not None:
        return [(Account.COMMISSION_PENDING, amount, creator)]
    return [(Account.DISCOUNTS, amount, None)]


def _added_up(entries: Iterable[Row]) -> list[Row]:
    sums: dict[tuple[Account, int | None], Decimal] = defaultdict(Decimal)
    parties: dict[int | None, User | None] = {}
    for account, amount, party in entries:
        pk = party.pk if party is not None else None
        sums[account, pk] += amount
        parties[pk] = party
    return [(account, amount, parties[pk]) for (account, pk), amount in sums.items() if amount]
