"""The kitchen's own screen, for the people who work there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fitfoodie.common.csv import csv_download
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.models import Meal
from meals.views.requests import MemberRequest
from orders import policy
from orders.enums import OrderStatus
from orders.models import Kitchen, Order, Slot
from orders.selectors.board import board_of, portions_of
from orders.selectors.export import HEADER, rows_of
from orders.selectors.orders import whole_orders
from orders.selectors.slots import by_day, open_slots
from orders.services.kitchens import local_day
from orders.services.moves import move_order
from orders.services.portions import plan_portions
from orders.services.slots import cancel_slot

# The one button that goes on, by where an order is.
_ONWARD = {
    OrderStatus.PAID: OrderStatus.ACCEPTED,
    OrderStatus.ACCEPTED: OrderStatus.PREPARING,
    OrderStatus.PREPARING: OrderStatus.READY,
    OrderStatus.OUT_FOR_DELIVERY: OrderStatus.COMPLETED,
    OrderStatus.PICKED_UP: OrderStatus.COMPLETED,
}


def _words() -> dict[OrderStatus, str]:
    return {
        OrderStatus.ACCEPTED: _("Accept"),
        OrderStatus.PREPARING: _("Start cooking"),
        OrderStatus.READY: _("Ready"),
        OrderStatus.OUT_FOR_DELIVERY: _("On the way"),
        OrderStatus.PICKED_UP: _("Picked up"),
        OrderStatus.COMPLETED: _("Done"),
    }


def _onward(order: Order) -> OrderStatus | None:
    if order.status == OrderStatus.READY:
        return OrderStatus.OUT_FOR_DELIVERY if order.fulfilment == "delivery" else OrderStatus.PICKED_UP
    return _ONWARD.get(OrderStatus(order.status))


@require_safe
@login_required
def kitchens(request: MemberRequest) -> HttpResponse:
    """To the one kitchen, or to choose among several."""
    found = list(policy.kitchens_of(request.user).order_by("name", "pk")[:100])
    if len(found) == 1:
        return redirect("orders:kitchen", found[0].public_id)
    if not found:
        raise Http404
    return render(request, "orders/kitchen_list.html", {"kitchens": found})


def _kitchen(request: MemberRequest, kitchen_id: str) -> Kitchen:
    """Raises Http404 for people who do not work there."""
    kitchen = policy.kitchens_of(request.user).filter(public_id=kitchen_id).first()
    if kitchen is None:
        raise Http404
    return kitchen


@require_safe
@login_required
def board(request: MemberRequest, kitchen_id: str) -> HttpResponse:
    kitchen = _kitchen(request, kitchen_id)
    now = timezone.now()
    columns = [
        {"label": column.label, "cards": [_card(order, now) for order in column.orders]} for column in board_of(kitchen)
    ]
    template = "orders/_board.html" if request.htmx else "orders/kitchen_board.html"
    return render(request, template, {"kitchen": kitchen, "columns": columns})


def _card(order: Order, now: Any) -> dict[str, Any]:
    onward = _onward(order)
    return {
        "order": order,
        "onward": onward,
        "word": _words()[onward] if onward else "",
        "age": int((now - (order.paid_at or order.placed_at)).total_seconds() // 60),
        "is_late": order.slot_starts_at <= now,
        "is_new": order.status == OrderStatus.PAID,
    }


def _kitchen_order(request: MemberRequest, number: str) -> Order:
    """Raises Http404: a customer's own order is not theirs to cook."""
    kitchens = policy.kitchens_of(request.user).values("pk")
    order = whole_orders(request.user).filter(number=number, kitchen__in=kitchens).first()
    if order is None:
        raise Http404
    return order


@require_safe
@login_required
def refusal(request: MemberRequest, number: str) -> HttpResponse:
    """Where the kitchen says why it cannot."""
    order = _kitchen_order(request, number)
    to = OrderStatus.REJECTED if order.status == OrderStatus.PAID else OrderStatus.CANCELLED
    return render(request, "orders/kitchen_refusal.html", {"order": order, "to": to})


@require_POST
@login_required
def move(request: MemberRequest, number: str) -> HttpResponse:
    order = _kitchen_order(request, number)
    try:
        move_order(
            order_id=order.pk,
            to=_target(sent(request, "to")),
            actor=request.user,
            reason=sent(request, "reason"),
            now=timezone.now(),
            version=_version(request),
        )
    except DomainError as error:
        if error.field == "reason":
            context = {"order": order, "to": request.POST["to"], "error": error}
            return render(request, "orders/kitchen_refusal.html", context, status=400)
        messages.error(request, error.message)
    return redirect("orders:kitchen", order.kitchen.public_id)


def _version(request: MemberRequest) -> int | None:
    """That of the screen; what is none is a screen of no version there is."""
    text = sent(request, "version")
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _target(value: str) -> OrderStatus:
    if value not in OrderStatus.values:
        raise DomainError(_("There is no such step."), code="invalid_choice", field="to")
    return OrderStatus(value)


@require_safe
@login_required
def ticket(request: MemberRequest, number: str) -> HttpResponse:
    return render(request, "orders/kitchen_ticket.html", {"order": _kitchen_order(request, number)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def portions(request: MemberRequest, kitchen_id: str) -> HttpResponse:
    """How much of each meal there is today."""
    kitchen = _kitchen(request, kitchen_id)
    day = local_day(kitchen, timezone.now())
    if request.method == "POST":
        _plan(request, day)
        return redirect("orders:kitchen-portions", kitchen.public_id)
    context = {"kitchen": kitchen, "day": day, "lines": portions_of(kitchen, day)}
    return render(request, "orders/kitchen_portions.html", context)


def _plan(request: MemberRequest, day: Any) -> None:
    text = sent(request, "planned").strip()
    try:
        meal = Meal.objects.get(slug=sent(request, "meal"))
        planned = None if not text else int(text) if text.isdecimal() and len(text) < 8 else -1
        row = plan_portions(meal_id=meal.pk, day=day, planned=planned, actor=request.user, now=timezone.now())
    except Meal.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        messages.error(request, error.message)
        return
    if row.over_by:
        said = _("“%(meal)s” is over by %(over)d: so many more are sold than you plan.")
        messages.warning(request, said % {"meal": meal.title, "over": row.over_by})
    else:
        messages.success(request, _("Saved."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def slots(request: MemberRequest, kitchen_id: str) -> HttpResponse:
    kitchen = _kitchen(request, kitchen_id)
    if request.method == "POST":
        _cancel(request, kitchen)
        return redirect("orders:kitchen-slots", kitchen.public_id)
    days = by_day(open_slots(kitchen, now=timezone.now()), kitchen)
    return render(request, "orders/kitchen_slots.html", {"kitchen": kitchen, "days": days})


def _cancel(request: MemberRequest, kitchen: Kitchen) -> None:
    slot = Slot.objects.filter(kitchen=kitchen, public_id=sent(request, "slot")).first()
    if slot is None:
        raise Http404
    try:
        cancelled = cancel_slot(slot_id=slot.pk, actor=request.user, reason=sent(request, "reason"), now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return
    said = _("Cancelled. %(count)d orders are in it: they stay until you move them.")
    messages.success(request, said % {"count": cancelled.taken})


@require_safe
@login_required
def export(request: MemberRequest, kitchen_id: str) -> StreamingHttpResponse:
    kitchen = _kitchen(request, kitchen_id)
    return csv_download("kitchen-orders.csv", HEADER, rows_of(Order.objects.filter(kitchen=kitchen), kitchen.time_zone))
