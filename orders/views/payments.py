from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fitfoodie.common.errors import DomainError
from orders.enums import OrderStatus, PaymentStatus
from orders.models import Order, Payment
from orders.providers.stripe.policy import PAGE_POLICY
from orders.services import payments


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """What there is to pay, and the way to the provider. Only who ordered pays; for others there is no order."""
    order = _own_order(request, number)
    if order.status != OrderStatus.PENDING_PAYMENT:
        return redirect("orders:payment", number=order.number)
    if request.method != "POST":
        return render(request, "orders/order_pay.html", {"order": order, "last": _last_payment(order)})
    try:
        payment = payments.start_payment(order_id=order.pk, actor=order.customer, now=timezone.now())
        step = payments.next_step(payment=payment)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("orders:pay", number=order.number)
    return redirect(step.url) if step.url else redirect("orders:pay-card", number=order.number)


@login_required
@never_cache
@require_safe
def pay_card(request: HttpRequest, number: str) -> HttpResponse:
    """The provider's own form for the card, on our page: the card never touches our servers."""
    order = _own_order(request, number)
    payment = _last_payment(order)
    if order.status != OrderStatus.PENDING_PAYMENT or payment is None or not payment.reference:
        return redirect("orders:pay", number=order.number)
    try:
        step = payments.next_step(payment=payment)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("orders:pay", number=order.number)
    context = {"order": order, "payment": payment, "step": step, "return_url": payments.return_url(order)}
    page = render(request, "orders/order_pay_card.html", context)
    csp_update(PAGE_POLICY)(lambda _request: page)(request)
    return page


@login_required
@never_cache
@require_safe
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """Where the provider sends the customer back to. It waits for the provider's message and asks by itself."""
    order = _own_order(request, number)
    last = _last_payment(order)
    context = {"order": order, "payment": last, "state": _state(order, last)}
    template = "orders/_payment_state.html" if request.headers.get("HX-Request") else "orders/order_payment.html"
    return render(request, template, context)


def _own_order(request: HttpRequest, number: str) -> Order:
    orders = Order.objects.select_related("customer", "kitchen")
    return get_object_or_404(orders, number=number, customer_id=request.user.pk)


def _last_payment(order: Order) -> Payment | None:
    return order.payments.select_related("order").order_by("-pk").first()


def _state(order: Order, last: Payment | None) -> str:
    if order.paid_at is not None:
        return "paid"
    if last is not None and last.is_surplus:
        return "flagged" if last.status == PaymentStatus.FLAGGED else "owed_back"
    if order.status != OrderStatus.PENDING_PAYMENT:
        return "over"
    if last is None:
        return "unpaid"
    return {
        PaymentStatus.FAILED: "failed",
        PaymentStatus.CANCELLED: "failed",
        PaymentStatus.REQUIRES_ACTION: "unfinished",
    }.get(PaymentStatus(last.status), "waiting")
