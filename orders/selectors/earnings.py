"""What a creator has earned: balances, lines with their reasons, statements. One truth, the books (AFF-11)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, F, QuerySet, Sum, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.money import ZERO
from orders.enums import Account, CommissionStatus, OrderStatus, PayoutStatus, WhyNotPaid
from orders.models import Commission, CommissionAdjustment, Entry, Payout

_OWED = (Account.COMMISSION_PENDING, Account.CREATOR_PAYABLE)


@dataclass
class Balance:
    """In one currency. `payable` is what a payout can take: approved, and corrections of either sign."""

    currency: str
    pending: Decimal = ZERO
    held: Decimal = ZERO
    frozen: Decimal = ZERO
    approved: Decimal = ZERO
    adjustments: Decimal = ZERO
    requested: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def payable(self) -> Decimal:
        return self.approved + self.adjustments

    @property
    def owed(self) -> Decimal:
        """Everything the books owe: not yet paid, in whatever state."""
        return self.pending + self.held + self.frozen + self.payable + self.requested


_FIELDS: dict[str, str] = {
    CommissionStatus.PENDING: "pending",
    CommissionStatus.HOLD: "held",
    CommissionStatus.FROZEN: "frozen",
    CommissionStatus.APPROVED: "approved",
}


def balances(*, creator: User) -> list[Balance]:
    """One for each currency, the default one always. Three questions."""
    found = {settings.DEFAULT_CURRENCY: Balance(settings.DEFAULT_CURRENCY)}

    def of(currency: str) -> Balance:
        return found.setdefault(currency, Balance(currency))

    rows: Any = Commission.objects.filter(creator=creator, payout=None).values("currency", "status")
    for row in rows.annotate(earned=Sum("amount"), back=Sum("reversed")).order_by():
        if name := _FIELDS.get(row["status"]):
            setattr(of(row["currency"]), name, _exact(row["earned"]) - _exact(row["back"]))
    rows = CommissionAdjustment.objects.filter(creator=creator, payout=None).values("currency")
    for row in rows.annotate(sum=Sum("amount")).order_by():
        of(row["currency"]).adjustments = _exact(row["sum"])
    rows = Payout.objects.filter(creator=creator).values("currency", "status")
    for row in rows.annotate(sum=Sum("amount")).order_by():
        if row["status"] in (PayoutStatus.REQUESTED, PayoutStatus.PAID):
            setattr(of(row["currency"]), str(row["status"]), _exact(row["sum"]))
    return [found[currency] for currency in sorted(found)]


def owed_by_the_books(*, creator: User) -> dict[str, Decimal]:
    """By currency, what the ledger says is owed: the sum that `balances` must come to (AFF-11)."""
    rows = Entry.objects.filter(account__in=_OWED, party=creator).values("movement__currency")
    sums = rows.annotate(sum=Sum("amount")).order_by()
    return {row["movement__currency"]: -_exact(row["sum"]) for row in sums}


def _exact(amount: Any) -> Decimal:
    """SQLite adds decimals up as floating point."""
    return Decimal(amount or 0).quantize(Decimal("0.01"))


def why(row: Commission, *, now: datetime) -> str:
    """Why it is not paid yet, in words for its creator; empty for what is paid (W7). Needs `order` loaded."""
    if row.status == CommissionStatus.PAID:
        return ""
    if row.status == CommissionStatus.FROZEN:
        return " ".join(filter(None, [str(WhyNotPaid.SUSPENDED.label), row.frozen_reason]))
    if row.status == CommissionStatus.APPROVED:
        return _("Part of a payout that is on its way.") if row.payout_id else _("Approved: ask for a payout.")
    if row.status == CommissionStatus.PENDING:
        return _why_pending(row, now)
    return said(row.reason)


def said(reason: str) -> str:
    """The words of a reason of ours; those of staff are their own. Reasons of corrections are translated too."""
    if reason in WhyNotPaid.values:
        return str(WhyNotPaid(reason).label)
    return _(reason) if reason else ""


def _why_pending(row: Commission, now: datetime) -> str:
    if row.order.status != OrderStatus.COMPLETED:
        return _("The order is not completed yet.")
    if row.approvable_at > now:
        return _("In the holding period until %(day)s.") % {"day": date_format(row.approvable_at, "DATE_FORMAT")}
    return _("It will be approved within the hour.")


def commissions_of(creator: User) -> QuerySet[Commission]:
    """Every line, the newest first, with what its row of the table shows. No buyers (ANA-4)."""
    return Commission.objects.filter(creator=creator).select_related("order", "link", "promo", "line", "payout")


def adjustments_of(creator: User) -> QuerySet[CommissionAdjustment]:
    return CommissionAdjustment.objects.filter(creator=creator).select_related("commission__order", "payout")


@dataclass(frozen=True)
class LinkFigures:
    clicks: int = 0
    orders: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)


def figures_by_link(*, link_ids: Iterable[int]) -> dict[int, LinkFigures]:
    """Orders and what is earned through each link, one question. Clicks are counted in the link itself."""
    rows = Commission.objects.filter(link_id__in=list(link_ids)).values("link_id", "currency")
    summed = rows.annotate(orders=Count("order", distinct=True), earned=Sum("amount"), back=Sum("reversed"))
    found: dict[int, LinkFigures] = {}
    for row in summed.order_by("link_id", "currency"):
        before = found.get(row["link_id"], LinkFigures())
        amounts = before.amounts | {row["currency"]: _exact(row["earned"]) - _exact(row["back"])}
        found[row["link_id"]] = LinkFigures(orders=before.orders + row["orders"], amounts=amounts)
    return found


def orders_and_earnings_by_source(*, creator: User) -> list[dict[str, Any]]:
    """By link or code: orders and what is earned, the most earned first."""
    source = Case(When(link__isnull=False, then=F("link__code")), default=F("promo__code"), output_field=CharField())
    rows = Commission.objects.filter(creator=creator).annotate(source=source)
    summed = rows.values("via", "source", "currency").annotate(
        orders=Count("order", distinct=True), earned=Sum("amount"), back=Sum("reversed")
    )
    found: list[dict[str, Any]] = [
        {**row, "amount": _exact(row["earned"]) - _exact(row["back"])} for row in summed.order_by()
    ]
    return sorted(found, key=lambda row: (-row["amount"], row["source"] or ""))[:200]


@dataclass(frozen=True)
class StatementLine:
    at: datetime
    order: str
    text: str
    base: Decimal | None
    rate: Decimal | None
    amount: Decimal


def statement_lines(payout: Payout) -> list[StatementLine]:
    """What a payout pays, row by row; the sum of the rows is its amount, to the cent (AFF-11)."""
    commissions = payout.commissions.select_related("order", "line").order_by("earned_at", "pk")
    adjustments = payout.adjustments.select_related("commission__order").order_by("booked_at", "pk")
    lines = [
        StatementLine(
            row.earned_at, row.order.number, row.line.title, row.base, row.rate, row.amount - Decimal(row.reversed)
        )
        for row in commissions
    ]
    corrections = [
        StatementLine(
            row.booked_at,
            row.commission.order.number if row.commission else "",
            said(row.reason),
            None,
            None,
            row.amount,
        )
        for row in adjustments
    ]
    return lines + corrections


def _order_of(row: CommissionAdjustment) -> str:
    return row.commission.order.number if row.commission else ""
