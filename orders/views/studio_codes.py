"""The creator's codes: a list with what they cost, making, changing, pausing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fitfoodie.common.errors import DomainError
from influencers.views.studio_frame import studio_tabs
from meals.views.requests import MemberRequest
from orders import rules
from orders.enums import Funder, PromoKind
from orders.models import PromoCode
from orders.pricing.words import money
from orders.promo_forms import CodeForm
from orders.selectors.code_uses import uses_of
from orders.services import promo_codes

PAGE_SIZE = 50


@require_safe
@login_required
def code_list(request: MemberRequest) -> HttpResponse:
    mine = PromoCode.objects.filter(creator_id=request.user.pk).order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        mine = mine.filter(pk__lt=int(before))
    rows = list(mine[: PAGE_SIZE + 1])
    context = {
        "codes": [_row(promo) for promo in rows[:PAGE_SIZE]],
        "next_url": f"?before={rows[PAGE_SIZE - 1].pk}" if len(rows) > PAGE_SIZE else "",
        "may_make": rules.may_earn(request.user),
        "is_creator": rules.is_creator(request.user),
        "tabs": studio_tabs(request),
    }
    return render(request, "orders/code_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def code_new(request: MemberRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        promo = form.carried_out(
            lambda: promo_codes.create_code(content=form.content(), actor=request.user, now=timezone.now())
        )
        if promo:
            messages.success(request, _("%(code)s can be used now.") % {"code": promo.code})
            return redirect("orders:codes")
    context = {"form": form, "may_make": rules.may_earn(request.user), "is_creator": rules.is_creator(request.user)}
    return render(request, "orders/code_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def code_edit(request: MemberRequest, code: str) -> HttpResponse:
    promo = _own(request, code)
    form = _form(request, before=promo_codes.content_of(promo))
    if request.method == "POST" and form.is_valid():
        change: dict[str, Any] = {"promo_id": promo.pk, "actor": request.user, "now": timezone.now()}
        if form.carried_out(lambda: promo_codes.update_code(changes=form.values(), **change)):
            messages.success(request, _("Changed."))
            return redirect("orders:codes")
    context = {
        "form": form,
        "promo": _row(promo),
        "uses": uses_of(promo, now=timezone.now()),
        "is_paid_by_house": promo.funder == Funder.PLATFORM,
        "may_make": rules.may_earn(request.user),
    }
    return render(request, "orders/code_edit.html", context, status=422 if form.errors else 200)


_MOVES: dict[str, tuple[Callable[..., PromoCode], Any]] = {
    "pause": (promo_codes.pause_code, gettext_lazy("%(code)s is paused.")),
    "resume": (promo_codes.resume_code, gettext_lazy("%(code)s can be used again.")),
}


@require_POST
@login_required
def code_move(request: MemberRequest, code: str, move: str) -> HttpResponse:
    promo = _own(request, code)
    verb, done = _MOVES[move]
    try:
        verb(promo_id=promo.pk, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, str(done) % {"code": promo.code})
    return redirect("orders:codes")


def _own(request: MemberRequest, code: str) -> PromoCode:
    return get_object_or_404(PromoCode, creator_id=request.user.pk, code__iexact=code)


def _form(request: MemberRequest, **given: Any) -> CodeForm:
    zone = request.user.preferences.time_zone
    return CodeForm(request.POST or None, creator_id=request.user.pk, zone=zone, **given)


def _row(promo: PromoCode) -> dict[str, Any]:
    now = timezone.now()
    return {
        "code": promo.code,
        "label": promo.label,
        "gives": gives(promo),
        "is_active": promo.is_active,
        "is_over": bool(promo.ends_at and promo.ends_at <= now),
        "is_to_come": bool(promo.starts_at and promo.starts_at > now),
        "is_used_up": promo.left == 0,
        "used": promo.taken,
        "limit": promo.capacity,
        "cost": money(promo.spent, promo.currency),
        "ends_at": promo.ends_at,
    }


def gives(promo: PromoCode) -> str:
    """What it takes off, in few words."""
    if promo.kind == PromoKind.PERCENT and promo.percent is not None:
        return _("%(percent)s %% off") % {"percent": f"{promo.percent.normalize():f}"}
    if promo.kind == PromoKind.FIXED and promo.amount is not None:
        return _("%(amount)s off") % {"amount": money(promo.amount, promo.currency)}
    if promo.kind == PromoKind.BUY_X_GET_Y:
        return _("Buy %(buy)s, get %(get)s free") % {"buy": promo.buy_quantity, "get": promo.get_quantity}
    return str(PromoKind(promo.kind).label)
