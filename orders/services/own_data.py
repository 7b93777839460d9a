"""What the download of one's own data holds of orders, codes and earnings, readable beside the rows themselves (GDP-1).

Of those who bought through a creator's links or codes it holds nothing (ANA-4).
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from orders.models import AffiliateLink, Cart, Click, Order, Payout, PromoCode, Redemption
from orders.selectors.earnings import adjustments_of, commissions_of, said, why

Row = dict[str, Any]


def documents_of(user: User) -> list[Document]:
    return [
        _as_read("orders", _("Orders"), _orders(user)),
        _as_read("carts", _("Carts"), _carts(user)),
        _as_read("codes-used", _("Codes you used"), _codes_used(user)),
        _as_read("codes", _("Codes you made"), _codes(user)),
        _as_read("paid-links", _("Your paid links"), _links(user)),
        _as_read("paid-links-followed", _("Paid links you followed"), _clicks(user)),
        _as_read("earnings", _("Commissions and adjustments"), [*_commissions(user), *_adjustments(user)]),
        _as_read("payouts", _("Payouts"), _payouts(user)),
    ]


def photos_of(user: User) -> Iterable[MediaFile]:
    return ()


def _as_read(name: str, title: str, rows: list[Row]) -> Document:
    return Document(name, title, rows, rows)


def _sum(amount: Decimal, currency: str) -> str:
    return f"{amount:.2f} {currency}"


def _orders(user: User) -> list[Row]:
    orders = Order.objects.filter(customer=user).select_related("kitchen").order_by("pk")
    orders = orders.prefetch_related("lines", "payments__refunds", "invoices")
    return [_order(order) for order in orders]


def _order(order: Order) -> Row:
    refunds = [refund for payment in order.payments.all() for refund in payment.refunds.all()]
    return {
        _("Number"): order.number,
        _("Placed"): order.placed_at,
        _("State"): order.get_status_display(),
        _("Kitchen"): order.kitchen.name,
        _("Meals"): "\n".join(f"{line.quantity} × {line.title}" for line in order.lines.all()),
        _("Discount"): _sum(order.discount, order.currency),
        _("Total"): _sum(order.total, order.currency),
        _("Payments"): "\n".join(
            f"{_sum(each.amount, each.currency)}: {each.get_status_display()}" for each in order.payments.all()
        ),
        _("Refunds"): "\n".join(
            f"{_sum(each.amount, order.currency)}: {each.get_status_display()}" for each in refunds
        ),
        _("Documents"): "\n".join(document.number for document in order.invoices.all()),
    }


def _carts(user: User) -> list[Row]:
    carts = Cart.objects.filter(owner=user).order_by("pk").prefetch_related("items__meal", "codes")
    return [
        {
            _("Changed"): cart.updated_at,
            _("State"): cart.get_state_display(),
            _("Meals"): "\n".join(f"{item.quantity} × {item.meal.title}" for item in cart.items.all()),
            _("Codes"): ", ".join(sorted(promo.code for promo in cart.codes.all())),
            _("Note"): cart.note,
        }
        for cart in carts
    ]


def _codes_used(user: User) -> list[Row]:
    uses = Redemption.objects.filter(customer=user).select_related("promo", "order").order_by("pk")
    return [
        {
            _("Code"): use.promo.code,
            _("Order"): use.order.number,
            _("Saved"): _sum(use.amount, use.order.currency),
            _("Used"): use.redeemed_at,
            _("Given back"): use.released_at,
        }
        for use in uses
    ]


def _codes(user: User) -> list[Row]:
    return [
        {
            _("Code"): promo.code,
            _("What it is for"): promo.label,
            _("It gives"): promo.get_kind_display(),
            _("Used"): promo.taken,
            _("Cost"): _sum(promo.spent, promo.currency),
            _("Made"): promo.created_at,
        }
        for promo in PromoCode.objects.filter(creator=user).order_by("pk")
    ]


def _links(user: User) -> list[Row]:
    return [
        {
            _("Code"): link.code,
            _("Label"): link.label,
            _("Leads to"): link.meal.title if link.meal else link.path,
            _("Clicks"): link.click_count,
            _("Made"): link.created_at,
        }
        for link in AffiliateLink.objects.filter(creator=user).select_related("meal").order_by("pk")
    ]


def _clicks(user: User) -> list[Row]:
    clicks = Click.objects.filter(person=user).order_by("pk").values_list("link__code", "clicked_at")
    return [{_("Paid link"): code, _("Followed"): at} for code, at in clicks]


def _commissions(user: User) -> list[Row]:
    now = timezone.now()
    return [
        _earning(
            order=row.order.number,
            what=row.line.title,
            amount=_sum(row.amount - row.reversed, row.currency),
            state=row.get_status_display(),
            reason=why(row, now=now),
            at=row.earned_at,
        )
        for row in commissions_of(user).order_by("pk")
    ]


def _adjustments(user: User) -> list[Row]:
    return [
        _earning(
            order=row.commission.order.number if row.commission else "",
            what=_("Adjustment"),
            amount=_sum(row.amount, row.currency),
            state=_("Paid") if row.payout_id else _("Open"),
            reason=said(row.reason),
            at=row.booked_at,
        )
        for row in adjustments_of(user).order_by("pk")
    ]


def _earning(*, order: str, what: str, amount: str, state: str, reason: str, at: datetime) -> Row:
    return {
        _("Order"): order,
        _("What"): what,
        _("Amount"): amount,
        _("State"): state,
        _("Reason"): reason,
        _("Day"): at,
    }


def _payouts(user: User) -> list[Row]:
    return [
        {
            _("Statement"): payout.public_id,
            _("Amount"): _sum(payout.amount, payout.currency),
            _("State"): payout.get_status_display(),
            _("Asked"): payout.requested_at,
            _("Decided"): payout.decided_at,
            _("Reference"): payout.reference,
            _("Reason"): payout.reason,
        }
        for payout in Payout.objects.filter(creator=user).order_by("pk")
    ]


PART = ExportPart("orders", documents=documents_of, media=photos_of)
