"""Whether the books agree with themselves and with the rows they speak of."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from fitfoodie.common.money import ZERO
from orders.enums import Account, MovementKind, PaymentStatus, PayoutStatus, RefundStatus
from orders.models import Entry, Invoice, Movement, Order, OrderLine, Payment, Payout, Refund, RefundLine

# Beyond so many of a kind, the rest is the same trouble.
MOST = 100
_MONEY: "DecimalField[Any, Any]" = DecimalField(max_digits=20, decimal_places=2)


def verify_ledger() -> list[str]:
    """What is wrong, a sentence each; empty when all is right. The number of queries does not depend on the rows."""
    return [problem for check in CHECKS for problem in check()]


def balance(account: Account, *, party: Any = None, currency: str) -> Decimal:
    """Debit is positive."""
    rows = Entry.objects.filter(account=account, party=party, movement__currency=currency)
    return cents(rows.aggregate(sum=Sum("amount"))["sum"])


def cents(amount: Any) -> Decimal:
    """SQLite adds decimals up as floating point."""
    return Decimal(amount or 0).quantize(Decimal("0.01"))


def _sum_of(rows: "QuerySet[Any]", column: str, *, by: str) -> Coalesce:
    """The sum of a column over the rows that belong to the outer row."""
    sums = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(sum=Sum(column)).values("sum")
    return Coalesce(Subquery(sums, output_field=_MONEY), Value(ZERO), output_field=_MONEY)


def _unbalanced_movements() -> Iterator[str]:
    sums = Movement.objects.annotate(sum=Round(Sum("entries__amount"), 2), count=Count("entries"))
    for key, total, count in sums.filter(~Q(sum=0) | Q(count__lt=2)).values_list("key", "sum", "count")[:MOST]:
        yield f"Movement {key} sums to {cents(total)} over {count} entries."


def _cash_of_orders() -> Iterator[str]:
    """What the books say is there for an order is what was captured less what went back."""
    orders = Order.objects.filter(is_test=False).annotate(
        cash=_sum_of(Entry.objects.filter(account=Account.CASH), "amount", by="movement__order"),
        captured=_sum_of(Payment.objects.all(), "captured", by="order"),
        gone=_sum_of(Refund.objects.filter(status=RefundStatus.SUCCEEDED), "amount", by="payment__order"),
    )
    wrong = orders.exclude(cash__gte=_less("captured", "gone"), cash__lte=_more("captured", "gone"))
    for number, cash, captured, gone in wrong.values_list("number", "cash", "captured", "gone")[:MOST]:
        yield f"Order {number}: cash is {cents(cash)}, captured {cents(captured)} less refunded {cents(gone)}."


# Half a cent either way: on SQLite sums are floating point.
_SLACK = Value(Decimal("0.005"), output_field=_MONEY)


def _less(first: str, second: str) -> Any:
    return F(first) - F(second) - _SLACK


def _more(first: str, second: str) -> Any:
    return F(first) - F(second) + _SLACK


def _sales() -> Iterator[str]:
    """An order is paid when its sale is booked, and the money that pays it is its total."""
    booked = Movement.objects.filter(kind=MovementKind.SALE).values("order")
    real = Order.objects.filter(is_test=False)
    unbooked = real.filter(paid_at__isnull=False).exclude(subtotal=0, delivery=0).exclude(pk__in=booked)
    for number in unbooked.values_list("number", flat=True)[:MOST]:
        yield f"Order {number} is paid, but its sale is not booked."
    for number in real.filter(paid_at=None, pk__in=booked).values_list("number", flat=True)[:MOST]:
        yield f"Order {number} is not paid, but its sale is booked."
    paying = Payment.objects.filter(status=PaymentStatus.SUCCEEDED, is_surplus=False)
    paid = Order.objects.filter(paid_at__isnull=False).annotate(captured=_sum_of(paying, "captured", by="order"))
    for number, total, captured in (
        paid.annotate(sum=Round("captured", 2)).exclude(sum=F("total")).values_list("number", "total", "sum")[:MOST]
    ):
        yield f"Order {number} costs {cents(total)}, but {cents(captured)} pays it."


def _refunds() -> Iterator[str]:
    promised = Refund.objects.exclude(status=RefundStatus.FAILED)
    payments = Payment.objects.annotate(sum=Round(_sum_of(promised, "amount", by="payment"), 2))
    for key, said, found in payments.exclude(sum=F("refunded")).values_list("public_id", "refunded", "sum")[:MOST]:
        yield f"Payment {key} says {cents(said)} refunded, its refunds sum to {cents(found)}."
    parts = RefundLine.objects.exclude(refund__status=RefundStatus.FAILED)
    lines = OrderLine.objects.annotate(sum=Round(_sum_of(parts, "amount", by="line"), 2)).exclude(sum=F("refunded"))
    for number, position, said, found in lines.values_list("order__number", "position", "refunded", "sum")[:MOST]:
        yield f"Line {position} of order {number} says {cents(said)} refunded, its refunds sum to {cents(found)}."
    unbooked = Refund.objects.filter(status=RefundStatus.SUCCEEDED, payment__order__is_test=False)
    keys = set(Movement.objects.filter(kind=MovementKind.REFUND).values_list("key", flat=True))
    for pk, public_id in unbooked.values_list("pk", "public_id").iterator():
        if f"refund:{pk}" not in keys:
            yield f"Refund {public_id} is done, but not booked."


def _payouts() -> Iterator[str]:
    """Cash that left without an order is what was paid out, by currency."""
    outside = Entry.objects.filter(account=Account.CASH, movement__order=None)
    booked = dict(outside.values_list("movement__currency").annotate(sum=Sum("amount")))
    paid = dict(Payout.objects.filter(status=PayoutStatus.PAID).values_list("currency").annotate(sum=Sum("amount")))
    for currency in sorted(set(booked) | set(paid)):
        if cents(booked.get(currency)) != -cents(paid.get(currency)):
            yield f"Payouts in {currency} are {cents(paid.get(currency))}, booked {-cents(booked.get(currency))}."


def _invoices() -> Iterator[str]:
    """An issued document reads as on the day it was issued."""
    for number, content, digest in Invoice.objects.values_list("number", "content", "digest").iterator():
        if digest_of(content) != digest:
            yield f"Invoice {number} is not what was issued."
    for number in Order.objects.filter(paid_at__isnull=False, invoices=None).values_list("number", flat=True)[:MOST]:
        yield f"Order {number} is paid, but has no invoice."


def digest_of(content: Any) -> str:
    """Of the canonical JSON: sorted, without spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


CHECKS = (_unbalanced_movements, _cash_of_orders, _sales, _refunds, _payouts, _invoices)
