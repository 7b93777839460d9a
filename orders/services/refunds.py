"""Money back: promised under lock, sent after commit, booked when it has gone (ORD-15)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.money import ZERO, minor_unit, rounded
from fitfoodie.events.services import record
from orders import policy
from orders.enums import PREPARED, OrderStatus, RefundStatus
from orders.models import Order, OrderLine, Payment, Refund, RefundLine
from orders.money_events import RefundFailed, RefundRequested, RefundSucceeded
from orders.providers import provider as provider_of
from orders.providers.base import ProviderRefusedError, ProviderUnavailableError, Refunded
from orders.selectors.refunds import delivery_left, paying_payment
from orders.services import invoices, ledger
from orders.services.commissions import reduce_commissions
from orders.services.order_locks import locked_order, locked_payment, locked_refund
from orders.services.stock import restock

logger = structlog.get_logger(__name__)

SEND_AGAIN_AFTER = timedelta(minutes=2)


class NothingToRefundError(ConflictError):
    code = "nothing_to_refund"


class RefundTooLargeError(ConflictError):
    """`left` is what can still be given back of it."""

    code = "refund_too_large"

    def __init__(self, message: str, *, left: Decimal) -> None:
        super().__init__(message)
        self.left = left


@dataclass(frozen=True)
class Part:
    line: OrderLine
    quantity: int
    amount: Decimal


@transaction.atomic
def refund_order(
    *,
    order_id: int,
    lines: Sequence[Mapping[str, Any]],
    delivery: bool | Decimal,
    actor: User | None,
    reason: str,
    now: datetime,
    seen_refunded: Decimal | None = None,
) -> Refund:
    """Give back parts of an order: of each line (its primary key) a `quantity` of portions or an `amount`, and delivery
    in full (True) or in part. `seen_refunded`, where given, is what had been refunded when the actor chose.

    Locks the order, then the portions that go back on sale, then the payment; two at once wait for each other. Counted
    as refunded from now on, given back to the refundable if the provider refuses. Raises NotAllowedError for whoever is
    neither of the kitchen nor staff, DomainError for a part that makes no sense, RefundTooLargeError,
    NothingToRefundError, ConflictError `refund_changed`. No `actor` is the house itself.
    """
    order = locked_order(order_id)
    _require_right(order, actor)
    payment = _paying(order)
    if seen_refunded is not None and payment.refunded != seen_refunded:
        raise ConflictError(_("Something was refunded meanwhile. Look at what is left."), code="refund_changed")
    parts, on_delivery = _chosen(order, lines, delivery)
    _restock(order, parts)
    return _promise(order, payment, parts, on_delivery, actor=actor, reason=reason, now=now)


def preview_refund(
    *, order_id: int, lines: Sequence[Mapping[str, Any]], delivery: bool | Decimal, actor: User
) -> Decimal:
    """What `refund_order` would give back now; raises as it does, locks and writes nothing."""
    order = Order.objects.get(pk=order_id)
    _require_right(order, actor)
    parts, on_delivery = _chosen(order, lines, delivery)
    return _sum_within(_paying(order), parts, on_delivery)


def _require_right(order: Order, actor: User | None) -> None:
    if actor is not None and not policy.may_refund(actor, order):
        raise NotAllowedError(_("Only the kitchen gives money back."))


def _chosen(order: Order, lines: Sequence[Mapping[str, Any]], delivery: bool | Decimal) -> tuple[list[Part], Decimal]:
    parts, on_delivery = _parts(order, lines), _delivery_part(order, delivery)
    if not parts and not on_delivery:
        raise DomainError(_("Choose what to refund."), code="nothing_chosen", field="lines")
    return parts, on_delivery


def _sum_within(payment: Payment, parts: Sequence[Part], on_delivery: Decimal) -> Decimal:
    amount = sum((part.amount for part in parts), on_delivery)
    if amount > payment.refundable:
        raise RefundTooLargeError(_("More than what is left of the payment."), left=payment.refundable)
    return amount


@transaction.atomic
def refund_all(*, order_id: int, actor: User, reason: str, now: datetime) -> Refund:
    """All that is left of a paid order, by staff, whatever its state; it stays where it is. Locks and raises as
    `refund_order`."""
    order = locked_order(order_id)
    _require_right(order, actor)
    refund = refund_rest(order=order, actor=actor, reason=reason, now=now)
    if refund is None:
        raise NothingToRefundError(_("Nothing is left to refund."))
    return refund


def refund_rest(*, order: Order, actor: User | None, reason: str, now: datetime) -> Refund | None:
    """All that is left of what was paid. None when nothing was, or nothing is left. The caller holds the order's lock
    and puts its portions back itself."""
    payment = paying_payment(order)
    if payment is None:
        return None
    left = [
        Part(line, line.quantity - line.refunded_quantity, Decimal(line.total) - Decimal(line.refunded))
        for line in order.lines.all()
        if line.total > line.refunded
    ]
    on_delivery = delivery_left(order)
    if not left and not on_delivery:
        return None
    return _promise(order, payment, left, on_delivery, actor=actor, reason=reason, now=now)


def give_back_surplus(*, payment: Payment, actor: User | None, reason: str, now: datetime) -> Refund | None:
    """All of a payment that pays for nothing (ORD-13). The caller holds the locks of order and payment."""
    if not payment.is_surplus:
        raise NotAllowedError(_("This payment pays an order: refund the order."))
    if payment.refundable <= 0:
        return None
    return _write(payment, payment.refundable, [], ZERO, actor=actor, reason=reason, now=now)


@transaction.atomic
def refund_surplus(*, payment_id: int, actor: User, reason: str, now: datetime) -> Refund:
    """What staff do with a flagged payment. Locks order and payment. Raises NothingToRefundError."""
    order = locked_order(Payment.objects.get(pk=payment_id).order_id)
    payment = locked_payment(payment_id, order=order)
    refund = give_back_surplus(payment=payment, actor=actor, reason=reason, now=now)
    if refund is None:
        raise NothingToRefundError(_("Nothing is left to refund."))
    return refund


def send_refund(*, refund_id: int, now: datetime) -> Refund:
    """Ask the provider, outside of every transaction, and settle by its answer. Twice is once: the key is the refund's.

    Raises ProviderUnavailableError; then nothing has changed and it is asked again later.
    """
    refund = Refund.objects.select_related("payment__order").get(pk=refund_id)
    if refund.status != RefundStatus.PENDING:
        return refund
    try:
        answer = _ask(refund)
    except ProviderRefusedError as error:
        answer = Refunded("", RefundStatus.FAILED, error.message)
    return settle_refund(refund_id=refund.pk, answer=answer, now=now)


def _ask(refund: Refund) -> Refunded:
    """The provider makes it, or says what became of the one it has made."""
    payment = refund.payment
    source = provider_of(payment.provider)
    if refund.reference:
        return source.fetch_refund(refund.reference)
    return source.refund(payment.reference, Decimal(refund.amount), refund.public_id, currency=payment.currency)


def send_open_refunds(*, now: datetime, limit: int = 200) -> int:
    """Those whose sending was lost or is not answered yet; returns how many are left open."""
    waiting = Refund.objects.filter(status=RefundStatus.PENDING, requested_at__lte=now - SEND_AGAIN_AFTER)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_is_still_open(pk, now) for pk in ids)


def _is_still_open(refund_id: int, now: datetime) -> bool:
    try:
        return send_refund(refund_id=refund_id, now=now).status == RefundStatus.PENDING
    except ProviderUnavailableError as error:
        logger.warning("refund_not_sent", refund_id=refund_id, error=error.message)
        return True


@transaction.atomic
def settle_refund(*, refund_id: int, answer: Refunded, now: datetime) -> Refund:
    """Locks order, payment, refund. A refund that is settled stays so; staff are told of one that bounced after it
    went, for the money is with the provider again and only a person can find out where it shall go."""
    refund = locked_refund(refund_id)
    if refund.status != RefundStatus.PENDING:
        _note_bounce(refund, answer)
        return refund
    refund.reference = answer.reference or refund.reference
    refund.save(update_fields=["reference", "updated_at"])
    if answer.status == RefundStatus.SUCCEEDED:
        _succeed(refund, now)
    elif answer.status == RefundStatus.FAILED:
        _fail(refund, answer.failure)
    return refund


def _succeed(refund: Refund, now: datetime) -> None:
    ledger.book_refund(refund=refund, now=now)
    refund.status, refund.succeeded_at = RefundStatus.SUCCEEDED, now
    refund.save(update_fields=["status", "succeeded_at", "updated_at"])
    if not refund.payment.is_surplus:
        reduce_commissions(refund=refund, now=now)
        invoices.issue_credit_note(refund=refund, now=now)
    _tell(RefundSucceeded, refund, refund.actor)


def _fail(refund: Refund, failure: str) -> None:
    """What was promised can be promised again. Portions that went back on sale stay there."""
    payment = refund.payment
    payment.refunded = Decimal(payment.refunded) - Decimal(refund.amount)
    payment.save(update_fields=["refunded", "updated_at"])
    for part in refund.lines.select_related("line"):
        part.line.refunded = Decimal(part.line.refunded) - Decimal(part.amount)
        part.line.refunded_quantity -= part.quantity
        part.line.save(update_fields=["refunded", "refunded_quantity"])
    refund.status, refund.failure = RefundStatus.FAILED, failure[:300]
    refund.save(update_fields=["status", "failure", "updated_at"])
    _tell(RefundFailed, refund, None, failure=refund.failure)


def _note_bounce(refund: Refund, answer: Refunded) -> None:
    if refund.status != RefundStatus.SUCCEEDED or answer.status != RefundStatus.FAILED or refund.failure:
        return
    refund.failure = (answer.failure or "bounced")[:300]
    refund.save(update_fields=["failure", "updated_at"])
    _tell(RefundFailed, refund, None, failure=refund.failure)


def _paying(order: Order) -> Payment:
    payment = paying_payment(order)
    if payment is None:
        raise NothingToRefundError(_("Nothing was paid for this order."))
    return payment


def _promise(
    order: Order,
    payment: Payment,
    parts: Sequence[Part],
    on_delivery: Decimal,
    *,
    actor: User | None,
    reason: str,
    now: datetime,
) -> Refund:
    payment = locked_payment(payment.pk, order=order)
    amount = _sum_within(payment, parts, on_delivery)
    for part in parts:
        part.line.refunded = Decimal(part.line.refunded) + part.amount
        part.line.refunded_quantity += part.quantity
        part.line.save(update_fields=["refunded", "refunded_quantity", "restocked"])
    return _write(payment, amount, parts, on_delivery, actor=actor, reason=reason, now=now)


def _write(
    payment: Payment,
    amount: Decimal,
    parts: Iterable[Part],
    on_delivery: Decimal,
    *,
    actor: User | None,
    reason: str,
    now: datetime,
) -> Refund:
    payment.refunded = Decimal(payment.refunded) + amount
    payment.save(update_fields=["refunded", "updated_at"])
    refund = Refund.objects.create(
        payment=payment,
        amount=amount,
        delivery_amount=on_delivery,
        reason=reason[:500],
        actor=actor,
        requested_at=now,
    )
    RefundLine.objects.bulk_create(
        RefundLine(refund=refund, line=part.line, quantity=part.quantity, amount=part.amount) for part in parts
    )
    _tell(RefundRequested, refund, actor, reason=refund.reason)
    transaction.on_commit(partial(_send, refund.pk))
    return refund


def _send(refund_id: int) -> None:
    current_app.signature("orders.send_refund", kwargs={"refund_id": refund_id}).apply_async()


def _parts(order: Order, lines: Sequence[Mapping[str, Any]]) -> list[Part]:
    by_id = {line.pk: line for line in order.lines.all()}
    wanted = [int(item["line"]) for item in lines]
    if len(set(wanted)) != len(wanted) or not set(wanted) <= set(by_id):
        raise DomainError(_("Name each line of this order at most once."), code="unknown_line", field="lines")
    return [_part(by_id[int(item["line"])], item, order.currency) for item in lines]


def _part(line: OrderLine, item: Mapping[str, Any], currency: str) -> Part:
    if item.get("quantity") is not None:
        return _by_quantity(line, int(item["quantity"]), currency)
    return Part(line, 0, _checked(item.get("amount"), _left_of(line), currency, title=line.title))


def _by_quantity(line: OrderLine, quantity: int, currency: str) -> Part:
    """The price after discounts of so many portions, counted on from those refunded; the last takes what is left."""
    done = line.refunded_quantity
    if quantity < 1 or done + quantity > line.quantity:
        raise RefundTooLargeError(
            _("Only %(left)d portions of “%(title)s” are left to refund.")
            % {"left": line.quantity - done, "title": line.title},
            left=_left_of(line),
        )
    exact = [rounded(Decimal(line.total) * count / line.quantity, currency) for count in (done, done + quantity)]
    is_last = done + quantity == line.quantity
    amount = _left_of(line) if is_last else min(exact[1] - exact[0], _left_of(line))
    if not amount:
        raise NothingToRefundError(_("Nothing was paid for “%(title)s”.") % {"title": line.title})
    return Part(line, quantity, amount)


def _left_of(line: OrderLine) -> Decimal:
    return Decimal(line.total) - Decimal(line.refunded)


def _delivery_part(order: Order, delivery: bool | Decimal) -> Decimal:
    left = delivery_left(order)
    if isinstance(delivery, bool):
        if delivery and not left:
            raise NothingToRefundError(_("Nothing is left of the delivery fee."))
        return left if delivery else ZERO
    return _checked(delivery, left, order.currency, title=_("delivery")) if delivery else ZERO


def _checked(value: Any, left: Decimal, currency: str, *, title: str) -> Decimal:
    amount = Decimal(value) if value is not None else ZERO
    if amount <= 0 or amount != amount.quantize(minor_unit(currency)):
        raise DomainError(_("Give an amount, or a number of portions."), code="amount_needed", field="lines")
    if amount > left:
        message = _("Only %(left)s is left to refund of %(title)s.") % {"left": left, "title": title}
        raise RefundTooLargeError(message, left=left)
    return amount


def _restock(order: Order, parts: Iterable[Part]) -> None:
    """Portions nobody has begun to cook go back on sale, once (ORD-15)."""
    by_quantity = [part for part in parts if part.quantity]
    if not by_quantity or order.is_test or order.released_at is not None or OrderStatus(order.status) in PREPARED:
        return
    restock(
        order=order,
        portions={part.line.meal_id: part.quantity for part in by_quantity if part.line.meal_id is not None},
    )
    for part in by_quantity:
        part.line.restocked += part.quantity


def _tell(kind: Any, refund: Refund, actor: User | None, **more: str) -> None:
    payment = refund.payment
    record(
        kind(
            refund_id=refund.pk,
            payment_id=payment.pk,
            order_id=payment.order_id,
            amount=str(refund.amount),
            currency=payment.currency,
            **more,
        ),
        actor=actor,
        subject=payment.order,
    )
