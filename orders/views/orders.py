"""One's own orders: the list, and one of them, live."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.csv import csv_download
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.views.requests import MemberRequest
from orders import policy
from orders.enums import DEAD, OrderStatus, RefundStatus
from orders.models import Order
from orders.selectors.export import HEADER, rows_of
from orders.selectors.orders import whole_orders
from orders.selectors.refunds import refunds_of
from orders.selectors.timeline import timeline_of
from orders.services.moves import move_order, moves_open_to
from orders.services.reorder import reorder

PAGE_SIZE = 20
# Nothing will move any more: the page stops asking.
_FINAL = frozenset({*DEAD, OrderStatus.COMPLETED})

_OF_CLASS = {OrderStatus.PAID: gettext_lazy("Your seat is yours"), OrderStatus.COMPLETED: gettext_lazy("Well done")}


@require_safe
@login_required
def order_list(request: MemberRequest) -> HttpResponse:
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1
    start = (min(number, 500) - 1) * PAGE_SIZE
    orders = Order.objects.filter(customer=request.user).select_related("kitchen").prefetch_related("lines")
    found = list(orders.order_by("-placed_at", "-id")[start : start + PAGE_SIZE + 1])
    context = {
        "orders": found[:PAGE_SIZE],
        "next_page": number + 1 if len(found) > PAGE_SIZE else None,
        "works_in_kitchen": policy.kitchens_of(request.user).exists(),
    }
    return render(request, "orders/order_list.html", context)


@require_safe
@login_required
def order_export(request: MemberRequest) -> StreamingHttpResponse:
    orders = Order.objects.filter(customer=request.user)
    return csv_download("orders.csv", HEADER, rows_of(orders, request.user.preferences.time_zone))


def visible_order(number: str, viewer: Any) -> Order:
    """Raises Http404 for orders that are not the viewer's to see (ORD-16)."""
    order = whole_orders(viewer).filter(number=number).first()
    if order is None:
        raise Http404
    return order


@require_safe
@login_required
def order_detail(request: MemberRequest, number: str) -> HttpResponse:
    return render(request, "orders/order_detail.html", _live(request, visible_order(number, request.user)))


@require_safe
@login_required
def order_live(request: MemberRequest, number: str) -> HttpResponse:
    """The part that moves. One query while nothing has: the browser sends the tag it got, and keeps what it has."""
    states = policy.orders_visible_to(request.user).filter(number=number)
    # A refund moves no order: the tag follows the last thing that happened to any of them.
    states = states.annotate(refunded_at=Max("payments__refunds__updated_at"), refunds=Count("payments__refunds"))
    state = states.values_list("version", "updated_at", "refunded_at", "refunds").first()
    if state is None:
        raise Http404
    refunded = f"{state[2].timestamp():.6f}" if state[2] else ""
    tag = f'"{state[0]}.{state[1].timestamp():.6f}.{refunded}.{state[3]}.{get_language()}.{request.user.pk}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "orders/_order_live.html", _live(request, visible_order(number, request.user)))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def _live(request: MemberRequest, order: Order) -> dict[str, Any]:
    steps = timeline_of(order, request.user)
    is_mine = order.customer_id == request.user.pk
    refunds = list(refunds_of(order))
    is_going = any(refund.status == RefundStatus.PENDING for refund in refunds)
    return {
        "order": order,
        "steps": [_step(step) for step in steps],
        "is_final": order.status in _FINAL,
        "is_still": order.status in _FINAL and not is_going,
        "refunds": refunds,
        "can_refund": order.paid_at is not None and policy.may_refund(request.user, order),
        "is_mine": is_mine,
        "is_unpaid": order.status == OrderStatus.PENDING_PAYMENT,
        "can_cancel": OrderStatus.CANCELLED in moves_open_to(order, request.user),
        "headline": _headline(order),
    }


def _step(step: Any) -> dict[str, Any]:
    note = " · ".join(part for part in (step.by, step.reason) if part)
    stopped = step.status in DEAD
    return {"title": step.label, "at": step.at, "note": note, "state": "stop" if stopped else step.state}


def _headline(order: Order) -> str:
    """What it means, in a sentence."""
    if order.is_of_class and order.status in _OF_CLASS:
        return str(_OF_CLASS[OrderStatus(order.status)])
    return str(
        {
            OrderStatus.PENDING_PAYMENT: _("Waiting for your payment"),
            OrderStatus.PAID: _("The kitchen has your order"),
            OrderStatus.ACCEPTED: _("The kitchen has accepted it"),
            OrderStatus.PREPARING: _("It is being cooked"),
            OrderStatus.READY: _("It is ready"),
            OrderStatus.OUT_FOR_DELIVERY: _("It is on its way to you"),
            OrderStatus.PICKED_UP: _("It was picked up"),
            OrderStatus.COMPLETED: _("Enjoy your meal"),
            OrderStatus.CANCELLED: _("It was cancelled"),
            OrderStatus.EXPIRED: _("It was not paid in time"),
            OrderStatus.REJECTED: _("The kitchen could not take it"),
        }[OrderStatus(order.status)]
    )


@require_POST
@login_required
def order_cancel(request: MemberRequest, number: str) -> HttpResponse:
    order = visible_order(number, request.user)
    try:
        move_order(
            order_id=order.pk,
            to=OrderStatus.CANCELLED,
            actor=request.user,
            reason=sent(request, "reason"),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your order is cancelled."))
    return redirect(order)


@require_POST
@login_required
def order_again(request: MemberRequest, number: str) -> HttpResponse:
    order = Order.objects.filter(customer=request.user, number=number).first()
    if order is None or order.is_of_class:
        raise Http404
    found = reorder(order_id=order.pk, customer=request.user, now=timezone.now())
    for title, _reason in found.missing:
        messages.warning(request, _("“%(meal)s” cannot be ordered any more.") % {"meal": title})
    return redirect("orders:cart")
