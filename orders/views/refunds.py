"""Giving money back, by the kitchen and by support: chosen, shown as an exact sum, then sent."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest
from orders import policy
from orders.forms.refunds import RefundForm
from orders.models import Order
from orders.pricing.words import money
from orders.selectors.orders import whole_orders
from orders.selectors.refunds import Refundable, refundable_of
from orders.services.refunds import preview_refund, refund_order


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: MemberRequest, number: str) -> HttpResponse:
    order = _order(request, number)
    left = refundable_of(order)
    if request.method != "POST":
        return _page(request, order, left, RefundForm(order=order, delivery_left=left.delivery))
    form = RefundForm(request.POST, order=order, delivery_left=left.delivery)
    if not form.is_valid():
        return _page(request, order, left, form, status=400)
    if request.POST.get("do") == "edit":
        return _page(request, order, left, form)
    try:
        if request.POST.get("do") == "send":
            return _sent(request, order, form)
        amount = preview_refund(order_id=order.pk, lines=form.parts(), delivery=form.of_delivery(), actor=request.user)
    except DomainError as error:
        form.add_error(None, error.message)
        return _page(request, order, left, form, status=error.status)
    context = {"order": order, "left": left, "form": form, "amount": amount, "after": left.amount - amount}
    return render(request, "orders/kitchen_refund_check.html", context)


def _order(request: MemberRequest, number: str) -> Order:
    """Raises Http404 for whoever may not give money back, its customer among them."""
    order = whole_orders(request.user).filter(number=number).first()
    if order is None or not policy.may_refund(request.user, order):
        raise Http404
    return order


def _page(
    request: MemberRequest, order: Order, left: Refundable, form: RefundForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "orders/kitchen_refund.html", {"order": order, "left": left, "form": form}, status=status)


def _sent(request: MemberRequest, order: Order, form: RefundForm) -> HttpResponse:
    """A second click finds that what was refunded before is not what its page showed."""
    found = refund_order(
        order_id=order.pk,
        lines=form.parts(),
        delivery=form.of_delivery(),
        actor=request.user,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
        seen_refunded=_seen(request),
    )
    said = _("%(amount)s goes back to the customer.")
    messages.success(request, said % {"amount": money(found.amount, order.currency)})
    return redirect(order)


def _seen(request: MemberRequest) -> Decimal:
    """Without a number nothing matches: a refund is never sent without having been looked at."""
    try:
        seen = Decimal(request.POST.get("refunded", ""))
    except InvalidOperation:
        return Decimal(-1)
    return seen if seen.is_finite() else Decimal(-1)
