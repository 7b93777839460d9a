"""What the creator has earned, and payouts of it (F46, W7)."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fitfoodie.common.csv import csv_download
from fitfoodie.common.errors import DomainError
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs
from orders.enums import PayoutStatus
from orders.freeze_links import freeze_path
from orders.models import Payout
from orders.selectors.earnings import (
    adjustments_of,
    balances,
    commissions_of,
    orders_and_earnings_by_source,
    said,
    statement_lines,
    why,
)
from orders.selectors.freezes import latest_freeze
from orders.services.attribution import rates_of
from orders.services.payouts import request_payout

PAGE_SIZE = 50


@require_safe
@login_required
def earnings(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    before = request.GET.get("before", "")
    rows = commissions_of(request.user).order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 15:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    rate = rates_of(creator_ids=[request.user.pk], at=now)[request.user.pk]
    context = {
        "tabs": studio_tabs(request),
        "balances": balances(creator=request.user),
        "commissions": [{"row": row, "why": why(row, now=now)} for row in found[:PAGE_SIZE]],
        "next_url": f"?before={found[PAGE_SIZE - 1].pk}" if len(found) > PAGE_SIZE else "",
        "adjustments": [
            {"row": row, "text": said(row.reason)} for row in adjustments_of(request.user).order_by("-pk")[:PAGE_SIZE]
        ],
        "freeze": _freeze(request),
        "sources": orders_and_earnings_by_source(creator=request.user),
        "percent": (rate * 100).normalize(),
        "window_days": settings.AFFILIATE_WINDOW_DAYS,
        "holding_days": settings.COMMISSION_HOLDING_DAYS,
    }
    return render(request, "orders/studio_earnings.html", context)


def _freeze(request: MemberRequest) -> dict[str, Any] | None:
    """The last freeze, and the way to what was said about it."""
    found = latest_freeze(request.user.pk)
    return {"row": found, "url": freeze_path(found.public_id)} if found else None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payouts(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _asked(request)
    rows = Payout.objects.filter(creator=request.user).order_by("-pk")[:100]
    shown = balances(creator=request.user)
    context: dict[str, Any] = {
        "tabs": studio_tabs(request),
        "balances": shown,
        "payouts": rows,
        "open_currencies": [row.currency for row in rows if row.status == PayoutStatus.REQUESTED],
        "has_second_factor": is_mfa_enabled(request.user),
        "minimum": settings.PAYOUT_MINIMUM,
    }
    return render(request, "orders/studio_payouts.html", context)


@require_safe
@login_required
def statement(request: MemberRequest, payout_id: str) -> HttpResponse:
    payout = _own(request, payout_id)
    lines = statement_lines(payout)
    context = {"payout": payout, "lines": lines, "person": request.user}
    return render(request, "orders/payout_statement.html", context)


@require_safe
@login_required
def statement_csv(request: MemberRequest, payout_id: str) -> HttpResponseBase:
    payout = _own(request, payout_id)
    head = (_("When"), _("Order"), _("What"), _("Base"), _("Rate"), _("Amount"), _("Currency"))
    rows = [
        (line.at.isoformat(), line.order, line.text, _cell(line.base), _cell(line.rate), line.amount, payout.currency)
        for line in statement_lines(payout)
    ]
    return csv_download(f"payout-{payout.public_id}.csv", head, rows)


def _cell(value: Any) -> Any:
    return "" if value is None else value


def _asked(request: MemberRequest) -> HttpResponse:
    currency = request.POST.get("currency", settings.DEFAULT_CURRENCY)[:3]
    try:
        payout = request_payout(creator=request.user, currency=currency, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("orders:studio-payouts")
    messages.success(request, _("We look at it and send the money."))
    return redirect("orders:studio-payout", payout_id=payout.public_id)


def _own(request: MemberRequest, payout_id: str) -> Payout:
    found = Payout.objects.filter(creator=request.user, public_id=payout_id).first()
    if found is None:
        raise Http404
    return found
