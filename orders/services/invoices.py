"""Documents that are issued once and never change: an invoice when an order is paid, a credit note for each refund."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from fitfoodie.common.money import minor_unit
from fitfoodie.events.services import record
from orders.enums import DocumentKind
from orders.models import DocumentSeries, Invoice, Kitchen, Order, Refund
from orders.money_events import InvoiceIssued
from orders.selectors.ledger import digest_of
from orders.services.ledger import tax_of_refund

_LETTER = {DocumentKind.INVOICE: "R", DocumentKind.CREDIT_NOTE: "G"}
NO_INVOICE = gettext_noop("No invoice: this order was made with test money.")


def issue_invoice(*, order: Order, now: datetime) -> Invoice:
    """The invoice of a paid order, once. The caller holds the order's lock; the series is locked until the end."""
    found = order.invoices.filter(kind=DocumentKind.INVOICE).first()
    if found is not None:
        return found
    return _issue(order, DocumentKind.INVOICE, {"lines": _lines(order), **_totals(order)}, refund=None, now=now)


def issue_credit_note(*, refund: Refund, now: datetime) -> Invoice:
    """For one refund, once; names the invoice it corrects. Locks as `issue_invoice`."""
    found = Invoice.objects.filter(refund=refund).first()
    if found is not None:
        return found
    order = refund.payment.order
    corrects = order.invoices.filter(kind=DocumentKind.INVOICE).values_list("number", flat=True).first()
    content = {"corrects": corrects or "", "reason": refund.reason, **_credited(refund, order)}
    return _issue(order, DocumentKind.CREDIT_NOTE, content, refund=refund, now=now)


def _issue(order: Order, kind: DocumentKind, what: dict[str, Any], *, refund: Refund | None, now: datetime) -> Invoice:
    number = _next_number(order, kind, now)
    content = {
        "kind": kind.value,
        "number": number,
        "issued_at": now.isoformat(),
        "order": order.number,
        "placed_at": order.placed_at.isoformat(),
        "is_test": order.is_test,
        "currency": order.currency,
        "tax_rate": str(order.tax_rate),
        "seller": _seller(order.kitchen),
        "buyer": {"name": order.customer_name, "email": order.customer_email, "address": order.address},
        **what,
    }
    invoice = Invoice.objects.create(
        number=number,
        kind=kind,
        order=order,
        refund=refund,
        content=content,
        digest=digest_of(content),
        issued_at=now,
    )
    fact = InvoiceIssued(invoice_id=invoice.pk, order_id=order.pk, number=number, kind=kind.value)
    record(fact, actor=None, subject=order)
    return invoice


def _next_number(order: Order, kind: DocumentKind, now: datetime) -> str:
    """The next of the kitchen's series of its year. The lock makes a gap impossible: who rolls back gives it back.

    Orders with test money have a series of their own, so that the tax office sees no gap where nothing was sold.
    """
    year = now.astimezone(ZoneInfo(order.kitchen.time_zone)).year
    letter = f"T{_LETTER[kind]}" if order.is_test else _LETTER[kind]
    prefix = f"{letter}{order.kitchen_id}-{year}-"
    DocumentSeries.objects.get_or_create(prefix=prefix)
    series = DocumentSeries.objects.select_for_update().get(prefix=prefix)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{series.last:05d}"


def _seller(kitchen: Kitchen) -> dict[str, str]:
    return {
        "name": kitchen.name,
        "address": kitchen.address,
        "email": kitchen.email,
        "tax_number": kitchen.tax_number,
    }


def _lines(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "title": line.title,
            "quantity": line.quantity,
            "unit_price": _text(line.unit_price, order),
            "discount": _text(line.discount, order),
            "total": _text(line.total, order),
        }
        for line in order.lines.all()
    ]


def _totals(order: Order) -> dict[str, str]:
    return {
        "subtotal": _text(order.subtotal, order),
        "discount": _text(order.discount, order),
        "delivery": _text(order.delivery, order),
        "net": _text(Decimal(order.total) - Decimal(order.tax), order),
        "tax": _text(order.tax, order),
        "total": _text(order.total, order),
    }


def _credited(refund: Refund, order: Order) -> dict[str, Any]:
    """Amounts are what goes back. The tax is what the books took back for it."""
    lines = [
        {"title": part.line.title, "quantity": part.quantity, "total": _text(part.amount, order)}
        for part in refund.lines.select_related("line").order_by("line__position")
    ]
    tax = tax_of_refund(refund, order)
    return {
        "lines": lines,
        "delivery": _text(refund.delivery_amount, order),
        "net": _text(Decimal(refund.amount) - tax, order),
        "tax": _text(tax, order),
        "total": _text(refund.amount, order),
    }


def _text(amount: Decimal, order: Order) -> str:
    return str(Decimal(amount).quantize(minor_unit(order.currency)))
