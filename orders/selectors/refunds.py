"""What was given back of an order, and what is left to give."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from fitfoodie.common.money import ZERO
from orders.enums import PaymentStatus, RefundStatus
from orders.models import Order, Payment, Refund, RefundLine


@dataclass(frozen=True)
class Refundable:
    """`amount` of the payment is left, `delivery` of it for delivery; `refunded` is what has been promised so far."""

    amount: Decimal = ZERO
    delivery: Decimal = ZERO
    refunded: Decimal = ZERO


def paying_payment(order: Order) -> Payment | None:
    """The one that pays the order, not one that is owed back."""
    return order.payments.filter(status=PaymentStatus.SUCCEEDED, is_surplus=False).order_by("pk").first()


def delivery_left(order: Order) -> Decimal:
    given = Refund.objects.filter(payment__order=order, payment__is_surplus=False).exclude(status=RefundStatus.FAILED)
    done = sum((Decimal(amount) for amount in given.values_list("delivery_amount", flat=True)), ZERO)
    return Decimal(order.delivery) - Decimal(order.delivery_discount) - done


def refundable_of(order: Order) -> Refundable:
    """Two queries."""
    payment = paying_payment(order)
    if payment is None:
        return Refundable()
    return Refundable(payment.refundable, min(delivery_left(order), payment.refundable), Decimal(payment.refunded))


def refunds_of(order: Order) -> "QuerySet[Refund]":
    """The newest first, with what they were for and their credit notes. Two queries."""
    lines = Prefetch("lines", RefundLine.objects.select_related("line").order_by("line__position"))
    found = Refund.objects.filter(payment__order=order).select_related("credit_note", "actor")
    return found.prefetch_related(lines).order_by("-pk")
